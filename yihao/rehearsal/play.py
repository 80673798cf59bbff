"""One day on stage: everybody comes, the day goes by, the referee sums it up."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from queue_core.profiles.profile import HallProfile

from .accounts import Accounts
from .board import Board
from .citizen import Citizen
from .clerk import Clerk
from .console import Console
from .hall_api import HallApi
from .hall_time import HallTime
from .judge import judge
from .live_link import TopicNotServed
from .pads import Pads
from .shifts import shift_of
from .sign_ins import SignIns
from .stage import Stage
from .table import Result, result_of
from .visitors import RehearsedDay


HALF_HOUR_MS = 1_800_000
LATE_COMERS_MS = 60_000
"""Whoever was to come within the last minute comes now; earlier ones are past."""
LAST_FRAMES_SECONDS = 5.0
DAY_CLOSED = 2


class Play:
    """A hall's day, played from now to its end."""

    def __init__(
        self,
        api: HallApi,
        accounts: Accounts,
        profile: HallProfile,
        hall: dict[str, Any],
        *,
        day: RehearsedDay,
        sign_ins: SignIns,
        say: Callable[[str], None],
    ) -> None:
        clock = hall["clock"]
        rested = profile.calls.return_not_before_seconds
        rules = hall["rules"] | {
            "missed_not_before_seconds": rested,
            "ordinary_credit_seconds": profile.credits.ordinary_minutes * 60,
        }
        self.stage = Stage(
            api=api,
            accounts=accounts,
            profile=profile,
            hall=hall | {"rules": rules},
            time=HallTime(clock["now"], clock["speed"]),
            day=day,
            chance=random.Random(f"{profile.hall} {day.date} {len(day.visitors)}"),
        )
        self.sign_ins, self.say = sign_ins, say
        self.board = Board(self.stage)
        self.pads = Pads(self.stage)
        self.consoles = [Console(self.stage, c) for c in accounts.played_clerks]
        self.failures: list[str] = []

    async def run(self, *, until_closed: bool) -> Result:
        """Play to the end and return the result."""
        stage = self.stage
        stage.rating = self.pads
        await self.board.start()
        await self.pads.start([c.window for c in self.consoles])
        stage.help_desk_token = await self._manager_token()
        progress = asyncio.create_task(self._report_progress())
        crowd = asyncio.create_task(self._let_everybody_come())
        try:
            await asyncio.gather(*map(self._work, self.consoles))
            if until_closed:
                await self._close_day()
            await self._last_frames()
        finally:
            progress.cancel()
            crowd.cancel()
            await asyncio.gather(progress, crowd, return_exceptions=True)
            reconnects = self._check_links()
            await self.pads.close()
            await self.board.close()
        judged = judge(stage.witness, stage.hall)
        return result_of(
            stage,
            judged.violations,
            self.failures,
            calls_checked=judged.calls_checked,
            reconnects=reconnects,
            others_calls=len(stage.witness.board) - stage.counts.calls,
        )

    # The players.

    async def _work(self, console: Console) -> None:
        hall, stage = self.stage.hall, self.stage
        lunch = stage.phrase("pause", "午间休息")
        shift = shift_of(hall["hours"], stage.chance, lunch, "短暂休息")
        clerk = Clerk(stage, console, shift)
        who = f"clerk at window {console.window}"
        try:
            await self._guarded(who, self._until_day_closes(clerk))
        finally:
            # Else the link would end by itself: a clerk's session ends with the day.
            await console.switch_off()

    async def _until_day_closes(self, clerk: Clerk) -> None:
        try:
            await clerk.work(self.sign_ins)
        except TopicNotServed as ended:
            try:
                async with asyncio.timeout(LAST_FRAMES_SECONDS):
                    await self.board.wait_for_day(DAY_CLOSED)
            except TimeoutError:
                raise ended from None

    async def _let_everybody_come(self) -> None:
        stage = self.stage
        begun = stage.time.now() - LATE_COMERS_MS
        visits: set[asyncio.Task[None]] = set()
        try:
            for visitor in stage.day.visitors:
                if visitor.arrives_at < begun:
                    continue
                await stage.time.sleep_until(visitor.arrives_at)
                citizen = Citizen(stage, visitor)
                visit = self._guarded(f"citizen {visitor.name}", citizen.visit())
                task = asyncio.create_task(visit)
                visits.add(task)
                task.add_done_callback(visits.discard)
            await asyncio.gather(*visits)
        finally:
            for task in visits:
                task.cancel()
            await asyncio.gather(*visits, return_exceptions=True)

    async def _guarded(self, who: str, playing: Coroutine[Any, Any, None]) -> None:
        """Let one player fail without ending the day for the others."""
        try:
            await playing
        except Exception as error:
            # The day's result is not clean then, and says who failed and why.
            self.failures.append(f"{who}: {error!r}")

    async def _manager_token(self) -> str:
        manager = self.stage.accounts.manager
        if manager is None:
            return ""
        return await self.sign_ins.token(manager)

    # The course of the day.

    async def _report_progress(self) -> None:
        stage, counts = self.stage, self.stage.counts
        while True:
            now = stage.time.now()
            await stage.time.sleep_until((now // HALF_HOUR_MS + 1) * HALF_HOUR_MS)
            errors = sum(stage.api.traffic.errors.values()) + len(self.failures)
            self.say(
                f"{_clock(stage)}  {counts.arrived} arrived · {counts.calls} calls · "
                f"{counts.served} served · {counts.missed} missed · {errors} errors"
            )

    async def _close_day(self) -> None:
        """Close the day as its manager, or wait until the house does."""
        stage = self.stage
        if stage.help_desk_token:
            path = f"{stage.path}/day/close"
            expected = {"tickets-left", "day-ended"}
            await stage.api.post(path, stage.help_desk_token, expected=expected)
        await self.board.wait_for_day(DAY_CLOSED)

    async def _last_frames(self) -> None:
        """Give the board time to show what was last answered."""
        called = {s.version for s in self.stage.witness.sights if s.what == "called"}
        try:
            async with asyncio.timeout(LAST_FRAMES_SECONDS):
                while called - self.stage.witness.board.keys():
                    await self.board.link.wait()
        except TimeoutError:
            return

    def _check_links(self) -> int:
        """Note every link that ended by itself; return how often links came back."""
        links = [self.board.link, *self.pads.links.values()]
        for link in links:
            if failure := link.failure():
                topics = ", ".join(link.client.pictures)
                self.failures.append(f"the link of {topics}: {failure!r}")
        links += [c.link for c in self.consoles if c.link]
        return sum(link.reconnects for link in links)


def _clock(stage: Stage) -> str:
    zone = ZoneInfo(stage.profile.timezone)
    return f"{datetime.fromtimestamp(stage.time.now() / 1000, zone):%H:%M}"
