"""What was done about persons becomes an event of their hall, once."""

from __future__ import annotations

from typing import Any

import pytest

from queue_core.commands import (
    PersonsCommand,
    RecordErasure,
    RecordHold,
    RecordRelease,
)
from queue_core.events import Event
from queue_core.events_of_persons import PersonsErased, PersonsHeld, PersonsReleased
from queue_core.rules.erasures import Erasures, decide, evolve


SAID: dict[str, Any] = {
    "command_id": "k1",
    "at": 1,
    "by": "root",
    "hall": "city",
    "subjects": ["s1"],
}


@pytest.mark.parametrize(
    ("command", "event"),
    [
        (RecordErasure(**SAID, ground="asked"), PersonsErased(**SAID, ground="asked")),
        (RecordHold(**SAID, reason="投诉"), PersonsHeld(**SAID, reason="投诉")),
        (RecordRelease(**SAID), PersonsReleased(**SAID)),
    ],
)
def test_what_was_done_is_recorded(command: PersonsCommand, event: Event) -> None:
    state = Erasures()

    events = decide(state, command)
    evolve(state, events[0])

    assert events == [event]
    assert state.answered == {"k1": (1, 1)}


def test_what_was_done_to_nobody_is_not_recorded() -> None:
    nobody = {**SAID, "subjects": []}

    assert decide(Erasures(), RecordErasure(**nobody, ground="asked")) == []
