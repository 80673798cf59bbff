"""Persons are forgotten by rule and from the command line, and the record says so."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from queue_core.events import Event
from queue_core.events_of_persons import PersonsErased, PersonsHeld, PersonsReleased
from queue_core.persons.persons import Persons
from queue_core.profiles.catalog import shipped_profile_dir
from queue_core.profiles.reading import read_profile
from tests.open_house import INSURANCE, MINUTE, OpenHouse, open_house
from yihao.cli import main
from yihao.forgetting import forgotten_before


IDENTITY, OTHER = "11010519491231002X", "440524188001010014"
DAY = 24 * 60 * MINUTE


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[OpenHouse]:
    async with open_house(tmp_path / "data") as opened:
        await opened.clerk_at("1")
        yield opened


def done(house: OpenHouse) -> list[Event]:
    """Return what is recorded about the persons of the hall."""
    return [one.event for one in house.house.log.read("persons/township")]


async def found(house: OpenHouse, identifier: str) -> list[str]:
    """Return the subject keys of whoever has an identifier."""
    return await house.house.persons.do(Persons.find, "township", identifier)


async def recorded(house: OpenHouse, count: int) -> list[Event]:
    """Let the hall's clock go on until so many events are recorded."""
    while len(done(house)) < count:
        house.clock.pass_by(MINUTE)
        await house.hall.desk.catch_up()
        await house.house.read(lambda: None)
    return done(house)


def erase(house: OpenHouse, *arguments: str, hall: str = "township") -> int:
    """Run ``yihao erase`` beside the house."""
    data = str(house.running.settings.data)
    where = ["--hall", hall, "--data", data, "--database", ""]
    return main(["erase", *where, *arguments])


async def test_whoever_was_not_here_for_the_profiles_days_is_erased_by_itself(
    house: OpenHouse,
) -> None:
    await house.number(subject=IDENTITY)
    (subject,) = await found(house, IDENTITY)

    house.clock.pass_by(15 * DAY)
    await house.house.read(lambda: None)
    assert await found(house, IDENTITY) == [subject]
    house.clock.pass_by(DAY)
    (event,) = await recorded(house, 1)

    assert isinstance(event, PersonsErased)
    assert (event.subjects, event.ground, event.by) == ([subject], "days-over", "house")
    assert await found(house, IDENTITY) == []


def test_the_days_are_those_of_the_halls_own_calendar() -> None:
    profile = read_profile(shipped_profile_dir("township"))
    # 2026-03-20 00:30 in Shanghai, when it is still the 19th in UTC.
    now = 1_773_937_800_000

    assert forgotten_before(profile, now) == 1_773_936_000_000 - 15 * DAY


async def test_the_command_line_holds_releases_and_erases_beside_a_server(
    house: OpenHouse,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    await house.number(subject=IDENTITY)
    taken = await house.number(INSURANCE, subject=OTHER)
    (one,), (other,) = await found(house, IDENTITY), await found(house, OTHER)

    def typed(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text + "\n"))

    typed(IDENTITY)
    assert erase(house, "--subject", "--hold", "投诉 118") == 0
    typed(IDENTITY.lower())
    assert erase(house, "--subject") == 1
    assert "the person is held: 投诉 118" in capsys.readouterr().err
    typed(IDENTITY)
    assert erase(house, "--subject", "--release") == 0
    typed(IDENTITY)
    assert erase(house, "--subject") == 0
    assert erase(house, "--ticket", taken["ticket"]) == 0
    assert erase(house, "--ticket", "nothing-such") == 1
    assert "nobody is kept" in capsys.readouterr().err
    assert erase(house, "--ticket", "nothing-such", hall="towship") == 1
    assert "no hall 'towship'" in capsys.readouterr().err
    assert erase(house, "--ticket", "t1", "--hold", f"call {13812345678}") == 1

    events = await recorded(house, 4)

    kinds = [type(event) for event in events]
    assert kinds == [PersonsHeld, PersonsReleased, PersonsErased, PersonsErased]
    assert [event.subjects for event in events] == [[one]] * 3 + [[other]]  # type: ignore[attr-defined]
    assert {event.by for event in events} == {"command-line"}
    assert await found(house, IDENTITY) == await found(house, OTHER) == []
    assert IDENTITY not in "".join(capsys.readouterr())
