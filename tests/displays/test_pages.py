"""The built pages over HTTP: which address shows which page, and how long it keeps."""

from __future__ import annotations

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
    for page in set(PAGES.values()) - {"pad"}:
        (built / f"{page}.html").write_text(f"<!doctype html>{page}")
    (built / "assets" / "board-1a2b.js").write_text("export {}")
    (built / "manifest.json").write_text("{}")
    (tmp_path / "house.key").write_text("secret")
    app = web.Application()
    add_pages(app, built)
    protect(app, lambda host: f"ws://{host}")
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
        "/nothing",
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
