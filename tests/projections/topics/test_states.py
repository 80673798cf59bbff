"""What stands at which place of a topic's state, told by a small hall's morning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from projections.live.load import HALF_HOUR_MS
from projections.topics.names import parse_topic
from queue_core import commands as c
from queue_core.values import ItemRules, QueueRules, Skill, WindowRules
from tests.queue_core.rules.hall import (
    CLERKS,
    HOURS,
    MINUTE,
    NINE,
    RULES,
    Hall,
    rules_with,
)

from .screens import Screens, by_wire


CLOSING = [HOURS.closing_soon_at, HOURS.cut_off_at, HOURS.closes_at]


def state(hall: Hall, topic: str) -> Any:
    screens = Screens()
    screens.see_all(hall)
    return by_wire(screens.followed.state(parse_topic(topic)))


def test_a_board_shows_calls_zones_and_when_the_hall_closes() -> None:
    hall = Hall()
    hall.take("a1", ticket_class="green")
    hall.take("b1")
    hall.next("1")
    call = len(hall.log)
    hall.wait(minutes=1)
    hall.at_window(c.RecallTicket, "1")

    board = state(hall, "board/city")

    assert board == [
        "2026-09-21",
        1,
        [[call, "VA001", "1", NINE, 2, 0, 0]],
        [["z1", 0, 2, []], ["z2", 1, 1, ["B001"]]],
        CLOSING,
        [],
    ]


def test_a_zone_board_shows_its_zone() -> None:
    hall = Hall()
    hall.take("b1")
    hall.take("a1")
    hall.next("1")

    board = state(hall, "board/city/z2")

    assert board == ["2026-09-21", 1, [], [["z2", 1, 1, ["B001"]]], CLOSING, []]


def test_a_board_names_who_is_next_in_each_queue_of_a_zone() -> None:
    queues = [*RULES.queues, QueueRules(queue="C", zone="z2", letter="C")]
    items = [*RULES.items, ItemRules(item="c1", queue="C")]
    both = WindowRules(
        window="3", zone="z2", skills=[Skill(queue="B"), Skill(queue="C")]
    )
    windows = [*RULES.windows[:2], both]
    hall = Hall(rules_with(queues=queues, items=items, windows=windows))
    hall.take("b1")
    hall.take("c1")
    hall.take("b1")
    first = state(hall, "board/city/z2")[3]

    hall.take("b1", ticket_class="green")
    green_first = state(hall, "board/city/z2")[3]
    hall.next("3")
    later = state(hall, "board/city/z2")[3]

    assert first == [["z2", 3, 1, ["B001", "C001"]]]
    assert green_first == [["z2", 4, 1, ["VB001", "C001"]]]
    assert later == [["z2", 3, 1, ["B001", "C001"]]]


def test_a_sign_shows_who_is_called_served_and_why_nobody_is() -> None:
    hall = Hall()
    opened = HOURS.doors_at
    idle = state(hall, "window/city/1")
    hall.take("a1")
    hall.next("1")
    call = len(hall.log)
    called = state(hall, "window/city/1")
    hall.wait(minutes=1)
    hall.at_window(c.StartService, "1")
    serving = state(hall, "window/city/1")
    hall.wait(minutes=5)
    hall.at_window(c.CompleteService, "1", outcome="done")
    hall.at_window(c.PauseWindow, "1", reason="tea")
    paused = state(hall, "window/city/1")

    assert idle == [1, None, None, None, 0, 0, opened, None, None]
    assert called == [1, None, "A001", call, 1, 1, NINE, None, None]
    assert serving == [1, None, "A001", call, 1, 2, NINE + MINUTE, None, None]
    finished = ["t1.1", "A001", hall.at]
    assert paused == [2, None, None, None, 0, 0, hall.at, finished, "tea"]


def test_a_phone_is_told_every_stage_of_its_ticket() -> None:
    hall = Hall()
    later = {"queue": "A", "ready_after_seconds": 600}
    morning: list[tuple[float, Callable[[], object]]] = [
        (0, lambda: hall.take("a1")),
        (0, lambda: hall.do(c.PauseTicket, ticket="t1")),
        (0, lambda: hall.do(c.ResumeTicket, ticket="t1")),
        (0, lambda: hall.next("1")),
        (0, lambda: hall.miss("1")),
        (2, lambda: hall.next("1")),
        (0, lambda: hall.at_window(c.StartService, "1")),
        (0, lambda: hall.at_window(c.HoldTicket, "1")),
        (0, lambda: hall.at_window(c.ResumeHeldTicket, "1", ticket="t1")),
        (0, lambda: hall.at_window(c.TransferTicket, "1", **later)),
        (10, lambda: hall.next("2")),
        (0, lambda: hall.at_window(c.StartService, "2")),
        (0, lambda: hall.at_window(c.CompleteService, "2", outcome="accepted")),
    ]

    stages = []
    for minutes, happens in morning:
        hall.wait(minutes=minutes)
        happens()
        stages.append(state(hall, "ticket/t1"))

    assert [s[0] for s in stages] == [0, 2, 0, 4, 1, 4, 5, 6, 5, 3, 4, 5, 7]
    assert [s[2] for s in stages] == [0, None, 0, *[None] * 10]
    assert stages[1][8] == NINE + 30 * MINUTE
    assert stages[3][4:7] == ["1", 8, 1]
    assert stages[9][8] == NINE + 12 * MINUTE
    ended = [["t1.2", "2", "accepted", hall.at, False]]
    assert stages[-1][:2] == [7, "A001"]
    assert stages[-1][2:7] == [None, "A", None, None, 0]
    assert stages[-1][7:] == [hall.at, None, None, "served", ended, []]


def test_a_console_shows_its_ticket_and_everybody_it_may_call() -> None:
    hall = Hall()
    hall.take("a1", "b1")
    hall.take("a1")
    hall.next("2")
    call = len(hall.log)
    hall.at_window(c.StartService, "2")

    console = state(hall, "console/city/2")

    current = ["t1", "A001", 2, "A", ["a1", "b1"], 2, call, 1, NINE, "t1.1"]
    row = ["t2", "A002", 2, "A", ["a1"], NINE, NINE, 0, 0, 2]
    assert console[:8] == [1, "wang", None, current, [], [row], [], ["1", "3"]]
    assert console[8:] == [[], None]


def test_a_console_says_what_may_be_undone_and_until_when() -> None:
    hall = Hall()
    hall.take("a1")
    hall.take("a1", "b1")
    hall.next("1")
    hall.miss("1")
    missed = state(hall, "console/city/1")[9]
    hall.next("2")
    hall.serve("2", minutes=1)
    completed = state(hall, "console/city/2")[9]
    hall.next("3")

    assert missed == [0, "t1", "A001", NINE + 30_000]
    assert completed == [1, "t2", "A002", hall.at + 30_000]
    # The next step was called: it is too late to bring the ticket back.
    assert state(hall, "console/city/2")[9] is None
    hall.do(c.CancelTicket, ticket="t1")
    assert state(hall, "console/city/1")[9] is None


def test_in_a_hall_that_undoes_nothing_no_console_offers_it() -> None:
    hall = Hall(rules_with(undo_seconds=0))
    hall.take("a1")
    hall.next("1")
    hall.miss("1")

    assert state(hall, "console/city/1")[9] is None


def test_the_flags_of_a_row_say_what_is_special_about_it() -> None:
    hall = Hall()
    hall.take("a1", ticket_class="appointment", booked_at=NINE + 30 * MINUTE)
    hall.take("a1")
    hall.next("1")
    hall.at_window(c.TransferTicket, "1", to_window="2")
    hall.take("a1")
    hall.do(c.PinTicket, ticket="t3", reason="guide dog")
    flags = {row[0]: row[8] for row in state(hall, "console/city/2")[5]}

    assert flags == {"t1": 8, "t2": 2, "t3": 1}


def test_a_ticket_that_returned_after_a_miss_is_marked() -> None:
    hall = Hall(windows="12")
    hall.take("a1")
    hall.next("1")
    hall.miss("1")
    parked = state(hall, "console/city/2")[6]
    hall.take("a1", ticket_class="green")
    hall.wait(minutes=2)
    for _ in range(3):
        hall.take("a1", ticket_class="green")
    for _ in range(3):
        hall.next("1")
        hall.serve("1")
    hall.next("1")

    rows = state(hall, "console/city/2")[5]

    assert parked == [["t1", "A001", "missed", "A", NINE]]
    assert [(row[0], row[8]) for row in rows] == [("t1", 4)]


def test_the_manager_sees_zones_windows_figures_and_the_longest_waits() -> None:
    hall = Hall(windows="12")
    hall.take("a1")
    hall.take("b1")
    hall.wait(minutes=4)
    hall.take("a1")
    hall.next("1")
    hall.at_window(c.StartService, "1")
    hall.wait(minutes=3)
    hall.at_window(c.CompleteService, "1", outcome="done")
    hall.next("1")

    page = state(hall, "manager/city")

    called_at = NINE + 7 * MINUTE
    assert page[:2] == ["2026-09-21", 1]
    assert page[2] == [["z1", 0, 0, 0, 2, 0, None], ["z2", 1, 0, 0, 0, 0, NINE]]
    assert page[3] == [
        ["1", 1, CLERKS["1"], 1, "A002", called_at, 1, None],
        ["2", 1, CLERKS["2"], 0, None, HOURS.doors_at, 0, None],
        ["3", 0, None, 0, None, None, 0, None],
    ]
    assert page[4] == [3, 2, 1, 0, 0, 0, (4 + 3) * 60, 2, 3 * 60, 0, 0, 2]
    assert page[5] == [["t2", "B001", "z2", "B", 2, NINE]]
    assert page[6] == []
    half_hours = [row for row in page[7] if row[0] > NINE - HALF_HOUR_MS]
    assert [row[1:] for row in half_hours] == [[3, 2, None]]


def test_a_notice_is_told_to_whom_it_is_for_and_whole_to_the_manager() -> None:
    hall = Hall()
    hall.take("b1")
    until_at = NINE + 30 * MINUTE
    told = {"zh": "办税系统升级", "en": "Tax is upgrading", "until_at": until_at}
    hall.do(c.BroadcastNotice, notice="n1", zones=["z2"], **told)
    hall.do(c.BroadcastNotice, notice="n2", zh="请恢复叫号", windows=["1"])
    public = ["n1", NINE, until_at, "办税系统升级", "Tax is upgrading", ["z2"]]
    staff = ["n2", NINE, HOURS.ends_at, "请恢复叫号", "", []]

    assert state(hall, "board/city")[5] == [public]
    assert state(hall, "board/city/z1")[5] == []
    assert state(hall, "board/city/z2")[5] == [public]
    assert state(hall, "ticket/t1")[12] == [public]
    assert state(hall, "console/city/1")[8] == [staff]
    assert state(hall, "console/city/3")[8] == [public]
    assert state(hall, "manager/city")[6] == [
        [*public, 0, [], "test"],
        [*staff, 1, ["1"], "test"],
    ]


def test_the_manager_sees_the_ten_longest_waits_and_no_more() -> None:
    hall = Hall()
    for _ in range(12):
        hall.take("a1")
        hall.wait(minutes=1)

    longest = state(hall, "manager/city")[5]

    assert [row[0] for row in longest] == [f"t{n}" for n in range(1, 11)]
