"""A clerk: opens the window, calls, serves, takes breaks, and closes at the end.

He looks at his console on the live link and presses buttons over HTTP. Nobody polls:
an idle clerk waits until the console shows somebody.
"""

from __future__ import annotations

from .console import (
    CLOSED_DUTY,
    CURRENT,
    DUTY,
    HELD,
    PARKED,
    PAUSED_DUTY,
    WAITING,
    Console,
)
from .serving import Aside, Serving
from .shifts import Break, Shift
from .sign_ins import SignIns
from .stage import Stage


NOTICES_OFFER_SECONDS = (1.0, 4.0)
NOTICES_SECONDS = (8.0, 20.0)
"""Somebody waits who was offered to another window: give that window time."""
TRIES_AGAIN_SECONDS = 60
"""After this long an idle clerk presses next again, for tickets that come back."""
LOOKS_AROUND_SECONDS = 120
SERVING_STAGE = 2
CLOSED_OR_NOT_YET = frozenset(
    {"window-busy", "tickets-held", "window-not-open", "day-ended", "day-not-open"}
)


class Clerk:
    """One member of staff at one window, all day long."""

    def __init__(self, stage: Stage, console: Console, shift: Shift) -> None:
        self.stage, self.console, self.shift = stage, console, shift
        pace = stage.day.pace.get(console.window, 1.0)
        self.serving = Serving(console, pace)
        self.zone = {w["window"]: w["zone"] for w in stage.hall["windows"]}.get(
            console.window, ""
        )

    async def work(self, sign_ins: SignIns) -> None:
        """Work through the day, from signing in to signing off."""
        await self.console.switch_on(sign_ins)
        await self.stage.time.sleep_until(self.shift.opens_at)
        reply = await self.console.press("open", {})
        if not reply.is_ok:
            return
        await self._recover()
        has_just_served = False
        while not (self._may_go() and await self._close()):
            has_just_served = await self._turn(has_just_served)

    async def _turn(self, has_just_served: bool) -> bool:
        """Do the next thing; tell whether a ticket has just been finished."""
        now = self.stage.time.now()
        if (away := self.shift.break_at(now)) and not self.serving.aside:
            await self._pause(away)
            return False
        back = [a for a in self.serving.aside.values() if a.back_at <= now]
        if back:
            await self.serving.take_up(back[0])
            return True
        if self._somebody_waits(now):
            if not has_just_served:
                await self._notice()
            if ticket := await self.console.call_next():
                await self.serving.attend(ticket)
                return True
            await self.console.wait(now + TRIES_AGAIN_SECONDS * 1000)
            return False
        await self.console.wait(self._next_look(now))
        return False

    async def _notice(self) -> None:
        offered = self.console.is_offered
        spread = NOTICES_OFFER_SECONDS if offered else NOTICES_SECONDS
        await self.stage.time.sleep(self.stage.chance.uniform(*spread))

    def _somebody_waits(self, now: int) -> bool:
        state = self.console.state
        return bool(state[WAITING]) or any(
            due <= now for due in self._parked_until(state[PARKED])
        )

    def _parked_until(self, parked: list[list[object]]) -> list[int]:
        """Return when a try is worth while for each ticket that may come back."""
        return [
            int(str(since)) + TRIES_AGAIN_SECONDS * 1000
            for _, _, reason, _, since in parked
            if reason != "paused"
        ]

    def _next_look(self, now: int) -> int:
        turns = [self.shift.next_turn(now), now + 600_000]
        turns += [a.back_at for a in self.serving.aside.values()]
        turns += self._parked_until(self.console.state[PARKED])
        if now >= self.shift.closes_at:
            turns.append(now + LOOKS_AROUND_SECONDS * 1000)
        return min(turn for turn in turns if turn > now)

    # Beginning and end.

    async def _recover(self) -> None:
        """Go on where this window was left, if the day had begun before."""
        state = self.console.state
        for name, number, _, _ in state[HELD]:
            now = self.stage.time.now()
            self.serving.aside[name] = Aside(name, number, now, 120.0)
        if state[DUTY] == PAUSED_DUTY:
            await self.console.press("resume", expected={"window-not-paused"})
        current = state[CURRENT]
        if current is None:
            return
        if current[5] == SERVING_STAGE:
            await self.serving.go_on(current[0], current[1], None)
        else:
            await self.serving.attend({"ticket": current[0], "number": current[1]})

    def _may_go(self) -> bool:
        """After closing, a clerk goes when nobody is left whom he may serve."""
        if self.stage.time.now() < self.shift.closes_at:
            return False
        state = self.console.state
        if state[DUTY] == CLOSED_DUTY:
            return True
        left = [row for row in state[PARKED] if row[2] != "paused"]
        if state[WAITING] or left or self.serving.aside:
            return False
        return not self.stage.floor.has_people_of(self.zone)

    async def _pause(self, away: Break) -> None:
        reply = await self.console.press("pause", {"reason": away.reason})
        if not reply.is_ok:
            return
        await self.stage.time.sleep_until(away.until_at)
        await self.console.press("resume", expected={"window-not-paused"})

    async def _close(self) -> bool:
        """Sign off; False if somebody has come back at the last moment."""
        reply = await self.console.press("close", expected=CLOSED_OR_NOT_YET)
        return reply.is_ok or reply.code not in {"window-busy", "tickets-held"}
