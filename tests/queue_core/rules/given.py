"""given(hall).when(command, …) then .then(…), .then_refused(…) or .then_nothing()."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from queue_core import commands as c
from queue_core.errors import Refused
from queue_core.events import HallDayEvent
from queue_core.rules.hall_day import decide

from .hall import CLERKS, Hall


class When:
    """A command that is about to be decided."""

    def __init__(self, hall: Hall, command: c.HallDayCommand) -> None:
        self.hall = hall
        self.command = command

    def then(self, *expected: tuple[type[HallDayEvent], dict[str, Any]]) -> None:
        """Expect exactly these events, each with at least these values."""
        events = decide(self.hall.state, self.command)

        seen = [
            (type(e), {k: v for k, v in msgspec.structs.asdict(e).items() if k in want})
            for e, (_, want) in zip(events, expected, strict=False)
        ]
        assert [type(e) for e in events] == [kind for kind, _ in expected]
        assert seen == list(expected)
        for event in events:
            assert event.command_id == self.command.command_id
            assert event.at == self.command.at
            assert event.by == self.command.by

    def then_nothing(self) -> None:
        """Expect that the command causes nothing."""
        assert decide(self.hall.state, self.command) == []

    def then_refused(self, error: type[Refused], **values: Any) -> None:
        """Expect a refusal of this kind that carries these values."""
        before = self.hall.state.version

        with pytest.raises(error) as refusal:
            decide(self.hall.state, self.command)

        details = refusal.value.details()
        assert {key: details[key] for key in values} == values
        assert str(refusal.value)
        assert self.hall.state.version == before


class Given:
    """A hall in which something has happened."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall

    def when(self, kind: type[c.HallDayCommand], /, **values: Any) -> When:
        """Give a command; a clerk's command is given by the window's clerk."""
        if issubclass(kind, c.ClerkCommand):
            values.setdefault("clerk", CLERKS.get(values["window"], "nobody"))
        command = kind(command_id="new", at=self.hall.at, by="somebody", **values)
        return When(self.hall, command)


def given(hall: Hall) -> Given:
    """Start a sentence of a test."""
    return Given(hall)
