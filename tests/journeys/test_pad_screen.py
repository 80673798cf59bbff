"""A citizen says how it was, on the pad in front of the window."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.async_api import Page, expect

from tests.journeys.staff_screens import way_of
from tests.open_house import MINUTE, Clerk, OpenHouse, open_house
from tests.screens import PAD, Screens, accessibility_faults, take_picture


GRADES = ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]
QUESTION = "刚才的服务，您觉得怎么样？"


class PadAtWindow(NamedTuple):
    """The pad of window 1, its clerk, and the house they are in."""

    house: OpenHouse
    clerk: Clerk
    page: Page

    async def serve(self) -> str:
        """Let somebody be served to the end, and return the ticket."""
        taken = await self.house.number()
        for what in ("call-next", "start"):
            assert (await self.clerk.does(what)).status == 200
        self.house.clock.pass_by(5 * MINUTE)
        done = await self.clerk.does("complete", {"outcome": "done"})
        assert done.status == 200, done
        return str(taken["ticket"])

    async def evaluations(self, ticket: str) -> list[str]:
        """Return what is on record of how the citizen found it."""
        lines = await way_of(self.clerk, self.house, ticket)
        return [line["text"] for line in lines if line["event"] == "EvaluationGiven"]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[OpenHouse]:
    async with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture
async def pad(house: OpenHouse, page_at: Screens) -> PadAtWindow:
    clerk = await house.clerk_at("1", "li.na")
    token = (await house.device("pad", "1")).token
    page = await page_at(PAD, touch=True)
    await page.clock.install()
    await page.goto(f"{house.running.address}/pad/township/1#token={token}")
    await expect(page.get_by_text("欢迎")).to_be_visible()
    return PadAtWindow(house, clerk, page)


async def test_the_pad_follows_the_window_and_wakes_when_the_service_ends(
    pad: PadAtWindow,
) -> None:
    page = pad.page
    assert page.url.endswith("/pad/township/1")
    await pad.house.number()

    await pad.clerk.does("call-next")
    await expect(page.get_by_text("请 A001 到窗口")).to_be_visible()
    await pad.clerk.does("start")
    await expect(page.get_by_text("正在办理 A001")).to_be_visible()
    await expect(page.get_by_text("Serving A001")).to_be_visible()
    assert await accessibility_faults(page) == []
    await take_picture(page, "pad-asleep")

    await pad.clerk.does("complete", {"outcome": "done"})
    await expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()
    await expect(page.get_by_text("评价自愿，不影响您办事")).to_be_visible()

    # It was completed by mistake: the pad asks when the service really ends.
    await pad.clerk.does("undo")
    await expect(page.get_by_text("正在办理 A001")).to_be_visible()
    await pad.clerk.does("complete", {"outcome": "done"})
    await expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()


async def test_nothing_is_chosen_for_anybody_and_a_good_grade_is_one_tap_and_send(
    pad: PadAtWindow,
) -> None:
    page = pad.page
    ticket = await pad.serve()

    faces = page.get_by_role("group").get_by_role("button")
    await expect(faces).to_have_text(GRADES)
    await expect(page.locator("[aria-pressed=true]")).to_have_count(0)
    await expect(page.get_by_role("button", name="提交评价")).to_be_hidden()
    await expect(page.get_by_text("li.na 同志 · 工号 li.na")).to_be_visible()
    assert await accessibility_faults(page) == []
    await take_picture(page, "pad-asks")
    assert await pad.evaluations(ticket) == []

    await page.get_by_role("button", name="非常满意").tap()
    await take_picture(page, "pad-good")
    await page.get_by_role("button", name="提交评价").tap()
    await expect(page.get_by_role("heading", name="谢谢您的评价")).to_be_visible()
    assert await accessibility_faults(page) == []
    assert await pad.evaluations(ticket) == ["评价：非常满意（评价器）"]

    await page.clock.fast_forward(10_000)
    await expect(page.get_by_text("欢迎")).to_be_visible()


async def test_a_bad_grade_needs_a_reason_before_it_is_sent(pad: PadAtWindow) -> None:
    page = pad.page
    ticket = await pad.serve()

    await page.get_by_role("button", name="不满意", exact=True).tap()
    question = page.get_by_role("heading", name="哪里没做好？请选一项，或写几句")
    await expect(question).to_be_visible()
    await page.get_by_role("button", name="提交评价").tap()
    await expect(page.get_by_role("status")).to_have_text("请选一项，或写几句")
    assert await accessibility_faults(page) == []
    await take_picture(page, "pad-bad")
    assert await pad.evaluations(ticket) == []

    await page.get_by_role("button", name="没有提供材料清单").tap()
    await page.get_by_role("button", name="提交评价").tap()
    await expect(page.get_by_text("会有专人核实并改进")).to_be_visible()
    (said,) = await pad.evaluations(ticket)
    assert "不满意" in said
    assert "没有提供材料清单" in said


async def test_a_pad_that_nobody_touches_sleeps_without_a_grade(
    pad: PadAtWindow,
) -> None:
    page = pad.page
    question = page.get_by_role("heading", name=QUESTION)
    left = await pad.serve()
    await expect(question).to_be_visible()

    await page.clock.fast_forward(50_000)
    await expect(page.get_by_role("status")).to_contain_text("不会自动评价")
    await page.clock.fast_forward(11_000)
    await expect(question).to_be_hidden()
    assert await pad.evaluations(left) == []

    # It has asked once, and even a new start does not make it ask again.
    await page.reload()
    await expect(page.get_by_text("欢迎")).to_be_visible()
    await expect(question).to_be_hidden()
    await pad.serve()
    await expect(page.get_by_text("A002 号")).to_be_visible()


async def test_who_declines_is_not_asked_again(pad: PadAtWindow) -> None:
    page = pad.page
    ticket = await pad.serve()

    await page.get_by_role("button", name="不评价").tap()
    await expect(page.get_by_text("欢迎")).to_be_visible()
    assert await pad.evaluations(ticket) == []


async def test_a_guest_answers_in_english_and_the_next_one_is_asked_in_chinese(
    pad: PadAtWindow,
) -> None:
    page = pad.page
    ticket = await pad.serve()

    await page.get_by_role("button", name="English").tap()
    await expect(
        page.get_by_role("heading", name="How was the service just now?")
    ).to_be_visible()
    await page.get_by_role("button", name="Satisfied", exact=True).tap()
    await take_picture(page, "pad-en")
    await page.get_by_role("button", name="Send").tap()
    await expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert await pad.evaluations(ticket) == ["评价：满意（评价器）"]

    await pad.serve()
    await expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()


async def test_every_reason_and_the_way_to_send_it_are_seen_at_one_look(
    pad: PadAtWindow,
) -> None:
    page = pad.page
    await pad.serve()
    faces = page.get_by_role("group").get_by_role("button")

    for send, language in (("提交评价", "English"), ("Send", "中文")):
        for face in await faces.all():
            await face.tap()
            await expect(page.get_by_role("textbox")).to_be_in_viewport(ratio=1)
            await expect(page.get_by_role("button", name=send)).to_be_in_viewport(
                ratio=1
            )
        await page.get_by_role("button", name=language).tap()
