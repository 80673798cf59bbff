"""What a log says about its halls."""

from __future__ import annotations

import msgspec
import pytest

from queue_core.care.adopted_profiles import profiles_in
from queue_core.care.archives import archive_before
from queue_core.events import ProfileAdopted
from queue_core.log.event_log import Entry, Unreadable
from queue_core.profiles.parts import Retention
from queue_core.profiles.profile import serialize_profile

from .recorded import Fill, adopted, some_days, spoil, township


AT = 1_793_577_600_000
"""2026-11-02, 08:00 in Shanghai."""


def adopted_later(hall: str, record_days: int) -> Entry:
    """Return the adoption of a profile that keeps days so long."""
    stream, version, event = adopted(hall)
    assert isinstance(event, ProfileAdopted)
    retention = Retention(record_days=record_days)
    profile = msgspec.structs.replace(township(), hall=hall, retention=retention)
    content = serialize_profile(profile)
    return stream, version + 1, msgspec.structs.replace(event, content=content)


def test_the_newest_profile_of_every_hall_is_found(fill: Fill) -> None:
    place = fill([*some_days(2), adopted_later("city", 90), adopted("other")])

    found = profiles_in(place)

    assert {hall: one.retention.record_days for hall, one in found.items()} == {
        "city": 90,
        "other": 400,
    }


def test_a_hall_says_how_long_its_days_stay() -> None:
    def before(record_days: int) -> str:
        retention = Retention(record_days=record_days)
        profile = msgspec.structs.replace(township(), retention=retention)
        return archive_before(profile, AT)

    assert before(1) == "2026-11-01"
    assert before(400) == "2025-09-28"
    assert before(0) == ""


def test_a_profile_that_cannot_be_read_is_named(file_with: Fill) -> None:
    place = file_with(some_days(2))
    spoil(place, "UPDATE yihao_events SET state = 'x' WHERE position = 1")

    with pytest.raises(Unreadable, match="profile/city version 1"):
        profiles_in(place)
