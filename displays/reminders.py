"""Who wants to be reminded by SMS, and when: few are ahead, and it is his turn.

The phone lies in the store of persons. What is told is noted there before it is sent,
so nothing is told twice, whatever stops the house meanwhile, and whichever process of
it looks first. Nobody in the hall waits for a gateway.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import aiohttp

from projections.halls import Hall
from projections.live_hall import LiveTicket
from queue_core.clock import HallClock
from queue_core.errors import LogError
from queue_core.log.event_log import Recorded
from queue_core.persons.person_store import PersonStore
from queue_core.persons.persons import Persons
from queue_core.persons.tables import ReminderRow, Told

from .sms_gateway import SmsGateway


logger = logging.getLogger(__name__)

LOOK_SECONDS = 60.0
"""The longest until the wishes that other processes took are looked at."""
AT_ONCE = 8
"""How many messages are under way at the same time."""
MOST = 20_000
"""Wishes of a house at a time; more are refused."""

NEAR = {
    "zh": "【{hall}】{number}号前面还有{ahead}人，请回到{zone}等候。",
    "en": "{hall}: {ahead} ahead of number {number}. Please come back to {zone}.",
}
TURN = {
    "zh": "【{hall}】请{number}号到{window}号窗口办理。",
    "en": "{hall}: number {number}, please go to window {window}.",
}


class Due(NamedTuple):
    """Something that a ticket's holder is to be told now."""

    told: Told
    ahead: int


class ReminderDesk:
    """Reminds whoever wished it. Everything belongs to one event loop."""

    def __init__(
        self, persons: PersonStore, gateway: SmsGateway, clock: HallClock
    ) -> None:
        self.outcomes: Counter[str] = Counter()
        """What became of messages → how many."""
        self._persons = persons
        self._gateway = gateway
        self._clock = clock
        self._wishes: dict[str, tuple[Hall, ReminderRow]] = {}
        self._changed = asyncio.Event()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._sending: set[asyncio.Task[None]] = set()

    @property
    def is_full(self) -> bool:
        """Return whether no more wishes can be taken."""
        return len(self._wishes) >= MOST

    def wants(self, ticket: str) -> bool:
        """Return whether a ticket's holder is to be reminded of something yet."""
        return ticket in self._wishes

    async def want(self, hall: Hall, ticket: LiveTicket, phone: str) -> None:
        """Remind of a ticket from now on; what its holder sees already is not told."""
        now = self._clock.now()
        known = await self._persons.do(Persons.reminder, ticket.ticket)
        subject = hall.desk.day.tickets[ticket.ticket].subject_key
        if known is None:
            due = due_now(hall, ticket)
            known = ReminderRow(
                ticket=ticket.ticket,
                hall=hall.hall,
                subject=subject,
                near_at=now if due else 0,
                turn_at=now if due and due.told == "turn" else 0,
            )
        wish = known
        await self._persons.do(Persons.remind, wish, phone, now)
        self._wishes[ticket.ticket] = (hall, wish)
        self._changed.set()

    async def forget(self, ticket: str) -> None:
        """Remind of a ticket no longer, and forget the phone."""
        self._wishes.pop(ticket, None)
        await self._persons.do(Persons.forget_reminder, ticket)

    def follow(self, _recorded: list[Recorded]) -> None:
        """Take note that something was recorded in a hall."""
        if self._wishes:
            self._changed.set()

    async def run(self, halls: Iterable[Hall]) -> None:
        """Look at the tickets after every change, until cancelled."""
        while True:
            await self._gather(halls)
            self._changed.clear()
            for hall, wish in list(self._wishes.values()):
                self._look_at(hall, wish)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._changed.wait()

    async def stop(self) -> None:
        """Give up what is under way."""
        for task in list(self._sending):
            task.cancel()
        await asyncio.gather(*self._sending, return_exceptions=True)
        await self._gateway.close()

    async def _gather(self, halls: Iterable[Hall]) -> None:
        """Take over the wishes that stand in the store."""
        for hall in halls:
            try:
                rows = await self._persons.do(Persons.reminders, hall.hall)
            except LogError as error:
                logger.warning("reminders of %s wait: %s", hall.hall, error)
                continue
            for row in rows:
                if row.ticket in hall.live.tickets:
                    self._wishes[row.ticket] = (hall, row)

    def _look_at(self, hall: Hall, wish: ReminderRow) -> None:
        ticket = hall.live.tickets.get(wish.ticket)
        if ticket is None or ticket.place == "ended" or wish.turn_at:
            self._wishes.pop(wish.ticket, None)
            return
        due = due_now(hall, ticket)
        if due is None or (due.told == "near" and wish.near_at):
            return
        now = self._clock.now()
        if due.told == "near":
            wish = wish._replace(near_at=now)
        else:
            wish = wish._replace(turn_at=now)
        self._wishes[wish.ticket] = (hall, wish)
        task = asyncio.create_task(self._tell(hall, ticket, due))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _tell(self, hall: Hall, ticket: LiveTicket, due: Due) -> None:
        now, text = self._clock.now(), text_of(hall, ticket, due)
        message = f"{ticket.ticket}.{due.told}"
        async with self._room:
            try:
                phone = await self._persons.do(
                    Persons.claim, ticket.ticket, due.told, now
                )
                if not phone:
                    return
                await self._gateway.send(message, phone, text)
            except (LogError, OSError, aiohttp.ClientError, TimeoutError) as error:
                self.outcomes["failed"] += 1
                logger.warning("a phone was not reminded: %s", type(error).__name__)
                return
        self.outcomes["sent"] += 1


def due_now(hall: Hall, ticket: LiveTicket) -> Due | None:
    """Return what a ticket's holder is to be told as things stand; None: nothing."""
    if ticket.is_at_window:
        return Due("turn", 0)
    ahead = hall.live.people_ahead(ticket)
    if ahead is None or ahead > hall.profile.persons.remind_ahead:
        return None
    return Due("near", ahead)


def text_of(hall: Hall, ticket: LiveTicket, due: Due) -> str:
    """Return the words of a message, in the language of the ticket."""
    language = ticket.language
    profile = hall.profile
    zones = {zone.zone: zone.name for zone in profile.zones}
    zone = zones.get(ticket.zone, profile.name)
    return (NEAR if due.told == "near" else TURN)[language].format(
        hall=getattr(profile.name, language),
        number=ticket.number,
        ahead=due.ahead,
        zone=getattr(zone, language),
        window=ticket.window,
    )
