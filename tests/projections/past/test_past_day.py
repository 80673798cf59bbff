"""A day that one can look at as it stood at any version."""

from __future__ import annotations

import random

import pytest

from projections.comparing import picture
from projections.past.past_day import PastDay
from queue_core import commands as c
from tests.projections.busy_day import BusyDay
from tests.projections.live_halls import evaluation_of, live_from
from tests.queue_core.rules.hall import NINE, Hall


def past_of(hall: Hall) -> PastDay:
    """Return the small hall's day to look back at."""
    day = PastDay("city", "2026-09-21")
    day.extend(enumerate(hall.log, start=1))
    day.evaluate([])
    return day


def test_the_hall_stands_at_every_version_as_it_stood_then() -> None:
    played = BusyDay(tickets=60)
    day = PastDay("test", "2026-11-02", spacing=50)
    day.extend(played.pairs)
    day.evaluate([])
    log = [event for _, event in played.pairs]
    versions = [0, 1, day.last_version, *range(200, 220), *range(120, 100, -1)]
    random.Random(1).shuffle(versions)

    for version in versions:
        expected = picture(live_from(log[:version]))
        assert picture(day.picture(version)) == expected, version


def test_a_day_that_goes_on_is_read_on() -> None:
    hall = Hall()
    hall.take()
    day = past_of(hall)
    before = day.picture(day.last_version)
    hall.next("1")
    day.extend(enumerate(hall.log, start=1))
    day.evaluate([])

    assert day.last_version == len(hall.log)
    assert picture(day.picture(day.last_version)) == picture(live_from(hall.log))
    assert before.version == len(hall.log) - 1
    with pytest.raises(ValueError, match="does not follow"):
        day.extend([(day.last_version + 2, hall.log[-1])])


def test_an_evaluation_is_seen_from_when_it_was_given() -> None:
    hall = Hall()
    hall.take()
    hall.next("1")
    hall.serve("1")
    done = len(hall.log) - 1
    hall.wait(minutes=5)
    hall.take()
    day = past_of(hall)
    (service,) = day.picture(done).services
    given = evaluation_of(hall.log[done - 1])  # type: ignore[arg-type]

    again = past_of(hall)
    again.evaluated_upto = 0
    again.evaluate([given])

    figures = [
        again.picture(version).figures.evaluations for version in (done - 1, done + 1)
    ]
    assert figures == [0, 1]
    assert again.picture(len(hall.log)).services[service].grade == "satisfied"


def test_an_evaluation_that_comes_late_stands_after_what_was_known() -> None:
    hall = Hall()
    hall.take()
    hall.next("1")
    hall.serve("1")
    day = past_of(hall)
    known = day.last_version
    assert day.picture(known).figures.evaluations == 0
    done = next(e for e in hall.log if type(e).__name__ == "ServiceCompleted")
    hall.wait(minutes=1)
    hall.take()
    day.extend(enumerate(hall.log, start=1))

    day.evaluate([evaluation_of(done)])  # type: ignore[arg-type]

    assert day.picture(known).figures.evaluations == 1
    assert day.picture(known - 1).figures.evaluations == 0


def test_an_instant_is_the_version_after_all_that_had_happened_by_then() -> None:
    hall = Hall()
    hall.take()
    hall.wait(minutes=2)
    hall.take()
    hall.do(c.CancelTicket, ticket="t2")
    day = past_of(hall)

    assert day.version_at(NINE) == len(hall.log) - 2
    assert day.version_at(hall.at - 1) == len(hall.log) - 2
    assert day.version_at(hall.at) == len(hall.log)
    assert day.version_at(0) == 0
    assert day.event(0) is None
    assert day.event(len(hall.log)) == hall.log[-1]
    assert day.event(len(hall.log) + 1) is None
