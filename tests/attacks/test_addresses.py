"""Paths, heads and headers that mean something else to somebody else."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest

from queue_core.interface.headers import API_POLICY, POLICY, SERVER, STEADY
from tests.open_house import CIVIL, OpenHouse, open_house
from yihao.logs import set_up_logs
from yihao.soak.hostile.requests import MISLEADING


SOON = 20.0


@pytest.fixture(scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[OpenHouse]:
    async with open_house(tmp_path_factory.mktemp("addresses")) as opened:
        yield opened


async def said(house: OpenHouse, raw: bytes) -> bytes:
    """Send bytes and the end, and return everything that is answered."""
    reader, writer = await asyncio.open_connection("127.0.0.1", house.running.port)
    writer.write(raw)
    async with asyncio.timeout(SOON):
        answer = await reader.read()
    writer.close()
    return answer


def get(target: str, *headers: str) -> bytes:
    """Return a request that ends its connection."""
    lines = [f"GET {target} HTTP/1.1", "Connection: close", *headers]
    if not any(line.startswith("Host:") for line in headers):
        lines.append("Host: hall")
    return "\r\n".join([*lines, "", ""]).encode()


# Paths.


@pytest.mark.parametrize(
    "target",
    [
        "/built/../../setup.cfg",
        "/built/..%2f..%2fsetup.cfg",
        "/built/%2e%2e/%2e%2e/setup.cfg",
        "/built/....//....//setup.cfg",
        "/built/..\\..\\setup.cfg",
        "/built//etc/passwd",
        "/built/%2Fetc%2Fpasswd",
        "/built/assets/../../routes.py",
        "/built/%00",
        "/built/" + "a/" * 3_000,
        "/../../../etc/passwd",
        "//etc/passwd",
        "/built/board.html/../../routes.py",
    ],
)
async def test_no_path_leads_out_of_the_built_pages(
    house: OpenHouse, target: str
) -> None:
    answer = await said(house, get(target))

    assert answer.split(b" ")[1] in {b"400", b"404"}
    assert b"[metadata]" not in answer
    assert b"root:" not in answer
    assert b"ROUTES" not in answer


@pytest.mark.parametrize(
    "hall", ["..%2ftownship", "township%2f..", ".", "..", "%2e%2e"]
)
async def test_a_hall_is_a_name_and_no_path(house: OpenHouse, hall: str) -> None:
    for rest in ("", "/live", "/items"):
        answer = await said(house, get(f"/api/halls/{hall}{rest}"))
        status = answer.split(b" ")[1]
        # What a browser resolves before it asks is another address, and open.
        assert status == b"404" or hall in {".", ".."}, answer


# Heads.


@pytest.mark.parametrize("misleading", MISLEADING)
async def test_a_head_that_can_be_read_in_two_ways_is_read_in_none(
    house: OpenHouse, misleading: bytes
) -> None:
    """Request smuggling: what follows must not be taken for another's request."""
    head = b"POST /api/halls/township/tickets HTTP/1.1\r\nHost: hall\r\n"
    body = b"0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: hall\r\nConnection: close\r\n\r\n"

    reader, writer = await asyncio.open_connection("127.0.0.1", house.running.port)
    writer.write(head + misleading + b"\r\n" + body)
    writer.write_eof()
    async with asyncio.timeout(SOON):
        answer = await reader.read()
    writer.close()

    assert b"alive" not in answer
    assert answer.count(b"HTTP/1.1 ") <= 1
    assert not answer or answer.split(b" ")[1] in {b"400", b"415", b"422"}


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"<script>alert(1)</script>\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost : <script>\r\n\r\n", b"400"),
        (get("/" + "a" * 9_000), b"400"),
        (get("/", *(f"X{n}: a" for n in range(3_000))), b"400"),
        (b"GET / HTTP/1.1\r\nHost: hall\r\nX: " + b"a" * 70_000, b"431"),
    ],
)
async def test_what_is_no_http_is_told_with_all_headers_and_nothing_of_itself(
    house: OpenHouse, sent: bytes, status: bytes
) -> None:
    answer = await said(house, sent)

    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.split(b" ")[1] == status
    for name, text in {**STEADY, POLICY: API_POLICY, "Server": SERVER}.items():
        assert f"\r\n{name}: {text}".encode() in head, name
    assert b"script" not in body
    assert b"aiohttp" not in answer


async def test_the_name_of_the_host_stands_in_no_header_if_it_is_none(
    house: OpenHouse,
) -> None:
    for host in ("x;script-src *", "x'", "evil.example/", "a b", "x,y"):
        answer = await said(house, get("/sign-in", f"Host: {host}"))
        head = answer.partition(b"\r\n\r\n")[0]
        assert host.encode() not in head


async def test_only_the_last_word_of_a_proxy_counts(house: OpenHouse) -> None:
    """A client writes what it likes before it, in the same line or in another."""
    body = b'{"item":"%s","channel":"phone"}' % CIVIL.encode()
    proxy = "X-Forwarded-For: 192.0.2.99"

    statuses = []
    for n in range(130):
        own = f"X-Forwarded-For: 10.0.{n}.1" + (f", 10.1.{n}.1" if n % 2 else "")
        if n % 3 == 0:
            own, last = f"{own}, 192.0.2.99", ""
        else:
            last = f"{proxy}\r\n"
        raw = (
            f"POST {house.path}/tickets HTTP/1.1\r\nHost: hall\r\nConnection: close\r\n"
            f"{own}\r\n{last}Content-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        statuses.append((await said(house, raw.encode() + body)).split(b" ")[1])

    assert statuses.count(b"429") >= 5


# Headers.


async def test_no_other_site_may_read_or_send_anything(house: OpenHouse) -> None:
    for method in ("GET", "OPTIONS", "POST"):
        async with house.http.request(
            method,
            f"{house.path}/tickets",
            headers={
                "Origin": "https://evil.example",
                "Access-Control-Request-Method": "POST",
            },
        ) as answer:
            allowed = [name for name in answer.headers if name.startswith("Access-")]
            assert allowed == []
            assert method != "OPTIONS" or answer.status == 405


@pytest.mark.parametrize(
    "path", ["/", "/sign-in", "/manager/township", "/t/0", "/healthz", "/built/x"]
)
async def test_no_page_can_be_put_into_another_one(house: OpenHouse, path: str) -> None:
    async with house.http.get(path) as answer:
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_what_is_somebodys_own_is_kept_nowhere_and_runs_nothing(
    house: OpenHouse,
) -> None:
    await house.clerk_at("1")
    holder, taken = await house.holder()
    manager = await house.caller("manager")
    for caller, path in (
        (holder, f"/api/tickets/{taken['ticket']}"),
        (house.anyone, f"/api/tickets/{taken['ticket']}"),
        (manager, "/api/session"),
        (manager, f"{house.path}/reports/day"),
        (manager, f"{house.path}/tickets"),
    ):
        known = {"Authorization": f"Bearer {caller.token}"} if caller.token else {}
        async with house.http.get(path, headers=known) as answer:
            assert answer.headers["Cache-Control"] == "no-store", path
            assert answer.headers["Content-Security-Policy"] == API_POLICY


# Logs.


@pytest.mark.parametrize("json", [True, False])
async def test_nobody_writes_a_line_of_the_log(
    house: OpenHouse, capsys: pytest.CaptureFixture[str], json: bool
) -> None:
    before = logging.root.handlers[:], logging.root.level
    set_up_logs(json=json)
    try:
        for target in ("/api/halls/a%0d%0aERROR%20planted", "/x%0aERROR%20planted"):
            await said(house, get(target, "X-A: b", "User-Agent: \x1b[2JERROR planted"))
        logging.getLogger("yihao").error("the store failed: %s", "a\r\nERROR planted")
        logging.getLogger("yihao").error("%s", "\x1b[31mplanted\u202e")
        await asyncio.sleep(0)
    finally:
        logging.root.handlers[:], logging.root.level = before

    lines = capsys.readouterr().err.splitlines()
    assert lines
    assert not [line for line in lines if line.startswith("ERROR planted")]
    assert not [line for line in lines if "\x1b[31mplanted" in line or "\u202e" in line]
