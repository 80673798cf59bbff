"""Fixtures of the whole house: a real PostgreSQL, and a real browser.

An error in a page that a test has opened fails the test. So does waiting for ever.
"""

from __future__ import annotations

import asyncio
import functools
import inspect
import itertools
import os
from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.async_api import Browser, async_playwright

from tests.screens import BROWSER_OPTIONS, Screens, chromium_path
from yihao.postgres_server import PostgresServer, new_database


# Examples are not timed: a machine that is busy with other work fails no rule.
settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")

PATIENCE_SECONDS = 220
"""No test waits longer; where it waited stands in the traceback."""

LONG_FILES = (
    "journeys/test_openapi.py",
    "journeys/test_manager_screen.py",
    "faults/test_kills.py",
    "yihao/bench/test_measures.py",
    "journeys/test_console_screen.py",
    "journeys/test_kiosk_screen.py",
    "journeys/test_phone_screen.py",
)
"""The files that take longest: one that began late would end long after the others."""

Waits = Callable[..., Coroutine[object, object, None]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest; the others stay in their order."""
    tests = Path(__file__).parent
    places = {tests / name: place for place, name in enumerate(LONG_FILES)}
    assert all(path.exists() for path in places), "a long file has another name now"
    items.sort(key=lambda item: places.get(item.path, len(places)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Let every test that waits for something lose patience in the end."""
    if isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.obj):
        item.obj = with_patience(item.obj)
    return (yield)


def with_patience(waits: Waits) -> Waits:
    """Return the test with a limit to its patience."""

    @functools.wraps(waits)
    async def patient(*args: object, **values: object) -> None:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS) as limit:
                await waits(*args, **values)
        except TimeoutError as error:
            if not limit.expired():
                raise
            said = f"it waited for {PATIENCE_SECONDS} seconds; where, stands above"
            raise AssertionError(said) from error

    return patient


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """One PostgreSQL for all tests of a worker: ours, or the one that is named."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given
        return
    # Tests kill what works on it and stop servers of their own; nobody pulls its plug.
    server = PostgresServer(durable=False)
    yield server.url
    server.remove()


@pytest.fixture(scope="session")
def postgres(postgres_server: str) -> Callable[[], str]:
    """Return a function that makes another empty database."""
    count = itertools.count()
    return lambda: new_database(
        postgres_server, f"yihao_test_{os.getpid()}_{next(count)}"
    )


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all tests of a worker."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=chromium_path(), args=BROWSER_OPTIONS
        )
        yield chromium
        await chromium.close()


@pytest.fixture
async def page_at(browser: Browser) -> AsyncIterator[Screens]:
    """Open pages with `await page_at(PHONE, "en")`; their errors fail the test."""
    screens = Screens(browser)
    yield screens
    errors = await screens.close()
    assert not errors, "\n".join(["errors in the pages:", *errors])
