"""A branch of a live picture goes its own way, whatever happens to either."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from projections.comparing import picture
from projections.live_hall import LiveHall
from projections.past.branching import branch, fold
from queue_core.events import Event, RulesAdopted, ServiceCompleted
from tests.projections.live_halls import evaluation_of, live_from
from tests.queue_core.rules.hall import NINE, RULES, Hall, rules_with
from tests.queue_core.rules.moves import Move, moves, play, some_rules


def seen(live: LiveHall) -> dict[str, Any]:
    """Return everything a picture holds, as plain values, kept from later changes."""
    return picture(live)


def with_evaluations(hall: Hall) -> list[tuple[int, Event]]:
    """Return the record of a day in which every finished service is evaluated."""
    found: list[tuple[int, Event]] = []
    for version, event in enumerate(hall.log, start=1):
        found.append((version, event))
        if isinstance(event, ServiceCompleted):
            found.append((version, evaluation_of(event)))
    return found


@settings(max_examples=60, deadline=None)
@given(some_rules, moves, st.integers(0, 100))
def test_a_branch_that_goes_on_shows_what_a_new_picture_would(
    rules: Any, what: list[Move], part: int
) -> None:
    record = with_evaluations(play(Hall(rules), what))
    middle = len(record) * part // 100
    trunk = LiveHall()
    for version, event in record[:middle]:
        trunk.apply(version, event)
    before = seen(trunk)

    twig = branch(trunk)
    for version, event in record[middle:]:
        fold(twig, version, event)

    whole = LiveHall()
    for version, event in record:
        whole.apply(version, event)
    assert seen(twig) == seen(whole)
    assert seen(trunk) == before


def test_changed_rules_move_nothing_in_the_picture_that_was_branched() -> None:
    hall = Hall()
    for _ in range(3):
        hall.take()
    hall.next("1")
    hall.serve("1")
    trunk = live_from(hall.log)
    before = seen(trunk)
    other = rules_with(
        queues=[q for q in RULES.queues if q.queue == "B"], windows=RULES.windows[2:]
    )

    twig = branch(trunk)
    adopted = RulesAdopted(at=NINE, by="admin", command_id="r", rules=other)
    fold(twig, len(hall.log) + 1, adopted)

    assert seen(trunk) == before
    assert list(twig.zones) != list(trunk.zones)


def test_what_has_ended_is_shared_until_it_changes() -> None:
    hall = Hall()
    ticket = hall.take()
    hall.next("1")
    hall.serve("1")
    trunk = live_from(hall.log)

    twig = branch(trunk)

    assert twig.tickets[ticket] is trunk.tickets[ticket]
    (done,) = hall.all(ServiceCompleted)
    fold(twig, len(hall.log), evaluation_of(done))
    assert twig.tickets[ticket] is not trunk.tickets[ticket]
    assert twig.services[done.service].grade == "satisfied"
    assert trunk.services[done.service].grade is None
