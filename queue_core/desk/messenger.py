"""Carries news of what other processes recorded to the desks of one event loop."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from .hall_desk import HallDesk


if TYPE_CHECKING:
    # A house on files does without psycopg.
    from queue_core.log.news import News


class Messenger:
    """Brings every piece of news to the desks it is about.

    Desks are told from when the messenger is made; what came before they know from
    their own start.
    """

    def __init__(self, desks: Iterable[HallDesk]) -> None:
        """Serve desks that have been started in the loop that runs now."""
        self._desks = list(desks)
        self._loop = asyncio.get_running_loop()

    def bring(self, news: News) -> None:
        """Hand news over; any thread may call, and it returns at once."""
        # A loop that is closed has no desks that could want to know.
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._hand_out, news)

    def _hand_out(self, news: News) -> None:
        for desk in self._desks:
            if not news.halls or desk.hall in news.halls:
                desk.hear(news.position, doubt=news.doubt)
