"""Who is served first, and who later: phones, and readers that are slow."""

from __future__ import annotations

from displays.link.frames import DELTA, SNAPSHOT
from projections.topics.names import parse_topic
from queue_core import commands as c

from .readers import FakeReader, LinkedDay


BOARD = "board/city"


# Who comes first.


def test_boards_are_told_before_consoles_and_phones_last() -> None:
    day = LinkedDay()
    day.hall.take("a1")
    day.tell()
    order: list[str] = []

    class Noting(FakeReader):
        def write(self, data: bytes) -> None:
            super().write(data)
            order.append(self.frames[-1].topic)

    for name in ("ticket/t1", "manager/city", "console/city/1", "window/city/1", BOARD):
        Noting(day.hub).follow(name)
    order.clear()
    day.hall.next("1")
    day.tell()

    kinds = [name.partition("/")[0] for name in order]
    assert kinds == ["board", "window", "console", "manager", "ticket"]


def test_a_phones_changes_are_gathered_into_one_frame() -> None:
    day = LinkedDay()
    for _ in range(4):
        day.hall.take("a1")
    day.tell()
    phone = day.reader("ticket/t4")
    for window in "12":
        day.hall.next(window)
        day.tell(phones=False)

    day.serve_phones()

    assert phone.kinds() == [DELTA]
    assert [update.changes for update in phone.updates] == [[[1, 1]]]


def test_a_line_is_told_of_its_moves_in_the_usual_frames() -> None:
    day = LinkedDay()
    for _ in range(3):
        day.hall.take("a1")
    day.tell()
    phone = day.reader("ticket/t3")

    day.hall.next("1")
    day.tell()

    channel = day.hub.channels[parse_topic("ticket/t3")]
    assert len(phone.frames) == 1
    assert phone.sizes[-1] == len(day.hub.press.delta(channel, [[1, 1]])) - 4
    assert phone.frames[0].body == [len(day.hall.log), [[1, 1]]]
    assert phone.frames[0].epoch == channel.epoch


def test_a_phone_whose_line_moves_on_while_it_waits_hears_only_the_newest() -> None:
    day = LinkedDay()
    for _ in range(6):
        day.hall.take("a1")
    day.tell()
    phones = [day.reader(f"ticket/t{n}") for n in range(3, 7)]
    day.hall.next("1")
    day.tell(phones=False)
    day.hub.phones.serve(1)
    day.hall.next("2")
    day.tell(phones=False)
    late = FakeReader(day.hub)
    late.follow("ticket/t6")

    day.serve_phones()

    assert phones[-1].updates[-1].changes == [[1, 3]]
    assert [phone.state(f"ticket/t{n}")[2] for n, phone in enumerate(phones, 3)] == [
        0,
        1,
        2,
        3,
    ]
    assert late.kinds() == [SNAPSHOT]


def test_a_phone_that_subscribes_meanwhile_sees_no_change_twice() -> None:
    day = LinkedDay()
    day.hall.take("a1")
    day.tell()
    first = day.reader("ticket/t1")
    day.hall.next("1")
    day.tell(phones=False)

    second = FakeReader(day.hub)
    second.follow("ticket/t1")
    day.serve_phones()

    assert first.kinds() == [DELTA]
    assert second.kinds() == [SNAPSHOT]


def test_a_phone_that_was_slow_sees_no_change_twice() -> None:
    day = LinkedDay()
    day.hall.take("a1")
    day.tell()
    phone = FakeReader(day.hub)
    phone.is_paused = True
    phone.follow("ticket/t1")
    day.hall.next("1")
    day.tell(phones=False)

    phone.drain()
    day.serve_phones()

    assert phone.kinds() == [SNAPSHOT]


def test_phones_are_served_in_slices() -> None:
    day = LinkedDay()
    for _ in range(10):
        day.hall.take("a1")
    day.tell()
    phones = [day.reader(f"ticket/t{n}") for n in range(2, 11)]
    day.hall.next("1")
    day.tell(phones=False)

    is_more_due = day.hub.phones.serve(6)

    assert is_more_due
    assert sum(len(phone.frames) for phone in phones) == 6
    day.serve_phones()
    assert sum(len(phone.frames) for phone in phones) == 9


# Slow readers.


def test_a_slow_screen_is_left_out_and_then_brought_up_to_date() -> None:
    day = LinkedDay()
    slow, quick = day.reader(BOARD), day.reader(BOARD)
    slow.is_paused = True
    for _ in range(300):
        day.hall.take("a1")
        day.tell()

    slow.drain()

    assert len(quick.frames) == 300
    assert slow.kinds() == [SNAPSHOT]
    assert slow.state(BOARD) == quick.state(BOARD)


def test_a_slow_screen_misses_no_announcement_while_little_is_missed() -> None:
    day = LinkedDay()
    screen = day.reader(BOARD)
    screen.is_paused = True
    day.hall.take("a1")
    day.hall.next("1")
    day.tell()
    day.hall.at_window(c.RecallTicket, "1")
    day.tell()
    day.hall.serve("1")
    day.tell()

    screen.drain()

    changes = [change[0] for u in screen.updates for change in u.changes or []]
    assert changes == [0, 1, 2, 3]


def test_a_screen_that_subscribes_while_it_is_slow_is_served_when_it_has_drained() -> (
    None
):
    day = LinkedDay()
    screen = FakeReader(day.hub)
    screen.is_paused = True
    screen.follow(BOARD)
    nothing = screen.kinds()

    screen.drain()

    assert nothing == []
    assert screen.kinds() == [SNAPSHOT]


def test_a_slow_screen_is_sent_no_heartbeat() -> None:
    day = LinkedDay()
    screen = day.reader(BOARD)
    screen.is_paused = True

    day.beat()

    assert screen.kinds() == []
