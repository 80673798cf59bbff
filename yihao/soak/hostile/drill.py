"""Drill: hostile input to the pages, the link and the profiles; nothing of it tells.

No answer is a 500, nothing is logged as an error, no link breaks, memory does not
grow, the record is sound in the end, and a citizen gets his number as before.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from argon2 import PasswordHasher

from queue_core.access.passwords import Passwords
from queue_core.access.roles import DEVICE_KINDS, ROLES
from queue_core.clock import HallClock
from queue_core.profiles.catalog import shipped_profile_dir
from yihao.house import RunningHouse, running_house
from yihao.settings import Settings
from yihao.soak.figures import Figures
from yihao.soak.ground import Ground
from yihao.soak.townships import PROFILE, instant
from yihao.soak.truth import require, require_sound

from .doors import HttpDoor, LinkDoor, Mistakes, described
from .folders import Folders
from .frames import Frames
from .requests import Requests


INPUTS = 20_000
HTTP_SHARE, LINK_SHARE = 0.62, 0.36
"""The rest are profiles: each of them takes as long as hundreds of requests."""

AT_ONCE = 4
RENEWED = 500
"""After so many inputs everybody signs in again, whoever was signed out by one."""

TICKETS = 8
GROWTH_LIMIT = 96 * 1024 * 1024
"""More than what is recorded and remembered of so many commands (bytes)."""

PASSWORD = "hostile words 1"
WINDOW = "1"


class Ways(NamedTuple):
    """All ways into a house."""

    http: list[HttpDoor]
    links: list[LinkDoor]
    folders: Folders


async def hostile(
    ground: Ground, chance: random.Random, inputs: int = INPUTS
) -> Figures:
    """Send so many inputs to a house, and look whether it minds.

    Raises:
        Violated: it does.
    """
    counted: Counter[str] = Counter()
    mistakes = Mistakes()
    logging.getLogger().addHandler(mistakes)
    try:
        async with house_of_strangers(ground) as running:
            grown = await attacked(running, ground.folder, chance, inputs, counted)
            require(running.link.failure is None, "the live link has stopped")
            require(not running.faults(), f"{running.faults()}")
            # The day may have been closed, and every number taken: the desk answers.
            require(running.house.hall(PROFILE).desk.ready, "the desk does not work")
            await looked_at(running)
    finally:
        logging.getLogger().removeHandler(mistakes)
    require(not mistakes.found, f"logged as an error: {mistakes.found[:2]}")
    require(grown < GROWTH_LIMIT, f"memory has grown by {grown:,} bytes")
    await asyncio.to_thread(require_sound, ground.place)
    return {"inputs": inputs, **counted, "MiB grown": max(0, grown) >> 20}


@asynccontextmanager
async def house_of_strangers(ground: Ground) -> AsyncIterator[RunningHouse]:
    """Open a house whose passwords cost nothing, for thousands sign in."""
    settings = Settings(
        halls=(shipped_profile_dir(PROFILE),),
        data=ground.folder,
        database="" if ground.store == "SQLite" else ground.database,
        port=0,
        link_port=0,
    )
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    clock = HallClock(starts_at=instant(9))
    async with running_house(
        settings, clock=clock, passwords=Passwords(hasher)
    ) as running:
        yield running


async def attacked(
    running: RunningHouse,
    folder: Path,
    chance: random.Random,
    inputs: int,
    counted: Counter[str],
) -> int:
    """Send the inputs, and return by how much memory has grown meanwhile.

    What a house needs when it works at all is not counted: the first part.
    """
    requests = Requests(await described(running.port), [])
    frames = Frames(PROFILE, [], [])
    link = running.house.link("127.0.0.1")
    ways = Ways(
        [HttpDoor(running.port, requests) for _ in range(AT_ONCE)],
        [LinkDoor(link, frames) for _ in range(AT_ONCE)],
        Folders(folder / "profile"),
    )
    before, left = 0, inputs
    while left > 0:
        await renew(running, requests, frames, chance)
        some = min(RENEWED, left)
        drawn = [random.Random(chance.getrandbits(64)) for _ in range(AT_ONCE)]
        shares = [some // AT_ONCE] * AT_ONCE
        shares[0] += some % AT_ONCE
        done = await asyncio.gather(
            *(send(ways, n, drawn[n], shares[n]) for n in range(AT_ONCE))
        )
        for one in done:
            counted.update(one)
        left -= some
        if not before and left <= inputs * 3 // 4:
            before = memory()
    for n in range(AT_ONCE):
        await ways.http[n].close()
        await ways.links[n].close()
    return memory() - before


async def send(ways: Ways, n: int, chance: random.Random, inputs: int) -> Counter[str]:
    """Send some inputs one after another, and count what came of them."""
    counted: Counter[str] = Counter()
    for _ in range(inputs):
        kind = chance.random()
        if kind < HTTP_SHARE:
            counted[await ways.http[n].attack(chance)] += 1
        elif kind < HTTP_SHARE + LINK_SHARE:
            counted[f"link {await ways.links[n].attack(chance)}"] += 1
        else:
            ways.folders.draw(chance)
            used = ways.folders.read()
            counted["profile used" if used else "profile faulty"] += 1
    return counted


async def renew(
    running: RunningHouse, requests: Requests, frames: Frames, chance: random.Random
) -> None:
    """Let everybody be known again, and tell what can be attacked."""
    accounts, hall = running.house.accounts, running.house.hall(PROFILE)
    known = {account.account for account in await accounts.accounts()}
    tokens = [f"s.{chance.getrandbits(250):x}", f"d.{chance.getrandbits(250):x}", "x"]
    for role in ROLES:
        # An account that was shut out, or got another role, is left to its fate.
        name = f"{role}-{chance.getrandbits(32):x}"
        own = "" if role == "administrator" else PROFILE
        await accounts.add_account(
            name, name=role, role=role, hall=own, password=PASSWORD, by="drill"
        )
        tokens.append((await accounts.sessions.sign_in(name, PASSWORD)).token)
        known.add(name)
    for kind in DEVICE_KINDS:
        enrolled = await accounts.devices.enrol(
            kind, hall=PROFILE, place=WINDOW, by="drill"
        )
        tokens.append(enrolled.token)
    tickets = list(hall.live.tickets)[-TICKETS:]
    secrets = [running.recognition.secrets.ticket_secret(one) for one in tickets]
    devices = [one.device for one in await accounts.devices.of_hall(PROFILE)]
    requests.tokens = [*tokens, *secrets]
    requests.known = {
        "hall": [PROFILE],
        "window": [one.window for one in hall.profile.windows[:4]],
        "item": [one.item for one in hall.profile.items[:4]],
        "ticket": tickets,
        "service": [f"{ticket}.1" for ticket in tickets],
        "notice": list(hall.live.notices),
        "account": sorted(known)[-TICKETS:],
        "device": devices[-TICKETS:],
        "queue": [one.queue for one in hall.profile.queues[:4]],
    }
    frames.topics = Frames(PROFILE, tickets, []).topics
    frames.shown = requests.tokens


async def looked_at(running: RunningHouse) -> None:
    """Pass if a stranger can see the hall.

    Raises:
        Violated: he cannot.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
    path = f"/api/halls/{PROFILE}"
    writer.write(f"GET {path} HTTP/1.1\r\nHost: hall\r\n\r\n".encode())
    said = await reader.readline()
    writer.close()
    require(said.startswith(b"HTTP/1.1 200 "), f"the hall is not shown: {said!r}")


def memory() -> int:
    """Return how much memory this process has in use (bytes)."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
