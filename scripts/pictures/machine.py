"""Pictures of the ticket machine at every step, and of the slips it prints."""

from __future__ import annotations

from playwright.async_api import Page

from displays.slip import WIDE_PAPER, SlipFacts, slip_lines
from displays.slip_raster import columns_when, drawn, find_font
from displays.slips import said
from projections.labels import labels_of
from queue_core.values import Language

from .posed_hall import PAPERLESS, PosedHall
from .studio import KIOSK, Cable, Camera, Studio


LONGEST = "烈士遗属"
SLIP_ZONE, SLIP_QUEUE = "social", "civil"


async def show_machine(hall: PosedHall, studio: Studio) -> None:
    """Show every step in ordinary and large type, and the machine in trouble."""
    token = await hall.device("kiosk", "entrance")
    paperless = await hall.device("kiosk", PAPERLESS)
    path = f"/kiosk/{hall.name}"

    async def steps(camera: Camera) -> None:
        for kind in ("kiosk", "kiosk-large"):
            page = await camera.open(path, KIOSK, token=token)
            await walk(camera, page, kind)

    async def trouble(camera: Camera) -> None:
        page = await camera.open(path, KIOSK, token=paperless)
        await page.locator(".top .notice").wait_for()
        await camera.save(page, "kiosk-no-paper")
        await find(page, "公积金")
        await page.locator("button.row").first.click()
        await page.locator(".keys .key.main").wait_for()
        await camera.save(page, "kiosk-no-paper-item", close=True)

    async def cut_off(camera: Camera) -> None:
        cable = Cable()
        page = await camera.open(path, KIOSK, token=token, cable=cable)
        await page.locator(".zone").first.wait_for()
        await page.context.set_offline(True)
        await cable.pull_out()
        await page.locator(".top .notice").wait_for()
        await camera.save(page, "kiosk-cut-off", close=True)

    await studio.scene("ticket machine, every step", steps)
    await studio.scene("ticket machine, no paper", trouble)
    await studio.scene("ticket machine, cut off", cut_off)


async def show_closed_machine(hall: PosedHall, studio: Studio) -> None:
    """Show the machine, and one that is not enrolled, when the hall is closed."""
    token = await hall.device("kiosk", "exit")

    async def closed(camera: Camera) -> None:
        page = await camera.open(f"/kiosk/{hall.name}", KIOSK, token=token)
        await page.locator(".zone").first.wait_for()
        await camera.save(page, "kiosk-closed", close=True)

    async def strange(camera: Camera) -> None:
        page = await camera.open(f"/kiosk/{hall.name}", KIOSK)
        await camera.save(page, "kiosk-not-enrolled", close=True)

    await studio.scene("ticket machine, closed", closed)
    await studio.scene("ticket machine, not enrolled", strange)


async def walk(camera: Camera, page: Page, kind: str) -> None:
    """Take a number by search, and save every step."""
    await page.locator(".zone").first.wait_for()
    if kind == "kiosk-large":
        await page.locator(".foot .key").nth(1).click()
    await camera.save(page, kind)
    await page.locator("button.zone").nth(2).click()
    await page.locator("button.row").first.wait_for()
    await camera.save(page, f"{kind}-items")
    await page.locator(".foot .key").first.click()
    await page.locator(".search").first.click()
    await page.get_by_role("searchbox").wait_for()
    await camera.save(page, f"{kind}-search")
    await page.get_by_role("searchbox").fill(LONGEST)
    await page.locator("button.row").first.wait_for()
    await camera.save(page, f"{kind}-found")
    await page.locator("button.row").first.click()
    await page.locator(".keys .key.main").wait_for()
    await camera.save(page, f"{kind}-item")
    await page.locator(".keys .key.main").click()
    await page.locator(".done").wait_for()
    await camera.save(page, f"{kind}-taken", close=True)


async def find(page: Page, words: str) -> None:
    """Search at the machine."""
    await page.locator(".search").first.click()
    await page.get_by_role("searchbox").fill(words)
    await page.locator("button.row").first.wait_for()


async def draw_slips(hall: PosedHall, camera: Camera) -> None:
    """Save the slip of the longest names as it is drawn for a printer, and its text."""
    facts = slip_facts(hall, "en" if camera.language == "en" else "zh")
    for name, large in (("slip", False), ("slip-large", True)):
        lines = slip_lines(facts, columns_when(WIDE_PAPER, large=large))
        told: list[tuple[str, str]] = [(line.text, line.style) for line in lines]
        paper = drawn(told, WIDE_PAPER, find_font(), large=large)
        paper.convert("L").save(camera.folder / f"{name}.png")
        camera.taken += 1
    text = "\n".join(line.text for line in slip_lines(facts))
    (camera.folder / "slip.txt").write_text(text + "\n", encoding="utf-8")


def slip_facts(hall: PosedHall, language: Language) -> SlipFacts:
    """Return what the slip of somebody with two items says shortly before closing."""
    profile = hall.hall.profile
    labels = labels_of(profile, language)
    zone = next(zone for zone in profile.zones if zone.zone == SLIP_ZONE)
    items = hall.items_of(SLIP_QUEUE)
    return SlipFacts(
        hall=labels.hall,
        number="A012",
        items=[labels.item(items[place].item) for place in (0, -1)],
        people_ahead=12,
        zone=said(zone.name, language),
        place=said(zone.place, language),
        windows=["42", "43", "44", "45", "47"],
        issued="2026-03-02 16:35",
        address="http://hall.example.gov.cn/t/0123456789abcdef#0123456789abcdef012345",
        return_after_calls=profile.calls.return_after_calls,
        missed_limit=profile.calls.missed_limit,
        ticket_class="green",
        closing_soon=True,
        language=language,
    )
