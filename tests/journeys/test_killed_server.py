"""A server that is killed in the middle of its work has lost nothing it answered."""

from __future__ import annotations

import asyncio
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from displays.link.follower import follow
from queue_core.events import TicketIssued
from queue_core.log.sqlite_log import SqliteLog
from queue_core.log.streams import hall_day_stream
from queue_core.profiles.catalog import shipped_profile_dir
from tests.open_house import CIVIL


ANSWERS_BEFORE_THE_END = 40
CLIENTS = 8

AFTER_DOORS = "08:20"
"""Numbers are issued, and no window need be open yet."""
OPEN_ALL_WEEK = 'open_weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]\n'


def profile_open_every_day(folder: Path) -> Path:
    """Return a copy of the township profile that is open on every day of the year."""
    shipped = shipped_profile_dir("township")
    folder.mkdir()
    (folder / "items.csv").write_bytes((shipped / "items.csv").read_bytes())
    text = (shipped / "hall.toml").read_text(encoding="utf-8")
    text = re.sub(r"closed_dates = \[.*?\]\n", "", text, flags=re.DOTALL)
    text = re.sub(r"extra_open_dates = \[.*?\]\n", OPEN_ALL_WEEK, text, flags=re.DOTALL)
    (folder / "hall.toml").write_text(text, encoding="utf-8")
    return folder


@asynccontextmanager
async def server(
    profile: Path, data: Path
) -> AsyncIterator[tuple[asyncio.subprocess.Process, aiohttp.ClientSession]]:
    """Run ``yihao serve`` as a process; yield it, and a client of it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "yihao", "serve", "--hall", str(profile)),
        *("--data", str(data), "--port", "0", "--link-port", "0"),
        *("--clock", AFTER_DOORS),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdout is not None
    try:
        line = (await process.stdout.readline()).decode()
        found = re.search(r"http://\S+", line)
        assert found, f"the server said {line!r}"
        async with aiohttp.ClientSession(found[0]) as http:
            yield process, http
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def take_numbers(
    http: aiohttp.ClientSession,
    answers: list[dict[str, Any]],
    process: asyncio.subprocess.Process,
) -> None:
    """Take numbers one after another; after so many the server is killed."""
    body = {"item": CIVIL, "channel": "phone"}
    try:
        while True:
            async with http.post("/api/halls/township/tickets", json=body) as answer:
                assert answer.status == 201, await answer.text()
                answers.append(await answer.json())
            if len(answers) == ANSWERS_BEFORE_THE_END:
                process.send_signal(signal.SIGKILL)
    except aiohttp.ClientError:
        return


async def wait_for_doors(http: aiohttp.ClientSession) -> None:
    """Wait on the live link until the hall's day is open."""
    async with http.get("/api/halls/township") as answer:
        url = (await answer.json())["link"]
    async with follow(url, ["board/township"]) as board:
        await board.until("board/township", lambda state: state[1] == 1)


async def test_every_answered_number_is_there_after_a_kill(tmp_path: Path) -> None:
    profile = profile_open_every_day(tmp_path / "township")
    data = tmp_path / "data"
    answers: list[dict[str, Any]] = []
    async with server(profile, data) as (process, http):
        await wait_for_doors(http)
        await asyncio.gather(
            *(take_numbers(http, answers, process) for _ in range(CLIENTS))
        )

    async with server(profile, data) as (_, http):
        for given in answers:
            headers = {"Authorization": f"Bearer {given['secret']}"}
            path = f"/api/tickets/{given['ticket']}"
            async with http.get(path, headers=headers) as answer:
                kept = await answer.json()
            assert (kept["number"], kept["state"]) == (given["number"], "waiting")

    assert len(answers) >= ANSWERS_BEFORE_THE_END
    recorded = numbers_in(data)
    assert recorded == [f"A{n:03d}" for n in range(1, len(recorded) + 1)]
    assert len(recorded) - len(answers) <= CLIENTS


def numbers_in(data: Path) -> list[str]:
    """Return every number of the record's one day, in order of issue."""
    log = SqliteLog(data / "record.sqlite", read_only=True)
    try:
        (stream,) = log.streams("hall-day/township/")
        assert stream == hall_day_stream("township", stream.rpartition("/")[2])
        events = [recorded.event for recorded in log.read(stream)]
    finally:
        log.close()
    return [event.number for event in events if isinstance(event, TicketIssued)]


async def test_a_server_that_is_asked_to_stop_ends_cleanly(tmp_path: Path) -> None:
    profile = profile_open_every_day(tmp_path / "township")
    async with server(profile, tmp_path / "data") as (process, http):
        async with http.get("/readyz") as answer:
            told = await answer.json()
            assert (told["ready"], told["faults"]) == (True, [])

        process.send_signal(signal.SIGINT)

        assert await process.wait() == 0
