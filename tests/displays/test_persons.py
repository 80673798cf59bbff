"""Taking a number as somebody: recognised by a keyed hash, and known to nobody else."""

from __future__ import annotations

import pytest

from queue_core.events import TicketIssued
from queue_core.persons.persons import Persons
from tests.open_house import CIVIL, INSURANCE, OpenHouse


IDENTITY, SAME = "11010519491231002X", "110105 1949-1231-002x"


def subjects(house: OpenHouse) -> list[str]:
    """Return the subject keys of today's tickets, in order."""
    recorded = house.house.log.read(house.hall.desk.stream)
    events = [one.event for one in recorded]
    return [event.subject_key for event in events if isinstance(event, TicketIssued)]


async def test_a_person_has_one_live_ticket_for_an_item_whoever_asks_for_it(
    house: OpenHouse,
) -> None:
    await house.clerk_at("1")
    taken = await house.number(subject=IDENTITY)

    again = await house.anyone.post(
        f"{house.path}/tickets", {"item": CIVIL, "channel": "phone", "subject": SAME}
    )
    other_item = await house.number(INSURANCE, subject=SAME)
    await house.number(subject="440524188001010014")
    await house.number()

    assert again.code == "live-ticket-exists"
    assert again.details["ticket"] == taken["ticket"]
    first, second, third, nobody = subjects(house)
    assert (first, nobody) == (second, "") != (third, "")
    assert other_item["number"]


async def test_a_hall_that_wants_no_identity_number_keeps_only_its_hash(
    house: OpenHouse,
) -> None:
    await house.clerk_at("1")
    await house.number(subject=IDENTITY)
    (subject,) = subjects(house)

    known = await house.house.persons.do(Persons.known, "township", subject)
    found = await house.house.persons.do(Persons.find, "township", SAME)

    assert (known, found) == ({}, [subject])


@pytest.mark.parametrize("channel", ["phone", "help-desk"])
async def test_a_hall_that_wants_no_names_takes_none(
    house: OpenHouse, channel: str
) -> None:
    helper = await house.caller("help-desk")

    told = await helper.post(
        f"{house.path}/tickets",
        {"item": CIVIL, "channel": channel, "subject": IDENTITY, "name": "王小明"},
    )

    assert (told.status, told.details["field"]) == (422, "name")
    assert "王小明" not in str(told)


async def test_whoever_comes_again_with_the_same_key_gets_the_same_number(
    house: OpenHouse,
) -> None:
    await house.clerk_at("1")
    wish = {"item": CIVIL, "channel": "phone", "subject": IDENTITY}

    first = await house.anyone.post(
        f"{house.path}/tickets", wish, key="0f8b7d1c-4a2e-4b6f-9c1d-33aa55bb77dd"
    )
    second = await house.anyone.post(
        f"{house.path}/tickets", wish, key="0f8b7d1c-4a2e-4b6f-9c1d-33aa55bb77dd"
    )

    assert first.says["ticket"] == second.says["ticket"]
    assert len(subjects(house)) == 1
