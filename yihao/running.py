"""``yihao serve`` and ``yihao rehearse``: running until the end or Ctrl-C."""

from __future__ import annotations

import argparse
import asyncio
import datetime
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from queue_core.access.passwords import Passwords
from queue_core.clock import wall_clock
from queue_core.errors import ParseError
from queue_core.profiles.catalog import shipped_profile_dir, shipped_profiles
from queue_core.profiles.profile import HallProfile
from queue_core.profiles.reading import read_profile

from .cycles import spare_what_stays
from .house import RunningHouse, running_house
from .listening import raise_file_limit
from .logs import set_up_logs
from .settings import Settings


def serve(options: argparse.Namespace) -> int:
    """Serve the halls until stopped."""
    set_up_logs(json=options.json_logs)
    raise_file_limit()
    halls = tuple(profile_folder(name) for name in options.hall)
    starts_at = None
    if options.clock:
        starts_at = today_at(read_profile(halls[0]), options.clock)
    settings = Settings(
        halls=halls,
        data=options.data,
        database=options.database,
        key_file=options.key,
        signing_key_file=options.signing_key,
        archive_folder=options.archives,
        host=options.host,
        port=options.port,
        link_port=options.link_port,
        speed=options.speed or 1.0,
        starts_at=starts_at,
        voice=options.voice or options.data / "voice",
        printers=tuple(options.printer),
        leds=tuple(options.led),
        public_address=options.public_address,
        link_address=options.link_address,
        trusted_proxies=tuple(options.trusted_proxy),
        origins=tuple(options.origin),
        persons_database=options.persons_database,
        persons_key_file=options.persons_key,
        cipher=options.cipher,
        sms_gateway=options.sms_gateway,
        sms_token=os.environ.get("YIHAO_SMS_TOKEN", ""),
        push_contact=options.push_contact,
        push_services=tuple(options.push_service),
        paces=tuple(options.pace),
        oidc_issuer=options.oidc_issuer,
        oidc_client_id=options.oidc_client_id,
        oidc_client_secret_file=options.oidc_client_secret_file,
        oidc_claim=options.oidc_claim,
    )
    return asyncio.run(serve_until_stopped(settings, announce))


async def nothing_before() -> None:
    """Close at once."""


async def serve_until_stopped(
    settings: Settings,
    opened: Callable[[RunningHouse], None],
    *,
    before_closing: Callable[[], Awaitable[None]] = nothing_before,
    passwords: Passwords | None = None,
) -> int:
    """Open the house, call ``opened``, and close it when the process is to end."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    async with running_house(settings, passwords=passwords) as running:
        opened(running)
        sparing = asyncio.create_task(spare_what_stays(running.house.halls.values()))
        await stopping.wait()
        sparing.cancel()
        await before_closing()
    return 0


def announce(running: RunningHouse) -> None:
    """Print where the halls are."""
    for hall in running.house.halls.values():
        print(f"{hall.profile.name.en}: {running.address}/", flush=True)
    print(f"live link: {running.house.link(running.settings.host)}", flush=True)


def rehearse(options: argparse.Namespace) -> int:
    """Play a day against a running server."""
    from .rehearsal.main import options_of  # noqa: PLC0415
    from .rehearsal.main import rehearse as play  # noqa: PLC0415

    return asyncio.run(play(options_of(options)))


# Profiles and clocks.


def profile_folder(name: str) -> Path:
    """Return the folder of a profile: a folder, or a shipped profile's name.

    Raises:
        ParseError: There is neither.
    """
    if name in shipped_profiles():
        return shipped_profile_dir(name)
    if Path(name).is_dir():
        return Path(name)
    known = ", ".join(shipped_profiles())
    raise ParseError(f"there is no folder {name}, and shipped are {known}", "hall")


def today_at(profile: HallProfile, time: str) -> int:
    """Return the instant of a time of today, in the hall's own time zone."""
    zone = ZoneInfo(profile.timezone)
    today = datetime.datetime.fromtimestamp(wall_clock() / 1000, zone).date()
    return instant(profile, today.isoformat(), time)


def instant(profile: HallProfile, date: str, time: str) -> int:
    """Return the instant of a local date and time."""
    local = datetime.datetime.fromisoformat(f"{date}T{time}")
    return int(local.replace(tzinfo=ZoneInfo(profile.timezone)).timestamp()) * 1000
