"""Markup in every text on every screen, formulas in every sheet: nothing lives."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator

import openpyxl
import pytest
from playwright.async_api import Page

from projections.audit import plain_text
from queue_core.access.roles import DeviceKind, Role
from queue_core.interface.serving import SESSION_COOKIE
from tests.open_house import MONDAY, open_house
from tests.screens import BOARD, DESK, KIOSK, PAD, PHONE, Screens, Size, take_picture

from .planted import (
    MARKUP,
    STARTS,
    Planted,
    plant_everywhere,
    planted_person,
    planted_profile,
)


OFFICE: list[tuple[Role, str]] = [
    ("manager", "/manager/township"),
    ("manager", "/api/halls/township/reports/day"),
    ("manager", "/api/halls/township/reports/year"),
    ("auditor", "/audit"),
    ("auditor", "/account"),
    ("manager", "/devices/township"),
]

DEVICES: list[tuple[DeviceKind, str, Size]] = [
    ("kiosk", "/kiosk/township", KIOSK),
    ("sign", "/sign/township/1", PAD),
    ("pad", "/pad/township/1", PAD),
]

SAYS_NOTHING_OF_THE_HALL = {"/account"}
"""Pages that show no text of the hall: there is nothing to wait for."""


@pytest.fixture(scope="module")
async def hall(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Planted]:
    data = tmp_path_factory.mktemp("planted")
    folder = planted_profile(data / "township")
    async with open_house(data / "data", folder=folder) as house:
        yield await plant_everywhere(house)


async def nothing_lives(page: Page, address: str, *, shows: bool = True) -> None:
    """Open a page; what is planted stands there as text, and nothing came of it."""
    await page.add_init_script(
        "window.lives = 0; window.planted = () => window.lives++"
    )
    await page.goto(address)
    if shows:
        await page.wait_for_function(
            "text => document.body.innerText.includes(text)", arg=MARKUP
        )
    found = await page.evaluate(
        "() => [window.lives, document.querySelectorAll('.planted').length,"
        " document.querySelectorAll('img[src=x]').length]"
    )
    # A report's own policy keeps even this question's script from being there.
    assert found[1:] == [0, 0], address
    assert not found[0], address


async def test_what_is_planted_lives_on_no_public_screen(
    hall: Planted, page_at: Screens
) -> None:
    base = hall.house.running.address
    board = await page_at(BOARD)
    for path in ("/", "/board/township?lang=en", "/phone/township"):
        await nothing_lives(board, base + path)
    phone = await page_at(PHONE)
    await nothing_lives(phone, base + hall.waiting["phone_path"])
    for kind, path, size in DEVICES:
        token = (await hall.house.device(kind, "1")).token
        page = await page_at(size)
        await nothing_lives(page, f"{base}{path}#token={token}")
        await take_picture(page, f"planted-{kind}")
        if kind == "kiosk":
            await page.get_by_role("button", name="搜索").first.click()
            await page.get_by_role("searchbox").fill("<img src=x onerror=planted()>")
            await page.get_by_role("searchbox").fill("低保")
            await page.get_by_role("button", name="最低生活保障对象认定").click()
            assert await page.locator(".planted, img[src=x]").count() == 0


async def test_what_is_planted_lives_on_no_screen_of_the_staff(
    hall: Planted, page_at: Screens
) -> None:
    base = hall.house.running.address
    console = await page_at(DESK)
    await as_somebody(console, base, hall.clerk.token)
    await nothing_lives(console, f"{base}/console/township?window=1")
    for n, (role, path) in enumerate(OFFICE):
        page = await page_at(BOARD)
        somebody = await planted_person(hall.house, role, f"{role}-{n}")
        await as_somebody(page, base, somebody.token)
        await nothing_lives(
            page, base + path, shows=path not in SAYS_NOTHING_OF_THE_HALL
        )
    sign_in = await page_at(DESK)
    await nothing_lives(sign_in, f"{base}/sign-in?next={MARKUP}", shows=False)


async def as_somebody(page: Page, base: str, token: str) -> None:
    """Let the page be a member of staff's."""
    await page.context.add_cookies(
        [{"name": SESSION_COOKIE, "value": token, "url": base}]
    )


@pytest.mark.parametrize("report", ["day", "year"])
async def test_no_cell_of_a_report_computes(hall: Planted, report: str) -> None:
    path = f"{hall.house.path}/reports/{report}"
    manager = await planted_person(hall.house, "manager", f"reader-{report}")
    told = await manager.get(path, format="xlsx")
    assert told.status == 200

    book = openpyxl.load_workbook(io.BytesIO(told.says))
    texts = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]

    assert any(MARKUP in str(cell.value) for cell in texts)
    assert {cell.data_type for cell in texts} == {"s"}
    for cell in texts:
        if str(cell.value).startswith(STARTS) and cell.row > 1:
            assert cell.quotePrefix, cell.value


async def test_no_cell_of_the_audit_computes(hall: Planted) -> None:
    auditor = await planted_person(hall.house, "auditor", "wu")
    told = await auditor.get("/api/audit/sheet", first=MONDAY, last=MONDAY)
    assert told.status == 200

    rows = list(csv.reader(io.StringIO(told.says.decode("utf-8-sig"))))

    assert any(MARKUP in cell for row in rows for cell in row)
    assert not [cell for row in rows for cell in row if cell.startswith(STARTS)]


def test_every_beginning_of_a_formula_is_taken_away() -> None:
    assert all(plain_text(f"{start}1+1").startswith("'") for start in STARTS)
