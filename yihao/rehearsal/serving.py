"""Serving one citizen at a window: waiting for him, the service, and how it ends."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from .citizen import Citizen, Said
from .console import OPEN_WINDOWS, Console


LOOKS_UP_SECONDS = 30.0
"""A clerk waits this long for somebody after every announcement."""
LOOKS_UP_AT_LEAST = 0.15
"""Real seconds: in a hall that runs fast, networks still take their time."""
HELD_SECONDS = 240.0
NO_TRANSFER_BEFORE_CLOSING_SECONDS = 1800
STRANGER_COMES_SECONDS = 20.0
"""Whom the rehearsal does not play is given this long to come, and then served."""
GIVEN_BACK = frozenset({"no-ticket-at-window"})
"""A citizen who is called may still give the number back."""
SUPPLEMENTS = ["居民身份证原件", "户口簿复印件", "授权委托书"]


@dataclass(slots=True)
class Aside:
    """A ticket that is held at the window."""

    ticket: str
    number: str
    back_at: int
    seconds_left: float


class Serving:
    """What a clerk does with the ticket that he has called."""

    def __init__(self, console: Console, pace: float) -> None:
        self.console, self.pace = console, pace
        self.stage = console.stage
        self.misses = console.stage.misses
        self.aside: dict[str, Aside] = {}

    async def attend(self, ticket: dict[str, Any]) -> None:
        """Wait for whoever was called, and serve him or note the missed call."""
        name, number = ticket["ticket"], ticket["number"]
        citizen = self.stage.floor.citizen(name)
        limit = self.stage.rules["announcements_limit"]
        times = min(limit, self.stage.chance.choice((2, 3)))
        for announcement in range(1, times + 1):
            if await self._comes(name, citizen):
                await self._serve(name, number)
                return
            if announcement < times and not await self._recall(name, number):
                return
        await self._miss(name, number, citizen)

    async def go_on(self, name: str, number: str, seconds: float | None) -> None:
        """Go on with a service that is under way, for so long or as usual."""
        if seconds is None:
            seconds = self._seconds([], self.stage.floor.citizen(name))
        await self.stage.time.sleep(seconds)
        await self._end(name, number)

    async def take_up(self, aside: Aside) -> None:
        """Take a held ticket back and finish it."""
        del self.aside[aside.ticket]
        reply = await self.console.press(
            "resume-ticket",
            {"ticket": aside.ticket},
            expected={"ticket-ended", "ticket-not-held"},
            ticket=aside.ticket,
            number=aside.number,
        )
        if reply.is_ok:
            await self.go_on(aside.ticket, aside.number, aside.seconds_left)

    # Until the citizen stands there.

    async def _comes(self, name: str, citizen: Citizen | None) -> bool:
        if citizen is None and not self.stage.floor.is_gone(name):
            await self.stage.time.sleep(STRANGER_COMES_SECONDS)
            return True
        seconds = max(LOOKS_UP_AT_LEAST, LOOKS_UP_SECONDS / self.stage.time.speed)
        floor = self.stage.floor
        return await floor.somebody_came(self.console.window, name, seconds)

    async def _recall(self, name: str, number: str) -> bool:
        """Announce the call again; False if the citizen has given the number back."""
        reply = await self.console.press(
            "recall", expected=GIVEN_BACK, ticket=name, number=number
        )
        self.stage.counts.recalls += reply.is_ok
        return reply.is_ok

    async def _miss(self, name: str, number: str, citizen: Citizen | None) -> None:
        reason = self.stage.phrase("missed", "呼叫后无人到窗口")
        reply = await self.console.press(
            "no-show",
            {"reason": reason},
            expected=GIVEN_BACK,
            ticket=name,
            number=number,
        )
        if not reply.is_ok:
            return
        self.stage.counts.missed += 1
        self.misses[name] += 1
        if self.misses[name] == self.stage.rules["missed_limit"]:
            self.stage.counts.no_shows += 1
        self.stage.floor.step_back(self.console.window, name)
        if citizen:
            citizen.tell("gave-up", self.console.window)

    # The service.

    async def _serve(self, name: str, number: str) -> None:
        reply = await self.console.press(
            "start", expected=GIVEN_BACK, ticket=name, number=number
        )
        if not reply.is_ok:
            return
        citizen = self.stage.floor.citizen(name)
        ticket = reply.body["ticket"] or {}
        seconds = self._seconds(ticket.get("items", []), citizen)
        if citizen and citizen.visitor.habits.held and not citizen.was_held:
            await self._set_aside(citizen, seconds)
            return
        if citizen and citizen.visitor.habits.adds_item and not citizen.has_added:
            seconds += await self._add_items(citizen)
        await self.stage.time.sleep(seconds)
        await self._end(name, number)

    def _seconds(self, items: list[str], citizen: Citizen | None) -> float:
        if citizen is None:
            return self._usual_seconds() * self.pace
        lengths = dict(
            zip(citizen.visitor.items, citizen.visitor.service_seconds, strict=True)
        )
        usual = citizen.visitor.service_seconds[0]
        return sum(lengths.get(i, usual) for i in items or [""]) * self.pace

    def _usual_seconds(self) -> float:
        """Draw the service time of somebody the rehearsal knows nothing of."""
        zone_of = {w["window"]: w["zone"] for w in self.stage.hall["windows"]}
        here = zone_of.get(self.console.window)
        zones = {z.zone: z for z in self.stage.profile.rehearsal.zones}
        zone = zones.get(here or "")
        mean, cv = (zone.mean_minutes, zone.cv) if zone else (8.0, 0.8)
        sigma = math.sqrt(math.log(1 + cv**2))
        middle = math.log(mean * 60) - sigma**2 / 2
        return max(30.0, self.stage.chance.lognormvariate(middle, sigma))

    async def _set_aside(self, citizen: Citizen, seconds: float) -> None:
        citizen.was_held = True
        await self.stage.time.sleep(seconds / 2)
        reason = self.stage.phrase("hold", "等待补充材料")
        reply = await self.console.press(
            "hold", {"reason": reason}, ticket=citizen.ticket, number=citizen.number
        )
        if reply.is_ok:
            back_at = self.stage.time.now() + int(HELD_SECONDS * 1000)
            aside = Aside(citizen.ticket, citizen.number, back_at, seconds / 2)
            self.aside[citizen.ticket] = aside
            citizen.tell("aside", self.console.window)

    async def _add_items(self, citizen: Citizen) -> float:
        citizen.has_added = True
        added = 0.0
        visitor = citizen.visitor
        for item, seconds in zip(
            visitor.items[1:], visitor.service_seconds[1:], strict=True
        ):
            reply = await self.console.press("add-item", {"item": item})
            here = (reply.body.get("ticket") or {}).get("items", [])
            added += seconds * self.pace if item in here else 0.0
        return added

    # How it ends.

    async def _end(self, name: str, number: str) -> None:
        citizen = self.stage.floor.citizen(name)
        wants = citizen and citizen.visitor.transferred and not citizen.was_transferred
        if citizen and wants and await self._transfer(citizen):
            return
        await self._complete(name, number, citizen)

    async def _transfer(self, citizen: Citizen) -> bool:
        target = self._transfer_target(citizen)
        if target is None:
            return False
        citizen.was_transferred = True
        body = target | {"reason": self.stage.phrase("transfer", "需其他窗口继续办理")}
        body["ready_after_seconds"] = citizen.visitor.habits.prepares_seconds
        reply = await self.console.press(
            "transfer",
            body,
            expected={"window-not-open"},
            ticket=citizen.ticket,
            number=citizen.number,
            more=body,
        )
        if not reply.is_ok:
            return False
        self.stage.counts.transfers += 1
        self.stage.floor.step_back(self.console.window, citizen.ticket)
        citizen.tell("onward", self.console.window)
        return True

    def _transfer_target(self, citizen: Citizen) -> dict[str, Any] | None:
        hall, now = self.stage.hall, self.stage.time.now()
        closing = self.stage.hours["closes_at"]
        if now > closing - NO_TRANSFER_BEFORE_CLOSING_SECONDS * 1000:
            return None
        is_open = set(self.console.state[OPEN_WINDOWS])
        zone = citizen.visitor.zone
        is_open.discard(self.stage.accounts.visitor_window)
        near = [
            w for w in hall["windows"] if w["zone"] == zone and w["window"] in is_open
        ]
        if not near:
            return None
        window = self.stage.chance.choice(near)
        if citizen.visitor.habits.transfer_to_window:
            return {"window": window["window"]}
        return {"queue": self.stage.chance.choice(window["skills"])["queue"]}

    async def _complete(self, name: str, number: str, citizen: Citizen | None) -> None:
        outcome = citizen.visitor.habits.outcome if citizen else "done"
        body: dict[str, Any] = {"outcome": outcome}
        if outcome == "needs-supplement":
            body["supplement"] = self.stage.chance.sample(SUPPLEMENTS, 2)
        more: dict[str, Any] = {}
        reply = await self.console.press(
            "complete", body, ticket=name, number=number, more=more
        )
        self.stage.floor.step_back(self.console.window, name)
        if not reply.is_ok:
            return
        self.stage.counts.services += 1
        more |= await self._after(name, citizen)
        if citizen:
            said: Said = "onward" if more["goes_on"] else "finished"
            citizen.tell(said, self.console.window, reply.body["service"])
        self.stage.counts.served += not more["goes_on"]

    async def _after(self, name: str, citizen: Citizen | None) -> dict[str, Any]:
        """Ask whether the visit goes on, unless the citizen had one errand only."""
        if citizen and len(citizen.visitor.items) == 1:
            return {"goes_on": False}
        token = citizen.secret if citizen else self.console.token
        reply = await self.stage.api.get(f"/api/tickets/{name}", token)
        goes_on = reply.is_ok and reply.body["state"] != "ended"
        return {"goes_on": goes_on, "queue": reply.body.get("queue", "")}
