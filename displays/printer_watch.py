"""How a slip printer stands, known before anybody wants a slip from it.

A kiosk asks every few seconds. The printer itself is asked at most once in
``FRESH_SECONDS``, by one question at a time, and nobody waits for a printer that
does not answer: meanwhile it stands as it stood before.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from .printing import PrinterError, SlipPrinter


READY = "ready"
FRESH_SECONDS = 4.0
PATIENCE_SECONDS = 1.0


class PrinterWatch:
    """One printer, and how it stood when it was heard of last."""

    def __init__(
        self, printer: SlipPrinter, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.printer = printer
        self._now = now
        self._known = READY
        self._heard_at = float("-inf")
        self._asking: asyncio.Task[None] | None = None

    def note(self, known: str) -> None:
        """Take in how printing a slip went: ``ready``, or the code of the trouble."""
        self._known = known
        self._heard_at = self._now()

    async def stands(self) -> str:
        """Return ``ready``, or the code of what keeps the printer from printing."""
        if self._asking is None and self._now() - self._heard_at >= FRESH_SECONDS:
            self._asking = asyncio.create_task(self._ask())
        if self._asking is not None:
            await asyncio.wait({self._asking}, timeout=PATIENCE_SECONDS)
        return self._known

    async def _ask(self) -> None:
        try:
            await self.printer.require_ready()
        except PrinterError as error:
            self.note(error.code)
        else:
            self.note(READY)
        finally:
            self._asking = None
