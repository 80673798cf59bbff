"""Who may follow which topic of the live link."""

from __future__ import annotations

import pytest

from displays.link.client import TopicRefused
from displays.link.follower import follow
from displays.link.frames import SIGNED_OUT
from projections.topics.names import parse_topic
from queue_core.interface.principals import Principal
from tests.open_house import OpenHouse
from yihao.following import may_see


HERE = {
    "clerk": Principal(kind="staff", name="li.na", role="clerk", hall="city"),
    "help-desk": Principal(kind="staff", name="desk", role="help-desk", hall="city"),
    "manager": Principal(kind="staff", name="wang", role="manager", hall="city"),
    "inspector": Principal(kind="staff", name="zhao", role="inspector", hall=""),
    "kiosk": Principal(kind="device", name="k", role="kiosk", hall="city", place="a"),
    "pad 3": Principal(kind="device", name="p", role="pad", hall="city", place="3"),
    "sign 4": Principal(kind="device", name="s", role="sign", hall="city", place="4"),
}
STAFF = {"clerk", "help-desk", "manager", "inspector"}


@pytest.mark.parametrize(
    ("topic", "who"),
    [
        ("board/city", set(HERE)),
        ("board/city/tax", set(HERE)),
        ("window/city/3", STAFF | {"pad 3"}),
        ("window/city/4", STAFF | {"sign 4"}),
        ("console/city/3", STAFF),
        ("manager/city", {"manager", "inspector"}),
        ("ticket/0123", STAFF),
        ("window/township/3", {"inspector"}),
        ("console/township/3", {"inspector"}),
        ("manager/township", {"inspector"}),
    ],
)
def test_a_topic_is_for_exactly_those_it_is_for(topic: str, who: set[str]) -> None:
    named = parse_topic(topic)
    # A ticket's name does not say its hall: the house knows it.
    hall = named.hall or "city"

    let_in = {name for name, one in HERE.items() if may_see(named, one, hall)}

    assert let_in == who


async def follows(
    house: OpenHouse, topic: str, *, token: str = "", secret: str = ""
) -> bool:
    """Try to follow a topic over a real link."""
    url = house.house.link("127.0.0.1")
    secrets = {topic: secret} if secret else {}
    async with follow(url, [topic], token=token, secrets=secrets) as follower:
        async for told in follower:
            if told.topic == topic:
                return not isinstance(told, TopicRefused)
    return False


async def test_a_ticket_is_followed_with_its_own_secret_only(house: OpenHouse) -> None:
    await house.clerk_at("1")
    _, mine = await house.holder()
    _, other = await house.holder()
    topic = f"ticket/{mine['ticket']}"

    assert await follows(house, topic, secret=mine["secret"])
    assert not await follows(house, topic, secret=other["secret"])
    assert not await follows(house, topic)


async def test_devices_and_staff_are_known_on_the_link_by_their_tokens(
    house: OpenHouse,
) -> None:
    manager = await house.caller("manager")
    pad = await house.device("pad", "1")

    assert await follows(house, "manager/township", token=manager.token)
    assert await follows(house, "window/township/1", token=pad.token)
    assert not await follows(house, "window/township/2", token=pad.token)
    assert not await follows(house, "manager/township", token="s.guessed")
    assert not await follows(house, "manager/township")


async def test_a_revoked_device_is_shut_out_of_a_link_that_is_open(
    house: OpenHouse,
) -> None:
    admin = await house.caller("administrator")
    added = await admin.post(f"{house.path}/devices", {"kind": "sign", "place": "1"})
    url, topic = house.house.link("127.0.0.1"), "window/township/1"
    async with follow(url, [topic], token=added.says["token"]) as sign:
        await sign.until(topic, lambda state: state is not None)

        device = added.says["device"]
        await admin.post(f"{house.path}/devices/{device}/revoke")

        async for _ in sign:
            pass
        assert sign.ended == SIGNED_OUT


async def test_refusals_on_the_link_stand_in_the_audit_counted_and_not_one_by_one(
    house: OpenHouse,
) -> None:
    auditor = await house.caller("auditor")
    clerk = await house.caller("clerk", "li.na")
    await house.clerk_at("1")
    _, taken = await house.holder()
    url, topic = house.house.link("127.0.0.1"), "manager/township"
    async with follow(url, [topic], token=clerk.token) as follower:
        for _ in range(20):
            assert isinstance(await anext(follower), TopicRefused)
            await follower.add(topic)
        assert isinstance(await anext(follower), TopicRefused)
    await follows(house, "console/township/1", token="s.guessed")
    await follows(house, f"ticket/{taken['ticket']}", secret="guessed")
    await follows(house, "board/township", token="s.guessed")
    await follows(house, "manager/township")

    told = (await auditor.get("/api/audit", action="refused")).says["lines"]

    found = {(one["hall"], one["by"], one["detail"]): one["times"] for one in told}
    assert found == {
        ("township", "li.na", "follow manager: not-allowed"): 21,
        ("township", "anyone", "follow console: not-signed-in"): 1,
        ("township", "anyone", "follow ticket: not-signed-in"): 1,
    }
