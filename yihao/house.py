"""Putting the house together: the one place where stores, halls and servers meet.

``running_house`` starts everything in order and, however it ends, gives everything
back in the opposite order: first no more requests, then the batch that is being
recorded, then the live links, then the stores.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import web

from displays.led import led_of
from displays.led_signs import LedSigns
from displays.link.access import SAME_HOST
from displays.link.server import LinkServer
from displays.link.transport import Limits
from displays.pages import add_pages
from displays.push_desk import PushDesk
from displays.reminders import ReminderDesk
from displays.routes import ROUTES as PUBLIC_ROUTES
from displays.slips import SlipDesk
from displays.voice.opening import open_voice
from projections.halls import Hall, HallClosed
from projections.house import House
from projections.kept.bookkeeper import Bookkeeper
from projections.kept.store import KeptStore
from projections.past.past_days import PastDays
from projections.proof.day_proofs import DayProofs
from projections.services import EarlierServices
from queue_core.access.accounts import AccountStore
from queue_core.access.audit import Audit
from queue_core.access.passwords import Passwords
from queue_core.clock import HallClock
from queue_core.desk import HallDesk
from queue_core.desk.messenger import Messenger
from queue_core.interface.headers import protect
from queue_core.interface.pacing import Paces, pace_of
from queue_core.interface.proxies import Proxies
from queue_core.interface.serving import Interface
from queue_core.log.event_log import EventLog
from queue_core.profiles.reading import read_profile
from windows.routes import ROUTES as STAFF_ROUTES

from . import __version__
from .addresses import Addresses
from .auditing import calendar_of, end_sessions_with_the_day
from .bookkeeping import Bookkeeping
from .following import Following
from .hall_opening import open_hall
from .keepers import dismiss, keepers_of
from .listening import LINK_SHARE, open_door, room_for
from .observing import Figures
from .operating import add_operating, with_description
from .pushing import push_desk_of
from .recognising import Recognition
from .reminding import person_store_of, reminder_desk_of
from .settings import Settings, printers_of
from .signing_on import sign_on_of
from .stores import keeper_of, open_kept, open_log, open_tables, signer_of


if TYPE_CHECKING:
    from queue_core.log.news import PostgresNews


logger = logging.getLogger(__name__)

ROUTES = with_description(
    [*PUBLIC_ROUTES, *STAFF_ROUTES], title="Yihao 一号", version=__version__
)


@dataclass(slots=True)
class RunningHouse:
    """A house that is open."""

    house: House
    settings: Settings
    link: LinkServer
    recognition: Recognition
    bookkeeping: Bookkeeping
    figures: Figures = field(default_factory=Figures)
    keepers: list[asyncio.Task[None]] = field(default_factory=list)
    signs: LedSigns | None = None
    """The LED bars over the windows, once they hang."""
    news: PostgresNews | None = None
    """Tells what other processes record, where there can be any."""
    port: int = 0

    @property
    def address(self) -> str:
        """Return where the pages are."""
        host = self.settings.host
        return (
            f"http://[{host}]:{self.port}"
            if ":" in host
            else f"http://{host}:{self.port}"
        )

    @property
    def hears_news(self) -> bool:
        """Return whether nothing that other processes record can be missed."""
        return self.news is None or self.news.failure is None

    def doubt(self, hall: str, in_doubt: bool) -> None:
        """Let the screens of a hall say that their picture may be an old one."""
        self.link.doubt(hall, in_doubt)
        if self.signs is not None:
            self.signs.doubt(hall, in_doubt)

    def faults(self) -> list[str]:
        """Return what does not work beside desks and stores."""
        stopped = [keeper.get_name() for keeper in self.keepers if keeper.done()]
        found = [f"{name} has stopped" for name in stopped]
        found += map(str, self.house.closed.values())
        if self.link.failure is not None:
            found.append("the live link has stopped")
        if self.news is not None and not self.hears_news:
            found.append(f"no news from other processes: {self.news.failure}")
        return found


def accounts_of(settings: Settings, passwords: Passwords | None) -> AccountStore:
    """Open the accounts; what is sealed there belongs to the house's key."""
    key = keeper_of(settings).key_for("second-factors")
    return AccountStore(open_tables(settings), passwords=passwords, sealing_key=key)


@asynccontextmanager
async def running_house(
    settings: Settings,
    *,
    clock: HallClock | None = None,
    passwords: Passwords | None = None,
) -> AsyncIterator[RunningHouse]:
    """Open the house; it is closed when the context ends.

    A test may bring a clock that it moves itself, and a hash that costs nothing.

    Raises:
        ProfileFaults: A profile cannot be used.
        LogError: A store cannot be opened, or another server has it; or the record
            of every hall is damaged.
        ParseError: A setting names no printer, or no LED bar over a window.
        OSError: A port is taken.
    """
    profiles = [(folder, read_profile(folder)) for folder in settings.halls]
    slips = SlipDesk(printers_of(settings))
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    async with AsyncExitStack() as closing:
        clock = clock or HallClock(settings.speed, settings.starts_at)
        accounts = accounts_of(settings, passwords)
        closing.push_async_callback(accounts.close)
        running = built_house(settings, clock, accounts, slips, closing)
        halls, link = running.house.halls, running.link
        for folder, profile in profiles:
            desk = HallDesk(profile.hall, running.house.log)
            closing.push_async_callback(desk.stop)
            await open_or_close(Hall(profile, folder, desk), running)
        require_open_hall(running.house)
        await link.start()
        running.signs = signs_of(settings, running.house)
        closing.push_async_callback(running.signs.stop)
        if settings.database:
            running.news = listen(settings.database, running.house, closing)
        closing.push_async_callback(running.house.audit.close)
        running.keepers = keepers_of(running)
        closing.push_async_callback(dismiss, running.keepers)
        running.bookkeeping.start(halls.values())
        closing.push_async_callback(running.bookkeeping.stop)
        running.port = await serve(running, closing)
        for hall in halls.values():
            hall.search_index()
        yield running


async def open_or_close(hall: Hall, running: RunningHouse) -> None:
    """Open a hall; one whose record is damaged stays closed, and the others go on.

    Raises:
        LogError: The store cannot be reached or written.
    """
    house = running.house
    try:
        await open_hall(hall, house.log, house.clock, running.link)
    except HallClosed as closed:
        house.closed[hall.hall] = closed
        running.link.close_hall(hall.hall)
        logger.error("%s", closed)
    else:
        house.halls[hall.hall] = hall
        for tells in (house.push, house.reminders):
            if isinstance(tells, PushDesk | ReminderDesk):
                hall.desk.subscribe(tells.follow)
        end_sessions_with_the_day(hall, house)


def require_open_hall(house: House) -> None:
    """Pass if there is anything to be served.

    Raises:
        HallClosed: No hall could be opened.
    """
    if not house.halls:
        raise next(iter(house.closed.values()))


def built_house(
    settings: Settings,
    clock: HallClock,
    accounts: AccountStore,
    slips: SlipDesk,
    closing: AsyncExitStack,
) -> RunningHouse:
    """Put the house around its stores; it has no halls yet."""
    log, kept, readers = stores_of(settings, closing)
    recognition = Recognition(accounts, keeper_of(settings))
    halls: dict[str, Hall] = {}
    audit = Audit(accounts.notes, log, calendar_of(halls), halls)
    following = Following(recognition, halls, audit)
    link = link_of(settings, clock, following, closing)
    addresses = Addresses(settings, link)
    persons = person_store_of(settings, recognition.secrets, closing)

    async def recheck_links() -> None:
        if ended := await following.ended():
            link.sign_out(lambda shown: bool(ended & {shown.token, shown.session}))

    house = House(
        halls=halls,
        clock=clock,
        log=log,
        accounts=accounts,
        secrets=recognition.secrets,
        link=addresses.link,
        address=addresses.pages,
        slips=slips,
        recheck_links=recheck_links,
        earlier=EarlierServices(log),
        archives=settings.archives,
        bookkeeper=Bookkeeper(log, kept, settings.archives),
        screens=link.watched_screens,
        past=PastDays(log, settings.archives),
        readers=readers,
        audit=audit,
        persons=persons,
        reminders=reminder_desk_of(settings, persons, clock, closing),
        proofs=DayProofs(log, settings.archives),
        signer=signer_of(settings),
        voice=open_voice(settings.voice) if settings.voice else None,
        push=push_desk_of(settings, closing),
        sign_on=sign_on_of(settings, recognition.secrets),
    )
    bookkeeping = Bookkeeping(house.bookkeeper)
    return RunningHouse(house, settings, link, recognition, bookkeeping)


def signs_of(settings: Settings, house: House) -> LedSigns:
    """Hang the LED bars of the settings, and let them follow their windows.

    Raises:
        ParseError: A setting names no LED bar over a window.
    """
    signs = LedSigns([led_of(one) for one in settings.leds], house.halls, house.closed)
    signs.start()
    return signs


def stores_of(
    settings: Settings, closing: AsyncExitStack
) -> tuple[EventLog, KeptStore, ThreadPoolExecutor]:
    """Open the record and what is kept of it, with threads to read them."""
    log = open_log(settings)
    closing.callback(log.close)
    kept = open_kept(settings)
    closing.callback(kept.close)
    readers = ThreadPoolExecutor(2, thread_name_prefix="reader")
    closing.callback(readers.shutdown, wait=True, cancel_futures=True)
    return log, kept, readers


def link_of(
    settings: Settings, clock: HallClock, following: Following, closing: AsyncExitStack
) -> LinkServer:
    """Make the live link where the settings want it."""
    link = LinkServer(
        clock,
        following.may_follow,
        host=settings.host,
        port=settings.link_port,
        origins={SAME_HOST, *settings.origins},
        limits=Limits(connections=room_for(LINK_SHARE, Limits().connections)),
        proxies=Proxies(settings.trusted_proxies),
    )
    closing.push_async_callback(link.stop)
    return link


def listen(database: str, house: House, closing: AsyncExitStack) -> PostgresNews:
    """Begin to follow what other processes record in the halls."""
    messenger = Messenger(hall.desk for hall in house.halls.values())
    # A house on files does without psycopg, which takes 9 MB.
    from queue_core.log.news import PostgresNews  # noqa: PLC0415

    news = PostgresNews(database, messenger.bring)
    news.start()
    closing.push_async_callback(asyncio.to_thread, news.close)
    return news


async def serve(running: RunningHouse, closing: AsyncExitStack) -> int:
    """Serve interface and pages over HTTP, and return the port."""
    settings, house = running.settings, running.house
    app = web.Application()
    pacing = Paces(time.monotonic, dict(map(pace_of, settings.paces)))
    proxies = Proxies(settings.trusted_proxies)
    interface = Interface(
        house,
        ROUTES,
        running.recognition,
        pacing=pacing,
        observer=running.figures,
        proxies=proxies,
        auditor=house.audit,
    )
    interface.add_to(app)
    bookkeeping = running.bookkeeping
    halls = house.halls.values()
    running.figures.watch(halls, running.link, bookkeeping, house.clock)
    add_operating(app, house, running.figures, running.faults, bookkeeping)
    add_pages(app)
    protect(
        app,
        lambda request: house.link(request.host, secure=proxies.came_by_https(request)),
    )
    return await open_door(app, settings, proxies, closing)
