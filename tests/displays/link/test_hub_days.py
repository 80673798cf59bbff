"""Days begin and end, rules change, halls stand side by side: nothing mixes."""

from __future__ import annotations

from displays.link.frames import DELTA, REFUSED, SNAPSHOT
from projections.topics.names import parse_topic
from queue_core import commands as c
from tests.queue_core.rules.hall import Hall, rules_with

from .readers import LinkedDay, recorded


BOARD = "board/city"


def next_day(date: str) -> Hall:
    """Return the hall on a later day, just opened."""
    hall = Hall(windows="1")
    opened = hall.log[0]
    hall.log[0] = type(opened)(
        **{f: getattr(opened, f) for f in opened.__struct_fields__} | {"date": date}
    )
    return hall


# Days and rules.


def test_a_new_day_is_a_new_epoch_and_one_snapshot() -> None:
    day = LinkedDay()
    screen = day.reader(BOARD, "window/city/1")
    tomorrow = next_day("2026-09-22")

    day.hub.publish(recorded(tomorrow.log, date="2026-09-22"))

    assert screen.kinds() == [SNAPSHOT] * 2
    assert screen.client.pictures[BOARD].epoch == "fziab12"
    assert screen.state(BOARD)[0] == "2026-09-22"


def test_the_tickets_and_windows_of_yesterday_are_served_no_longer() -> None:
    day = LinkedDay()
    day.hall.take("a1")
    day.tell()
    screen = day.reader("ticket/t1")
    tomorrow = next_day("2026-09-22")

    day.hub.publish(recorded(tomorrow.log, date="2026-09-22"))

    assert screen.refusals() == [("ticket/t1", "ticket-ended")]
    assert screen.over == [parse_topic("ticket/t1")]
    assert day.hub.topics_of[screen] == {}


def test_the_last_words_of_a_day_reach_the_phones_before_the_new_one() -> None:
    day = LinkedDay()
    day.hall.take("a1")
    day.tell()
    phone = day.reader("ticket/t1")
    tomorrow = next_day("2026-09-22")
    day.hall.do(c.CloseDay, overdue=True)
    last = recorded(day.hall.log[day.told :], after=day.told)

    day.hub.publish([*last, *recorded(tomorrow.log, date="2026-09-22")])

    assert phone.kinds() == [DELTA, REFUSED]
    assert phone.updates[-1].changes is not None
    assert phone.updates[-1].changes[-1][1][10] == "expired"


def test_what_happens_late_in_an_earlier_day_is_not_shown() -> None:
    day = LinkedDay()
    screen = day.reader(BOARD)

    day.hub.publish(recorded(day.hall.log[:1], date="2026-09-20"))

    assert screen.kinds() == []


def test_a_hall_without_a_day_has_a_closed_board_until_it_opens() -> None:
    day = LinkedDay()
    day.hub.add_hall("town")
    screen = day.reader("board/town", "console/town/1")
    before = screen.state("board/town")

    day.hub.publish(recorded(day.hall.log, hall="town"))

    assert before == ["", 0, [], [], None, []]
    assert screen.state("board/town")[1] == 1
    assert screen.state("console/town/1")[0] == 1


def test_changed_rules_come_as_a_snapshot_with_the_next_seq() -> None:
    day = LinkedDay()
    screen = day.reader("manager/city", BOARD)
    seq = screen.client.pictures[BOARD].seq
    day.hall.do(c.AdoptRules, rules=rules_with(revision="r2"))

    day.tell()

    assert screen.kinds() == [SNAPSHOT] * 2
    assert screen.client.pictures[BOARD].seq == seq + 1


def test_two_halls_on_one_link_do_not_mix() -> None:
    day = LinkedDay()
    day.hub.add_hall("town", recorded(day.hall.log, hall="town"))
    city, town = day.reader(BOARD), day.reader("board/town")

    day.hall.take("a1")
    day.tell()

    assert city.kinds() == [DELTA]
    assert town.kinds() == []
