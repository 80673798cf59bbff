"""A snapshot and the changes after it give the later snapshot, for every topic."""

from __future__ import annotations

from itertools import groupby

from hypothesis import given, settings
from hypothesis import strategies as st

from projections.topics.names import parse_topic
from queue_core import commands as c
from queue_core import events as e
from queue_core.values import HallRules, QueueRules, Skill, WindowRules
from tests.queue_core.rules.hall import RULES, Hall, rules_with
from tests.queue_core.rules.moves import Move, moves, play, some_rules

from .screens import Screens


ALL = (
    "board/city",
    "board/city/z1",
    "board/city/z2",
    "window/city/1",
    "window/city/2",
    "window/city/3",
    "console/city/1",
    "console/city/2",
    "console/city/3",
    "manager/city",
)
OTHER_RULES = rules_with(
    revision="r2",
    queues=[QueueRules(queue="A", zone="z2", letter="A"), RULES.queues[1]],
    windows=[
        WindowRules(window="2", zone="z2", skills=[Skill(queue="B")]),
        *RULES.windows[:1],
        WindowRules(window="4", zone="z1", skills=[Skill(queue="A")]),
    ],
)


def evaluation(finished: e.ServiceCompleted) -> e.EvaluationGiven:
    return e.EvaluationGiven(
        at=finished.at,
        by="citizen",
        command_id=f"evaluate {finished.service}",
        service=finished.service,
        hall="city",
        date="2026-09-21",
        ticket=finished.ticket,
        number=finished.number,
        window=finished.window,
        clerk=finished.clerk,
        grade="dissatisfied",
        indicators=[],
        text="slow",
        channel="pad",
        hall_version=0,
    )


def happenings(hall: Hall, *, evaluated: bool) -> list[list[tuple[int, e.Event]]]:
    """Return the record by commands, with every second service evaluated at once."""
    found: list[list[tuple[int, e.Event]]] = []
    services = 0
    numbered = enumerate(hall.log, start=1)
    for _, command in groupby(numbered, key=lambda entry: entry[1].command_id):
        events: list[tuple[int, e.Event]] = list(command)
        found.append(events)
        for _, event in events:
            if evaluated and isinstance(event, e.ServiceCompleted):
                services += 1
                if services % 2:
                    found.append([(1, evaluation(event))])
    return found


@settings(max_examples=200, deadline=None)
@given(
    some_rules,
    st.tuples(moves, moves),
    st.booleans(),
    st.booleans(),
    st.lists(st.integers(1, 8), min_size=1, max_size=8),
)
def test_whatever_happens_every_screen_shows_what_a_new_one_would(
    rules: HallRules,
    what: tuple[list[Move], list[Move]],
    evaluated: bool,
    adopts: bool,
    sizes: list[int],
) -> None:
    hall = play(Hall(rules), what[0])
    if adopts:
        hall.do(c.AdoptRules, rules=OTHER_RULES)
    play(hall, what[1])
    commands = happenings(hall, evaluated=evaluated)
    screens = Screens(*ALL, shows_badges=evaluated)

    commit = 0
    while commands:
        size = sizes[commit % len(sizes)]
        commit += 1
        screens.take([entry for command in commands[:size] for entry in command])
        commands = commands[size:]
        for ticket in list(screens.live.tickets)[len(screens.pictures) - len(ALL) :]:
            screens.follow(f"ticket/{ticket}")

        screens.require_true_pictures()


def test_a_call_its_recall_and_the_arrival_in_one_commit_are_three_changes() -> None:
    hall = Hall()
    hall.take("a1")
    screens = Screens("board/city", "window/city/1", "console/city/1")
    screens.see_all(hall)
    screens.follow("ticket/t1")
    hall.next("1")
    hall.at_window(c.RecallTicket, "1")
    hall.at_window(c.StartService, "1")

    changes = screens.see_all(hall)

    assert [change[0] for change in changes["board/city"]] == [0, 1, 2, 8]
    assert [change[1][5] for change in changes["window/city/1"]] == [1, 1, 2]
    assert [change[1][0] for change in changes["ticket/t1"]] == [4, 4, 5]
    current = [change[1] for change in changes["console/city/1"] if change[0] == 1]
    assert [row[5] for row in current] == [1, 1, 2]
    assert [row[7] for row in current] == [1, 2, 2]


def test_a_ticket_that_comes_and_goes_within_one_commit_is_called_and_taken_off() -> (
    None
):
    hall = Hall()
    screens = Screens("board/city")
    screens.see_all(hall)
    hall.take("a1")
    hall.next("1")
    hall.serve("1")

    changes = screens.see_all(hall)

    assert [change[0] for change in changes["board/city"]] == [0, 2, 3]


def test_only_tickets_behind_the_called_one_are_told_how_many_are_ahead() -> None:
    hall = Hall()
    for _ in range(3):
        hall.take("a1")
    hall.take("b1")
    screens = Screens()
    screens.see_all(hall)
    for ticket in ("t2", "t3", "t4"):
        screens.follow(f"ticket/{ticket}")
    hall.next("1")
    hall.next("2")

    changes = screens.see_all(hall)

    assert changes["ticket/t3"] == [[1, 0]]
    assert changes["ticket/t2"][0][1][0] == 4
    assert "ticket/t4" not in changes


def test_a_zone_board_shows_calls_that_lead_out_of_the_zone_and_into_it() -> None:
    hall = Hall()
    hall.take("b1")
    hall.wait(minutes=10)
    screens = Screens("board/city/z1", "board/city/z2")
    screens.see_all(hall)
    hall.next("2")

    changes = screens.see_all(hall)

    assert changes["board/city/z1"][0][:3] == [0, len(hall.log), "B001"]
    assert changes["board/city/z2"][0][:3] == [0, len(hall.log), "B001"]


def test_the_window_that_should_call_a_new_ticket_is_nudged() -> None:
    hall = Hall()
    screens = Screens("console/city/1", "console/city/2", "console/city/3")
    screens.see_all(hall)
    hall.take("a1")

    changes = screens.see_all(hall)

    assert changes["console/city/1"][-1] == [7, "t1", "A001"]
    assert [change[0] for change in changes["console/city/2"]] == [3]
    assert "console/city/3" not in changes


def test_a_row_is_made_once_for_all_consoles_that_show_it_alike() -> None:
    hall = Hall()
    screens = Screens("console/city/1", "console/city/2")
    screens.see_all(hall)
    hall.take("a1")

    found = screens.take([(screens.version + 1, hall.log[-1])])

    one, two = (entry.changes for entry in found)
    assert one is not None
    assert two is not None
    assert one[0] is two[0]


def test_a_public_window_names_its_clerk_only_where_badges_are_shown() -> None:
    hall = Hall()
    plain, badges = Screens("window/city/1"), Screens(shows_badges=True)
    badges.follow("window/city/1")

    plain.see_all(hall)
    badges.see_all(hall)

    assert [picture[1] for picture in plain.pictures.values()] == [None]
    assert [picture[1] for picture in badges.pictures.values()] == ["li"]


def test_what_nobody_follows_any_longer_is_not_told() -> None:
    hall = Hall()
    hall.take("a1")
    screens = Screens(*ALL)
    screens.see_all(hall)
    screens.follow("ticket/t1")
    for topic in list(screens.pictures):
        screens.followed.unfollow(topic)
    hall.next("1")

    assert screens.see_all(hall) == {}


def test_topics_that_the_day_does_not_have_are_unknown() -> None:
    hall = Hall()
    hall.take("a1")
    screens = Screens()
    screens.see_all(hall)
    known = screens.followed.knows

    assert known(parse_topic("ticket/t1"))
    assert known(parse_topic("board/city/z1"))
    assert not known(parse_topic("ticket/t2"))
    assert not known(parse_topic("board/city/z7"))
    assert not known(parse_topic("window/city/9"))


def test_before_the_day_a_window_is_closed_and_the_board_empty() -> None:
    screens = Screens("window/city/1", "console/city/1", "board/city")

    assert list(screens.pictures.values()) == [
        [0, None, None, None, 0, 0, None, None, None],
        [0, None, None, None, [], [], [], [], [], None],
        ["", 0, [], [], None, []],
    ]


def test_a_notice_comes_to_everybody_whom_it_is_for_at_once() -> None:
    hall = Hall()
    hall.take("b1")
    screens = Screens(
        *("board/city", "board/city/z1", "manager/city"),
        *("console/city/1", "console/city/3"),
    )
    screens.see_all(hall)
    screens.follow("ticket/t1")

    hall.do(c.BroadcastNotice, notice="n1", zh="办税系统升级", zones=["z2"])
    told = screens.see_all(hall)
    hall.do(c.WithdrawNotice, notice="n1")
    taken_back = screens.see_all(hall)

    row = told["board/city"][0][1][0]
    assert row[0] == "n1"
    assert told == {
        "board/city": [[6, [row]]],
        "console/city/3": [[9, [row]]],
        "manager/city": [[5, [[*row, 0, [], "test"]]]],
        "ticket/t1": [[2, [row]]],
    }
    counts = {topic: len(changes) for topic, changes in taken_back.items()}
    assert counts == dict.fromkeys(told, 1)
    screens.require_true_pictures()
