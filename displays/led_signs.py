"""The LED bars of a house: each follows its window, as the sign's page does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from projections.halls import Hall
from projections.topics.window import window_state
from queue_core.errors import ParseError

from .led import LedBar, LedSetting, TextBar
from .led_text import bar_text, doubt_text, hall_closed_text


@dataclass(slots=True)
class HungBar:
    """A bar over a window of a hall."""

    hall: Hall | None
    """None while the hall cannot be served."""
    window: str
    characters: int
    bar: LedBar
    in_doubt: bool = False
    """Nobody knows who is called: the record is out of reach, or damaged."""

    def look(self) -> None:
        """Show what the window's sign shows now, or why that is not known."""
        if self.hall is None:
            text = hall_closed_text(self.characters)
        elif self.in_doubt:
            text = doubt_text(self.characters)
        else:
            state = window_state(self.hall.live, self.window)
            text = bar_text(state, self.window, self.characters)
        self.bar.show(text)


class LedSigns:
    """All bars of the house."""

    def __init__(
        self,
        settings: Sequence[LedSetting],
        halls: Mapping[str, Hall],
        closed: Collection[str] = (),
        bar_at: Callable[[str, int], LedBar] = TextBar,
    ) -> None:
        """Hang the bars; ``closed`` are halls of the house that cannot be served.

        Raises:
            ParseError: A bar hangs over a window that there is not.
        """
        self._bars = [
            HungBar(
                hall_of(setting, halls, closed),
                setting.window,
                setting.characters,
                bar_at(setting.host, setting.port),
            )
            for setting in settings
        ]
        self._running: list[asyncio.Task[None]] = []
        self._leave: list[Callable[[], None]] = []

    def start(self) -> None:
        """Follow the windows. Nobody waits for a bar."""
        for hung in self._bars:
            hung.look()
            if hung.hall is not None:
                self._leave.append(hung.hall.desk.subscribe(follower_of(hung)))
            self._running.append(asyncio.create_task(hung.bar.run()))

    def doubt(self, hall: str, in_doubt: bool) -> None:
        """Let the bars of a hall say that nobody knows who is called, or show it."""
        for hung in self._bars:
            if hung.hall is not None and hung.hall.hall == hall:
                hung.in_doubt = in_doubt
                hung.look()

    async def stop(self) -> None:
        """Follow the windows no longer; the bars say that nobody is called now."""
        for leave in self._leave:
            leave()
        for hung in self._bars:
            hung.in_doubt = True
            hung.look()
        for running in self._running:
            running.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)


def follower_of(hung: HungBar) -> Callable[[object], None]:
    """Return what lets a bar look again after every commit."""

    def follow(_recorded: object) -> None:
        hung.look()

    return follow


def hall_of(
    setting: LedSetting, halls: Mapping[str, Hall], closed: Collection[str]
) -> Hall | None:
    """Return the hall in which a bar hangs; None if it cannot be served.

    Raises:
        ParseError: There is no such hall, several could be meant, or it has no such
            window.
    """
    known = [*halls, *closed]
    name = setting.hall or (known[0] if len(known) == 1 else "")
    if name in closed:
        return None
    hall = halls.get(name)
    if hall is None:
        text = f"LED bar: no hall {name}" if name else "LED bar: of which hall?"
        raise ParseError(
            f"{text}; give HALL/{setting.window}=…, of {', '.join(known)}", "led"
        )
    if all(window.window != setting.window for window in hall.profile.windows):
        raise ParseError(f"LED bar: {name} has no window {setting.window}", "led")
    return hall
