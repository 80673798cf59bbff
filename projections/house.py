"""The house as its handlers meet it: all halls, and what they share."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, ParamSpec, Protocol, TypeVar

from queue_core.access.accounts import AccountStore
from queue_core.access.audit import Audit
from queue_core.access.secrets import SecretKeeper
from queue_core.clock import HallClock
from queue_core.errors import (
    LogError,
    ServiceNotFinished,
    ServiceUnknown,
    TicketUnknown,
)
from queue_core.events import TicketIssued
from queue_core.interface.refusals import NotFound, shortened
from queue_core.log.event_log import EventLog
from queue_core.persons.person_store import PersonStore
from queue_core.proof.signing import Signer
from queue_core.values import Language

from .halls import Hall, HallClosed
from .kept.bookkeeper import Bookkeeper
from .live_hall import LiveTicket
from .past.past_days import PastDays
from .proof.day_proofs import DayProofs
from .screens import Watched
from .services import EarlierServices, FinishedService, service_today
from .supplements import Supplement


class SlipOutcome(NamedTuple):
    """A slip's text, and what became of it."""

    text: list[str]
    printed: bool
    reason: str | None
    """Why it was not printed."""


class Address(Protocol):
    """Tells an address that works for whoever reached the house by some name."""

    def __call__(self, host: str, *, secure: bool = False) -> str:
        """Return the address; ``secure`` if he came by https."""


class Slips(Protocol):
    """Whoever hands out the slips of the kiosks."""

    async def hand_out(
        self,
        hall: Hall,
        issued: TicketIssued,
        *,
        address: str,
        place: str,
        wanted: bool,
        large: bool = False,
    ) -> SlipOutcome:
        """Make the slip of a number that is recorded, and print it where wanted."""

    async def hand_out_supplement(self, hall: Hall, told: Supplement) -> SlipOutcome:
        """Print what a citizen must bring, where his window has a printer."""

    async def stands(self, place: str) -> str:
        """Tell how the printer of a place stands: ``ready``, or what is wrong."""


class Voice(Protocol):
    """Whoever speaks announcements for screens that have no voice of their own."""

    @property
    def languages(self) -> list[Language]:
        """Return the languages that can be spoken."""

    def announcement(
        self, number: str, window: str, language: Language
    ) -> bytes | None:
        """Return an announcement as a WAV file; None in a language not spoken."""


Asked = ParamSpec("Asked")
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class House:
    """The halls, and the stores and clock they share."""

    halls: dict[str, Hall]
    clock: HallClock
    log: EventLog
    accounts: AccountStore
    secrets: SecretKeeper
    link: Address
    """Tells where the live link is."""
    address: Address
    """Tells where phones reach the house's pages."""
    slips: Slips
    recheck_links: Callable[[], Awaitable[None]]
    """Closes the live links of all who may not have them any longer."""
    earlier: EarlierServices
    archives: Path
    """The folder of the days that have left the log."""
    bookkeeper: Bookkeeper
    """Keeps what reports of more than a day are made of."""
    screens: Callable[[str], Awaitable[list[Watched]]]
    """Tells how the screens of a hall are, by their own reports."""
    past: PastDays
    """The days that somebody has looked back at."""
    readers: ThreadPoolExecutor
    persons: PersonStore
    """Who the persons are behind the record's subject keys, as long as it is known."""
    audit: Audit
    """Sets down who did what around accounts, devices and persons."""
    proofs: DayProofs
    """What anybody wants to be proven of the record."""
    signer: Signer
    """Signs the days of the halls."""
    voice: Voice | None = None
    """Speaks announcements for screens that have no voice of their own."""
    reminders: object | None = None
    """Who reminds by SMS, where the house has a gateway."""
    push: object | None = None
    """Who tells phones whose pages are asleep, where the house has somebody for it."""
    sign_on: object | None = None
    """The provider of unified sign-on, where the house has one."""
    closed: dict[str, HallClosed] = field(default_factory=dict)
    """Halls of this house that could not be opened, and why."""

    def hall(self, hall: str) -> Hall:
        """Return a hall of the house.

        Raises:
            HallClosed: It could not be opened.
            NotFound: The house has no such hall.
        """
        self._require_open(hall)
        if hall not in self.halls:
            raise NotFound(what="hall", name=shortened(hall))
        return self.halls[hall]

    def has_hall(self, hall: str) -> bool:
        """Tell whether it is a hall of this house, open or not."""
        return hall in self.halls or hall in self.closed

    def _require_open(self, hall: str = "") -> None:
        """Pass if the hall, or without a name every hall, could be opened."""
        for name, closed in self.closed.items():
            if hall in {"", name}:
                raise HallClosed(name, closed.why)

    async def ticket(self, ticket: str) -> tuple[Hall, LiveTicket]:
        """Return a ticket of today, and its hall.

        Raises:
            TicketUnknown: No hall has issued it today.
            HallClosed: It may belong to a hall that could not be opened.
        """
        found = self._ticket(ticket)
        if found is None:
            await self.catch_up()
            found = self._ticket(ticket)
        if found is None:
            self._require_open()
            raise TicketUnknown(shortened(ticket))
        return found

    def _ticket(self, ticket: str) -> tuple[Hall, LiveTicket] | None:
        for hall in self.halls.values():
            if ticket in hall.live.tickets:
                return hall, hall.live.tickets[ticket]
        return None

    async def service(self, service: str) -> FinishedService:
        """Return a finished service of today or of the last weeks.

        Raises:
            ServiceUnknown: No hall has given it.
            ServiceNotFinished: It goes on still.
            HallClosed: It may belong to a hall that could not be opened.
        """
        try:
            return await self._service(service)
        except (ServiceUnknown, ServiceNotFinished):
            await self.catch_up()
        return await self._service(service)

    async def _service(self, service: str) -> FinishedService:
        halls = list(self.halls.values())
        for hall in halls:
            if found := service_today(hall, service):
                return found
        for hall in halls:
            if found := await self.read(self.earlier.find, hall, service):
                return found
        self._require_open()
        raise ServiceUnknown(shortened(service))

    async def catch_up(self) -> None:
        """Take in what other processes have just recorded, where there are any.

        Whoever was answered by another process a moment ago must be known here.

        Raises:
            LogError: The record cannot be read.
        """
        desks = [hall.desk for hall in self.halls.values()]
        await asyncio.gather(*(desk.catch_up() for desk in desks))

    async def read(
        self,
        reading: Callable[Asked, Read],
        *args: Asked.args,
        **kwargs: Asked.kwargs,
    ) -> Read:
        """Read from the stores in a thread, while the halls go on.

        Raises:
            LogError: The house is closing.
        """
        loop = asyncio.get_running_loop()
        try:
            future = loop.run_in_executor(
                self.readers, lambda: reading(*args, **kwargs)
            )
        except RuntimeError as error:
            raise LogError("the house is closing") from error
        return await future

    async def clerk_names(self, hall: Hall, clerks: Iterable[str]) -> dict[str, str]:
        """Return the names of clerks, where the hall shows them to citizens."""
        wanted = set(clerks)
        if not wanted or not hall.profile.evaluation.show_clerk:
            return {}
        names = await self.staff_names()
        return {clerk: names[clerk] for clerk in wanted if clerk in names}

    async def staff_names(self) -> dict[str, str]:
        """Return account → name of everybody who works in the house."""
        accounts = await self.accounts.accounts()
        return {account.account: account.name for account in accounts}
