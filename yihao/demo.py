"""``yihao demo``: a hall to look at, with a rehearsed day going on in it.

The first start makes accounts and devices and lets the hall's clock begin just before
the doors open; a later start goes on where the recorded day stopped.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import sys
from pathlib import Path
from typing import NamedTuple

from projections.day_record import recorded_dates
from queue_core.clock import wall_clock
from queue_core.events import DayClosed
from queue_core.log.sqlite_log import SqliteLog
from queue_core.log.streams import hall_day_stream
from queue_core.profiles.hours import (
    business_date,
    clock_text,
    day_hours,
    is_open_day,
    next_open_day,
)
from queue_core.profiles.profile import HallProfile
from queue_core.profiles.reading import read_profile

from .demo_accounts import (
    DemoAccounts,
    accounts_file,
    demo_accounts,
    demo_passwords,
)
from .house import RunningHouse
from .logs import set_up_logs
from .rehearsal.accounts import Person
from .running import instant, profile_folder, serve_until_stopped
from .settings import Settings


REHEARSAL_SPEED = 10.0
BEFORE_DOORS_MS = 2 * 60_000
LEAVING_SECONDS = 5.0


def demo(options: argparse.Namespace) -> int:
    """Serve the demo until stopped."""
    set_up_logs(json=False, level=logging.WARNING)
    folder = profile_folder(options.hall)
    profile = read_profile(folder)
    rehearsing = not options.no_rehearsal
    settings = Settings(
        halls=(folder,),
        data=options.data,
        host=options.host,
        port=options.port,
        link_port=options.port + 1 if options.port else 0,
        speed=options.speed or (REHEARSAL_SPEED if rehearsing else 1.0),
        starts_at=beginning(options, profile, rehearsing=rehearsing),
        voice=options.data / "voice",
        printers=(f"file:{options.data / 'slips'}",),
    )
    return asyncio.run(Demo(settings, profile, rehearsing=rehearsing).run())


class Demo:
    """A served hall, its lines for whoever looks, and the rehearsal in it."""

    def __init__(
        self, settings: Settings, profile: HallProfile, *, rehearsing: bool
    ) -> None:
        self._settings = settings
        self._profile = profile
        self._rehearsing = rehearsing
        self._rehearsal: asyncio.Task[None] | None = None

    async def run(self) -> int:
        """Serve until stopped; the rehearsal ends first."""
        file = accounts_file(self._settings, self._profile.hall)
        if not file.exists():
            print("making the demo's accounts …", flush=True)
        accounts = await demo_accounts(self._settings, self._profile)

        def opened(running: RunningHouse) -> None:
            print("\n".join(self._lines(running, accounts)), flush=True)
            if self._rehearsing:
                playing = rehearse(running, file, self._settings.halls[0])
                self._rehearsal = asyncio.create_task(playing)

        status = await serve_until_stopped(
            self._settings,
            opened,
            before_closing=self._end_rehearsal,
            passwords=demo_passwords(),
        )
        print("stopped; the next start goes on with the same day", flush=True)
        return status

    async def _end_rehearsal(self) -> None:
        if self._rehearsal is not None:
            self._rehearsal.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._rehearsal

    def _lines(self, running: RunningHouse, accounts: DemoAccounts) -> list[str]:
        profile, clock = self._profile, running.house.clock
        now, at = clock.now(), running.address
        hall, window = profile.hall, accounts.visitor_window
        pad = accounts.devices.pad[window]
        rows = [
            ("all screens", "/", ""),
            ("hall board", f"/board/{hall}", ""),
            ("window sign", f"/sign/{hall}/{window}#token={accounts.sign}", ""),
            ("kiosk", f"/kiosk/{hall}#token={accounts.kiosk}", ""),
            ("phone", f"/phone/{hall}", ""),
            ("clerk", f"/console/{hall}?window={window}", signing_in(accounts.clerk)),
            ("evaluation pad", f"/pad/{hall}/{window}#token={pad}", ""),
            ("help desk", f"/help-desk/{hall}", signing_in(accounts.help_desk)),
            ("manager", f"/manager/{hall}", signing_in(accounts.manager)),
            (
                "day report",
                f"/api/halls/{hall}/reports/day",
                signing_in(accounts.inspector),
            ),
            ("administrator", "/sign-in", signing_in(accounts.administrator)),
        ]
        date, time = business_date(profile, now), clock_text(profile, now)
        speed = f", {clock.speed:g} times as fast" if clock.speed != 1 else ""
        head = f"{profile.name.zh} · {profile.name.en} · {date} {time}{speed}"
        lines = [f"  {name:<16}{at}{path}{who}" for name, path, who in rows]
        return [head, *lines, "Ctrl-C stops."]


def signing_in(person: Person) -> str:
    """Return what one types to sign in, for the end of a line."""
    return f"   account {person.account}  password {person.password}"


async def rehearse(running: RunningHouse, accounts: Path, profile: Path) -> None:
    """Play every day against the house, as a process of its own, until cancelled."""
    arguments = ["--server", running.address, "--accounts", str(accounts)]
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "yihao", "rehearse", *arguments),
        *("--profile", str(profile), "--forever"),
        # Ctrl-C is for the house: it ends its rehearsal before it closes.
        start_new_session=True,
    )
    try:
        status = await child.wait()
        print(f"the rehearsal has ended with status {status}", flush=True)
    finally:
        await end(child)


async def end(child: asyncio.subprocess.Process) -> None:
    """End a child process, by force if it does not go."""
    if child.returncode is not None:
        return
    child.terminate()
    try:
        async with asyncio.timeout(LEAVING_SECONDS):
            await child.wait()
    except TimeoutError:
        child.kill()
        await child.wait()


# When the demo's hall begins.


def beginning(
    options: argparse.Namespace, profile: HallProfile, *, rehearsing: bool
) -> int | None:
    """Return the hall's time at the start; None: the real time.

    An open day goes on where its record stops. Otherwise a rehearsed day begins just
    before the doors open. The hall's time never runs back behind its record.
    """
    settings = Settings(halls=(), data=options.data)
    last = last_recorded(settings, profile.hall)
    if options.clock:
        date = business_date(profile, max(wall_clock(), last.at))
        if not is_open_day(profile, date):
            date = next_open_day(profile, date) or date
        return max(instant(profile, date, options.clock), last.at)
    if last.open and rehearsing:
        return last.at
    if rehearsing:
        return before_doors(profile, last)
    # The record of a rehearsed day may be ahead of the real time.
    return last.at if last.at > wall_clock() else None


class Last(NamedTuple):
    """The end of what is recorded of a hall."""

    at: int = 0
    date: str = ""
    open: bool = False


def last_recorded(settings: Settings, hall: str) -> Last:
    """Return where the record of the hall's newest day stops."""
    if not settings.record.exists():
        return Last()
    log = SqliteLog(settings.record, read_only=True)
    try:
        dates = recorded_dates(log, hall)
        if not dates:
            return Last()
        stream = hall_day_stream(hall, dates[-1])
        version = log.last_version(stream)
        event = log.read(stream, after=version - 1)[-1].event
        return Last(event.at, dates[-1], not isinstance(event, DayClosed))
    finally:
        log.close()


def before_doors(profile: HallProfile, last: Last) -> int:
    """Return an instant shortly before the doors open on the next open day."""
    today = business_date(profile, wall_clock())
    date: str | None = today
    if not is_open_day(profile, today) or today <= last.date:
        date = next_open_day(profile, max(today, last.date))
    if date is None:
        return max(wall_clock(), last.at)
    return day_hours(profile, date).doors_at - BEFORE_DOORS_MS
