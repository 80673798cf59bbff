"""The names of the streams."""

from __future__ import annotations

import pytest

from queue_core.log import streams


def test_every_kind_of_stream_has_its_name() -> None:
    assert streams.hall_day_stream("city", "2026-11-02") == "hall-day/city/2026-11-02"
    assert streams.evaluation_stream("t1.1") == "evaluation/t1.1"
    assert streams.profile_stream("city") == "profile/city"
    assert streams.persons_stream("city") == "persons/city"


def test_the_date_of_a_hall_day_stands_in_its_name() -> None:
    stream = streams.hall_day_stream("city", "2026-11-02")

    assert streams.date_of(stream) == "2026-11-02"
    assert stream.startswith(streams.hall_day_prefix("city"))


@pytest.mark.parametrize("name", ["", "city/2026-11-02"])
def test_a_name_that_would_reach_into_another_hall_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be part"):
        streams.hall_day_stream(name, "2026-11-02")
