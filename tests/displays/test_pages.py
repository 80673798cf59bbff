"""The built pages over HTTP: which address shows which page, and how long it keeps."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from displays.pages import PAGES, add_pages
from queue_core.interface.headers import protect


Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[Client]:
    built = tmp_path / "built"
    (built / "assets").mkdir(parents=True)
    for page in {*PAGES.values(), "missing"} - {"pad"}:
        (built / f"{page}.html").write_text(f"<!doctype html>{page}")
    (built / "assets" / "board-1a2b.js").write_text("export {}")
    (built / "manifest.json").write_text("{}")
    (tmp_path / "house.key").write_text("secret")
    app = web.Application()
    add_pages(app, built)
    protect(app, lambda request: f"ws://{request.host}")
    async with TestClient(TestServer(app)) as client:
        yield client


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/", "home"),
        ("/board/city", "board"),
        ("/board/city?zones=tax", "board"),
        ("/sign/city/3", "sign"),
        ("/kiosk/city", "kiosk"),
        ("/phone/city", "phone"),
        ("/t/0123abcd", "phone"),
        ("/console/city?window=3", "console"),
        ("/help-desk/city", "help-desk"),
        ("/manager/city", "manager"),
        ("/sign-in", "sign-in"),
    ],
)
async def test_an_address_shows_its_page_and_is_asked_anew(
    client: Client, address: str, page: str
) -> None:
    async with client.get(address) as answer:
        assert await answer.text() == f"<!doctype html>{page}"
        assert answer.headers["Cache-Control"] == "no-cache"
        assert answer.headers["Content-Type"].startswith("text/html")


async def test_a_file_named_by_its_content_is_kept_for_ever(client: Client) -> None:
    async with client.get("/built/assets/board-1a2b.js") as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "javascript" in answer.headers["Content-Type"]
    async with client.get("/built/manifest.json") as answer:
        assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "address",
    [
        "/built/../house.key",
        "/built/%2e%2e/house.key",
        "/built/assets/../../../house.key",
        "/built/assets",
        "/built/nothing.js",
        "/built/%00",
        "/built",
        "/api",
        "/api/nothing",
    ],
)
async def test_nothing_but_built_files_is_served(client: Client, address: str) -> None:
    async with client.get(address) as answer:
        assert answer.status == 404


async def test_a_page_that_was_not_built_says_so(client: Client) -> None:
    async with client.get("/pad/city/3") as answer:
        assert (answer.status, await answer.text()) == (
            503,
            "the page pad has not been built\n",
        )


async def test_pages_run_their_own_scripts_only_and_talk_to_their_own_link(
    client: Client,
) -> None:
    async with client.get("/board/city") as answer:
        headers = answer.headers

    policy = dict(
        part.strip().split(" ", 1)
        for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["script-src"] == "'self'"
    assert policy["default-src"] == "'none'"
    assert policy["connect-src"].startswith("'self' ws://127.0.0.1")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


async def test_only_a_ticket_machine_may_reach_the_card_reader_beside_it(
    client: Client,
) -> None:
    async with client.get("/kiosk/city") as machine, client.get("/t/1") as phone:
        policies = [
            answer.headers["Content-Security-Policy"] for answer in (machine, phone)
        ]

    assert "ws://127.0.0.1:*" in policies[0]
    assert "ws://127.0.0.1:*" not in policies[1]


async def test_a_file_is_sent_compressed_to_whoever_can_read_it(
    client: Client, tmp_path: Path
) -> None:
    copy = tmp_path / "built" / "assets" / "board-1a2b.js.gz"
    copy.write_bytes(gzip.compress(b"export {}"))

    async with client.get("/built/assets/board-1a2b.js") as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert await answer.read() == b"export {}"
    plain = {"Accept-Encoding": "identity"}
    async with client.get("/built/assets/board-1a2b.js", headers=plain) as answer:
        assert "Content-Encoding" not in answer.headers
        assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("address", ["/nothing", "/board/city/tax/3", "/apis", "/x%00"])
async def test_an_address_without_a_screen_says_so_on_a_page(
    client: Client, address: str
) -> None:
    async with client.get(address) as answer:
        assert answer.status == 404
        assert await answer.text() == "<!doctype html>missing"
        assert answer.headers["Cache-Control"] == "no-cache"
    async with client.post(address) as answer:
        assert answer.status == 405
