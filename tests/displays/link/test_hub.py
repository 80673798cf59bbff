"""Commits in, frames out: every screen gets what it misses, once, and in order."""

from __future__ import annotations

from displays.link.frames import DELTA, HEARTBEAT, SNAPSHOT
from projections.topics.names import parse_topic
from queue_core.values import QueueRules, Skill, WindowRules
from tests.queue_core.rules.hall import Hall, rules_with

from .readers import FakeReader, LinkedDay, evaluated


BOARD = "board/city"


# First load, and what comes after it.


def test_a_new_screen_gets_one_snapshot_and_then_changes() -> None:
    day = LinkedDay()
    screen = FakeReader(day.hub)

    screen.follow(BOARD)
    day.hall.take("a1")
    day.hall.next("1")
    day.tell()

    assert screen.kinds() == [SNAPSHOT, DELTA]
    assert screen.state(BOARD)[2][0][1] == "A001"


def test_a_frame_names_the_version_it_brings_the_screen_to() -> None:
    day = LinkedDay()
    screen = day.reader(BOARD)

    day.hall.take("a1")
    day.hall.next("1")
    day.tell()

    assert screen.updates[-1].version == len(day.hall.log)


def test_a_commit_that_does_not_concern_a_topic_sends_nothing() -> None:
    day = LinkedDay()
    screen = day.reader("window/city/3")

    day.hall.take("a1")
    day.hall.next("1")
    day.tell()

    assert screen.kinds() == []


def test_a_snapshot_is_made_once_for_all_who_ask_at_the_same_seq() -> None:
    day = LinkedDay()
    written: list[bytes] = []

    class Keeper(FakeReader):
        def write(self, data: bytes) -> None:
            written.append(data)

    for _ in range(3):
        Keeper(day.hub).follow(BOARD)

    assert written[0] is written[1] is written[2]


def test_a_call_with_who_waits_now_in_its_zone_takes_at_most_64_bytes() -> None:
    both = [Skill(queue="A"), Skill(queue="B")]
    rules = rules_with(
        queues=[QueueRules(queue=q, zone="z1", letter=q) for q in "AB"],
        windows=[WindowRules(window="105", zone="z1", skills=both)],
    )
    day = LinkedDay(Hall(rules, windows=["105"]))
    for item in ("a1", "b1") * 200:
        day.hall.take(item)
    day.tell()
    screen = day.reader(BOARD)
    for _ in range(130):
        day.hall.next("105")
        day.tell()
        day.hall.serve("105")
        day.tell()
    day.clock.at = day.hall.at + 90
    screen.sizes.clear()

    day.hall.next("105")
    day.tell()

    number, following = day.hall.number("t131"), screen.state(BOARD)[3][0][3]
    assert screen.updates[-1].changes == [
        [0, len(day.hall.log), number, "105", day.hall.at, 2],
        [8, 0, 269, 1, following[1]],
    ]
    assert len(following) == 2
    assert screen.sizes == [64]


def test_a_delta_is_made_once_for_all_its_readers() -> None:
    day = LinkedDay()
    written: list[bytes] = []

    class Keeper(FakeReader):
        def write(self, data: bytes) -> None:
            written.append(data)

    for _ in range(3):
        Keeper(day.hub).follow(BOARD)
    written.clear()
    day.hall.take("a1")
    day.tell()

    assert len(written) == 3
    assert written[0] is written[1] is written[2]


def test_an_evaluation_reaches_the_pad_and_the_manager() -> None:
    day = LinkedDay()
    day.hall.take("a1")
    day.hall.next("1")
    day.hall.serve("1")
    day.tell()
    screen = day.reader("window/city/1", "manager/city")

    day.hub.publish([evaluated("t1.1", "dissatisfied")])

    assert screen.state("window/city/1")[7] is None
    assert screen.state("manager/city")[4][-2:] == [1, 1]


# Coming back.


def test_a_screen_that_comes_back_gets_exactly_the_changes_it_missed() -> None:
    day = LinkedDay()
    screen = day.reader(BOARD)
    screen.cut()
    for _ in range(3):
        day.hall.take("a1")
        day.tell()

    screen.come_back()

    assert screen.kinds() == [DELTA] * 3
    assert screen.state(BOARD)[3][0] == ["z1", 3, 2, ["A001"]]


def test_a_screen_that_missed_nothing_is_told_so_at_once() -> None:
    day = LinkedDay()
    screen = day.reader(BOARD)
    screen.cut()

    screen.come_back()

    assert screen.kinds() == [HEARTBEAT]
    assert screen.asked == []


def test_a_screen_that_was_long_away_gets_one_snapshot() -> None:
    day = LinkedDay()
    screen = day.reader(BOARD)
    screen.cut()
    for _ in range(200):
        day.hall.take("a1")
        day.tell()

    screen.come_back()

    assert screen.kinds() == [SNAPSHOT]
    assert screen.state(BOARD)[3][0] == ["z1", 200, 2, ["A001"]]


def test_a_snapshot_is_sent_instead_of_many_changes_that_are_longer() -> None:
    day = LinkedDay()
    screen = day.reader(BOARD)
    screen.cut()
    for _ in range(60):
        day.hall.take("a1")
        day.tell()

    screen.come_back()

    assert screen.kinds() == [SNAPSHOT]


def test_a_screen_of_an_earlier_run_of_the_server_gets_a_snapshot() -> None:
    day = LinkedDay()
    screen = day.reader(BOARD)
    screen.client.pictures[BOARD].epoch = "fzh0000"

    screen.come_back()

    assert screen.kinds() == [SNAPSHOT]


def test_a_topic_that_nobody_followed_for_a_while_does_not_reuse_its_seqs() -> None:
    day = LinkedDay()
    screen = day.reader(BOARD)
    day.hall.take("a1")
    day.tell()
    screen.cut()
    for _ in range(14):
        day.beat()
    was_forgotten = not day.hub.channels
    day.hall.take("a1")
    day.tell()
    other = day.reader(BOARD)
    day.hall.take("a1")
    day.tell()

    screen.come_back()

    assert was_forgotten
    assert screen.kinds()[-1] == SNAPSHOT
    assert screen.state(BOARD) == other.state(BOARD)


# Heartbeats.


def test_a_heartbeat_carries_the_seq_and_finds_no_gap_where_none_is() -> None:
    day = LinkedDay()
    day.hall.take("a1")
    day.tell()
    screen = day.reader(BOARD, "ticket/t1", "manager/city")
    day.hall.next("1")
    day.tell()
    screen.kinds()

    day.beat()

    assert sorted(screen.kinds()) == [HEARTBEAT] * 3
    assert screen.asked == []


def test_a_heartbeat_of_a_phone_whose_changes_wait_finds_no_gap() -> None:
    day = LinkedDay()
    day.hall.take("a1")
    day.tell()
    phone = day.reader("ticket/t1")
    day.hall.next("1")
    day.tell(phones=False)

    day.beat()
    day.serve_phones()

    assert phone.kinds() == [HEARTBEAT, DELTA]
    assert phone.asked == []


def test_pictures_are_old_at_once_while_the_record_is_out_of_reach() -> None:
    day = LinkedDay()
    day.hall.take("a1")
    day.tell()
    screen = day.reader(BOARD, "ticket/t1")

    day.doubt(True)
    late = day.reader(BOARD)
    day.beat()
    old = [screen.stale(), late.stale()]
    day.doubt(False)

    assert old == [{BOARD, "ticket/t1"}, {BOARD}]
    assert [screen.stale(), late.stale()] == [set(), set()]
    assert screen.asked == []


# Refusals and reports.


def test_what_the_halls_do_not_have_is_refused() -> None:
    day = LinkedDay()
    screen = FakeReader(day.hub)

    refused = [
        screen.follow(name)
        for name in ("board/moon", "ticket/t9", "window/city/9", "board/city/z9")
    ]

    assert [r.code if r else None for r in refused] == ["topic-unknown"] * 4
    assert day.hub.channels == {}


def test_the_manager_sees_which_screen_has_drawn_what() -> None:
    day = LinkedDay()
    screen = day.reader(BOARD)
    topic = parse_topic(BOARD)
    day.hub.drew(screen, topic, "fzhab12", 0)
    day.clock.seconds = 12.0
    day.hall.take("a1")
    day.tell()

    seen = day.hub.screens.listed(day.hub.channels)

    assert [(s.topic, s.drawn_seq, s.current_seq) for s in seen] == [(BOARD, 0, 1)]
    assert seen[0].age_seconds == 12.0
    assert seen[0].is_behind


def test_a_report_about_a_topic_that_is_not_followed_is_not_kept() -> None:
    day = LinkedDay()
    screen = day.reader(BOARD)

    day.hub.drew(screen, parse_topic("manager/city"), "fzhab12", 0)
    screen.cut()

    assert day.hub.screens.listed(day.hub.channels) == []


def test_whoever_has_left_is_not_written_to() -> None:
    day = LinkedDay()
    screen = day.reader(BOARD)
    day.hub.unsubscribe(screen, parse_topic(BOARD))
    day.hub.unsubscribe(screen, parse_topic(BOARD))

    day.hall.take("a1")
    day.tell()

    assert screen.kinds() == []
