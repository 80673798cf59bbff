"""The hall board, with everybody's eyes on it."""

from __future__ import annotations

from typing import Any

from displays.link.client import Update

from .live_link import LiveLink
from .stage import Stage


CALLED_STATE = 0


class Board:
    """Follows the hall board and lets everybody on the floor hear the calls."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.topic = f"board/{stage.name}"
        self.link = LiveLink(stage.link, stage.time, self._heard)

    async def start(self) -> None:
        """Look at the board; return when its first picture is there."""
        self.link.start()
        await self.link.follow(self.topic)
        while self.link.state(self.topic) is None:
            await self.link.wait()
            if failure := self.link.failure():
                raise failure

    @property
    def day_state(self) -> int:
        """Return 0 before the day, 1 while it is open, 2 when it is closed."""
        state = self.link.state(self.topic)
        return int(state[1]) if state else 0

    async def wait_for_day(self, day_state: int) -> None:
        """Wait until the day has come to a state."""
        while self.day_state != day_state:
            await self.link.wait()
            if failure := self.link.failure():
                raise failure

    async def close(self) -> None:
        """Look away."""
        await self.link.close()

    def _heard(self, update: Update, state: Any) -> None:
        stage = self.stage
        stage.witness.see_board(update, state)
        if update.changes is None:
            for call, number, window, _, _, call_state, *_ in state[2]:
                if call_state == CALLED_STATE:
                    stage.floor.announced(call, number, window)
            return
        for change in update.changes:
            if change[0] == 0:
                stage.floor.announced(change[1], change[2], change[3])
