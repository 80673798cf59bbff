"""Any event of a day in words, in both languages."""

from __future__ import annotations

import pytest

from projections.past.telling import hall_line
from queue_core import commands as c
from queue_core.events import HallDayEvent
from queue_core.values import Language
from tests.projections.hall_day import small_labels
from tests.projections.live_halls import live_from
from tests.queue_core.log.samples import SAMPLES
from tests.queue_core.rules.hall import Hall


OF_A_DAY = [event for event in SAMPLES if isinstance(event, HallDayEvent)]


def told(hall: Hall, language: Language = "en") -> list[str]:
    """Return every line of the small hall's day."""
    labels, live = small_labels(language), live_from(hall.log)
    return [
        hall_line(version, event, labels, live).text
        for version, event in enumerate(hall.log, start=1)
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("event", OF_A_DAY, ids=lambda event: type(event).__name__)
def test_every_event_of_a_day_has_its_words(
    event: HallDayEvent, language: Language
) -> None:
    hall = Hall()
    hall.take()

    line = hall_line(7, event, small_labels(language), live_from(hall.log))

    assert (line.version, line.at, line.by) == (7, event.at, event.by)
    assert line.event == type(event).__name__
    assert line.text
    assert "{" not in line.text


def test_a_morning_is_told_as_the_hall_would_tell_it() -> None:
    hall = Hall(windows="1")
    hall.take()
    hall.next("1")
    hall.miss("1")
    hall.at_window(c.PauseWindow, "1", reason="tea")
    hall.at_window(c.ResumeWindow, "1")

    lines = told(hall)

    assert lines[0] == "the day began"
    assert lines[1] == "window 1 opened with li on duty"
    assert lines[2].startswith("took number A001")
    assert lines[3].startswith("A001: called to window 1")
    assert lines[4].startswith("A001: missed the call to window 1")
    assert lines[5:] == ["window 1 paused: tea", "window 1 went on calling"]


def test_a_notice_is_told_with_whom_it_was_for() -> None:
    hall = Hall(windows="")
    for more in (
        {},
        {"zones": ["tax"]},
        {"audience": "staff"},
        {"audience": "staff", "zones": ["tax"]},
        {"windows": ["1", "2"]},
    ):
        values = {"zones": [], **more}
        values["zones"] = ["z2" for _ in values["zones"]]
        notice = f"n{len(hall.log)}"
        hall.do(c.BroadcastNotice, notice=notice, zh="稍候", en="Wait", **values)
    hall.do(c.WithdrawNotice, notice="n1")

    assert told(hall)[1:6] == [
        "told the whole hall: Wait",
        "told z2: Wait",
        "told all clerks: Wait",
        "told the clerks of z2: Wait",
        "told window 1, window 2: Wait",
    ]
    assert told(hall, "zh")[1:3] == ["通知全大厅：稍候", "通知z2：稍候"]


def test_a_notice_is_withdrawn_in_its_own_words() -> None:
    hall = Hall(windows="")
    hall.do(c.BroadcastNotice, notice="n1", zh="稍候")
    live = live_from(hall.log)
    hall.do(c.WithdrawNotice, notice="n1")

    line = hall_line(3, hall.log[-1], small_labels("en"), live)

    assert line.text == "withdrew the notice: 稍候"
