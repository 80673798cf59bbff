"""Phones are told when few are ahead and when it is their turn, and nobody waits."""

from __future__ import annotations

import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from displays.push_desk import PushDesk
from displays.web_push import PUSH_SERVICES, is_push_service, push_key
from queue_core.errors import LogError
from tests.displays.fake_push_service import Browser, FakePushService
from tests.open_house import Caller, OpenHouse, open_house


CONTACT = "mailto:hall@hall.example"


@pytest.fixture
async def service() -> AsyncIterator[FakePushService]:
    async with FakePushService().on() as listening:
        yield listening


@pytest.fixture
async def house(tmp_path: Path, service: FakePushService) -> AsyncIterator[OpenHouse]:
    async with open_house(
        tmp_path / "data", push_contact=CONTACT, push_services=(service.origin,)
    ) as opened:
        yield opened


def desk_of(house: OpenHouse) -> PushDesk:
    """Return who tells phones in a house."""
    desk = house.house.push
    assert isinstance(desk, PushDesk)
    return desk


async def phone_of(house: OpenHouse, browser: Browser) -> tuple[Caller, str]:
    """Take a number by phone and ask to be told about it."""
    holder, taken = await house.holder()
    path = f"/api/tickets/{taken['ticket']}/push"
    told = await holder.post(path, browser.subscription)
    assert (told.status, told.says["on"]) == (200, True)
    return holder, taken["ticket"]


async def test_a_phone_is_told_when_three_are_ahead_and_when_it_is_called(
    house: OpenHouse, service: FakePushService
) -> None:
    clerk = await house.clerk_at("1")
    browser = Browser(service)
    for _ in range(5):
        await house.number()
    holder, ticket = await phone_of(house, browser)
    for _ in range(2):
        await clerk.does("call-next")
        await clerk.does("start")
        await clerk.does("complete", {"outcome": "done"})

    near = await service.letter_to(browser)

    assert (near["what"], near["ahead"], near["number"]) == ("near", 3, "A006")
    assert near["path"] == f"/t/{ticket}#{holder.token}"

    for _ in range(4):
        await clerk.does("call-next")
        if (await holder.get(f"/api/tickets/{ticket}")).says["state"] == "called":
            break
        await clerk.does("start")
        await clerk.does("complete", {"outcome": "done"})
    turn = await service.letter_to(browser)
    await clerk.does("recall")
    again = await service.letter_to(browser)

    assert (turn["what"], turn["number"], turn["window"]) == ("turn", "A006", "1")
    assert again["what"] == "turn"


async def test_a_ticket_that_has_ended_is_forgotten_and_takes_no_wish(
    house: OpenHouse, service: FakePushService
) -> None:
    await house.clerk_at("1")
    browser = Browser(service)
    holder, ticket = await phone_of(house, browser)
    await holder.post(f"/api/tickets/{ticket}/cancel")
    other, kept = await phone_of(house, Browser(service))
    clerk_sees = await holder.post(f"/api/tickets/{ticket}/push", browser.subscription)

    assert (clerk_sees.status, clerk_sees.code) == (410, "ticket-ended")
    assert not desk_of(house).wants(ticket)
    assert desk_of(house).wants(kept)
    await other.post(f"/api/tickets/{kept}/push/forget")
    assert not desk_of(house).wants(kept)


async def test_a_service_that_hangs_delays_nobody_in_the_hall(
    house: OpenHouse, service: FakePushService
) -> None:
    clerk = await house.clerk_at("1")
    browser = Browser(service)
    service.may_answer.clear()
    await phone_of(house, browser)

    called = await clerk.does("call-next")
    assert (await service.letter_to(browser))["what"] == "turn"
    served = await clerk.does("start")
    done = await clerk.does("complete", {"outcome": "done"})

    assert [called.status, served.status, done.status] == [200, 200, 200]
    assert desk_of(house).outcomes == {}


async def test_a_browser_that_listens_no_longer_is_forgotten(
    house: OpenHouse, service: FakePushService
) -> None:
    clerk = await house.clerk_at("1")
    browser = Browser(service)
    service.status = 410
    _, ticket = await phone_of(house, browser)

    await clerk.does("call-next")
    await service.letter_to(browser)
    while desk_of(house).wants(ticket):
        await house.anyone.get("/api/push")

    assert desk_of(house).outcomes == {"gone": 1}


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://hall.example/push",
        "http://fcm.googleapis.com/fcm/send/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://fcm.googleapis.com:8443/x",
        "https://user@fcm.googleapis.com/x",
        "https://[/x",
        "file:///etc/passwd",
    ],
)
async def test_nothing_is_written_to_an_address_that_is_no_push_service(
    house: OpenHouse, service: FakePushService, endpoint: str
) -> None:
    await house.clerk_at("1")
    holder, taken = await house.holder()
    wish = {**Browser(service).subscription, "endpoint": endpoint}

    told = await holder.post(f"/api/tickets/{taken['ticket']}/push", wish)

    assert (told.status, told.details["field"]) == (422, "endpoint")


async def test_keys_that_no_browser_has_are_refused(
    house: OpenHouse, service: FakePushService
) -> None:
    await house.clerk_at("1")
    holder, taken = await house.holder()
    wish = {**Browser(service).subscription, "p256dh": "AAAA"}

    told = await holder.post(f"/api/tickets/{taken['ticket']}/push", wish)
    stranger = await house.anyone.post(f"/api/tickets/{taken['ticket']}/push", wish)

    assert (told.status, told.details["field"]) == (422, "p256dh")
    assert stranger.status == 401


def test_the_services_of_the_usual_browsers_are_known() -> None:
    usual = (
        "https://fcm.googleapis.com/fcm/send/x",
        "https://updates.push.services.mozilla.com/wpush/v2/x",
        "https://wns2-par02p.notify.windows.com/w/?token=x",
        "https://web.push.apple.com/x",
    )

    assert all(is_push_service(endpoint, PUSH_SERVICES) for endpoint in usual)


def test_the_key_is_made_once_and_is_nobody_elses(tmp_path: Path) -> None:
    file = tmp_path / "push.key"

    first, again = push_key(file), push_key(file)

    assert first.public == again.public
    assert len(first.public) == 87
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_text("no key")
    with pytest.raises(LogError, match="is no key for messages"):
        push_key(file)


async def test_a_house_that_tells_nobody_says_so(tmp_path: Path) -> None:
    async with open_house(tmp_path / "data") as house:
        await house.clerk_at("1")
        holder, taken = await house.holder()

        key = await house.anyone.get("/api/push")
        wish = await holder.post(f"/api/tickets/{taken['ticket']}/push/forget")

    assert key.says == {"key": None}
    assert wish.status == 404
