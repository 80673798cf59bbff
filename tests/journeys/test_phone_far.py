"""A phone in a pocket and on a slow line: told from afar, and quick to open."""

from __future__ import annotations

import gzip
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from displays.pages import BUILT
from tests.displays.fake_push_service import Browser, FakePushService
from tests.journeys.public_screens import address, clerk_of, item_of
from tests.open_house import Caller, OpenHouse, open_house
from tests.screens import PHONE, Screens, accessibility_faults, take_picture


MOST_BYTES = 150_000
"""Gzipped, everything a phone loads for its page."""
SLOW_LINE = {"latency": 150, "down": 1_600_000 / 8, "up": 750_000 / 8}
"""A crowded mobile network: 150 ms there and back, 1.6 Mbit/s, in bytes a second."""
FIRST_PICTURE_MILLISECONDS = 2_000


@pytest.fixture(scope="module")
async def service() -> AsyncIterator[FakePushService]:
    async with FakePushService().on() as listening:
        yield listening


@pytest.fixture(scope="module")
async def house(
    tmp_path_factory: pytest.TempPathFactory, service: FakePushService
) -> AsyncIterator[OpenHouse]:
    """A city hall that tells phones."""
    async with open_house(
        tmp_path_factory.mktemp("far"),
        profile="city",
        push_contact="mailto:hall@hall.example",
        push_services=(service.origin,),
    ) as opened:
        yield opened


async def phone_with(page_at: Screens, browser: Browser) -> Page:
    """Return a phone whose own push service is the fake one."""
    phone = await page_at(PHONE)
    await phone.context.grant_permissions(["notifications"])
    given = browser.subscription
    keys = {"p256dh": given["p256dh"], "auth": given["auth"]}
    subscription = json.dumps({"endpoint": given["endpoint"], "keys": keys})
    await phone.add_init_script(
        f"""PushManager.prototype.subscribe = async (options) => {{
            window.asked = options
            return {{toJSON: () => ({subscription}), unsubscribe: async () => true}}
        }}"""
    )
    return phone


async def test_a_phone_in_a_pocket_is_told_that_it_is_its_turn(
    house: OpenHouse, page_at: Screens, service: FakePushService
) -> None:
    clerk = await clerk_of(house, "companies")
    browser = Browser(service)
    taken = await house.number(item_of(house, "companies").item)
    phone = await phone_with(page_at, browser)
    await phone.goto(address(house, taken["phone_path"]))
    wish = phone.get_by_role("switch", name="关着网页也提醒我")
    await expect(wish).not_to_be_checked()
    await wish.click()
    await expect(wish).to_be_checked()
    assert await phone.evaluate("window.asked.userVisibleOnly")
    assert await accessibility_faults(phone) == []
    await take_picture(phone, "phone-push")

    await clerk.does("call-next")
    message = await service.letter_to(browser)

    assert (message["what"], message["number"]) == ("turn", taken["number"])
    shown = await shown_after(phone, message)
    assert shown[0]["title"] == f"请 {taken['number']} 到 {message['window']} 号窗口"
    assert shown[0]["data"] == taken["phone_path"]
    holder = Caller(house.http, taken["secret"])
    await clerk.does("start")
    await clerk.does("complete", {"outcome": "done"})
    told = await holder.post(
        f"/api/tickets/{taken['ticket']}/push", browser.subscription
    )
    assert told.status == 410


async def shown_after(phone: Page, message: object) -> list[dict[str, str]]:
    """Deliver a message as a browser's service does; return what it shows then."""
    link = await phone.context.new_cdp_session(phone)
    found: list[str] = []
    link.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(
            one["registrationId"] for one in told["registrations"]
        ),
    )
    await link.send("ServiceWorker.enable")
    await phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await link.send(
        "ServiceWorker.deliverPushMessage",
        {
            "origin": await phone.evaluate("location.origin"),
            "registrationId": found[-1],
            "data": json.dumps(message),
        },
    )
    shown: list[dict[str, str]] = await phone.evaluate(
        """async () => {
            const worker = await navigator.serviceWorker.ready
            for (;;) {
                const shown = await worker.getNotifications()
                if (shown.length)
                    return shown.map(({title, body, data}) => ({title, body, data}))
                await new Promise(requestAnimationFrame)
            }
        }"""
    )
    return shown


async def test_a_ticket_opens_in_two_seconds_on_a_slow_line(
    house: OpenHouse, page_at: Screens
) -> None:
    await clerk_of(house, "tax")
    taken = await house.number(item_of(house, "tax").item)
    phone = await page_at(PHONE)
    link = await phone.context.new_cdp_session(phone)
    await link.send("Network.enable")
    await link.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": SLOW_LINE["latency"],
            "downloadThroughput": SLOW_LINE["down"],
            "uploadThroughput": SLOW_LINE["up"],
        },
    )

    await phone.goto(address(house, taken["phone_path"]))
    await expect(phone.get_by_text(taken["number"], exact=True)).to_be_visible()

    first = await phone.evaluate(
        "performance.getEntriesByName('first-contentful-paint')[0].startTime"
    )
    loaded = await phone.evaluate(
        """performance.getEntriesByType('resource')
            .concat(performance.getEntriesByType('navigation'))
            .reduce((sum, one) => sum + one.transferSize, 0)"""
    )
    print(f"first picture after {first:.0f} ms, {loaded / 1000:.0f} kB in all")
    assert loaded < MOST_BYTES
    assert first < FIRST_PICTURE_MILLISECONDS


def test_what_a_phone_loads_is_small_and_lies_there_compressed() -> None:
    manifest = json.loads((BUILT / "manifest.json").read_text())
    waiting = ["displays/pages/phone/index.html"]
    files = {BUILT / "phone.html"}
    while waiting:
        part = manifest[waiting.pop()]
        files |= {BUILT / name for name in [part["file"], *part.get("css", [])]}
        waiting += part.get("imports", [])

    size = sum(len(gzip.compress(file.read_bytes())) for file in files)

    assert size < MOST_BYTES
    for file in files:
        copy = Path(f"{file}.gz")
        if copy.exists():
            assert gzip.decompress(copy.read_bytes()) == file.read_bytes()
    assert sum(Path(f"{file}.gz").exists() for file in files) >= 3
