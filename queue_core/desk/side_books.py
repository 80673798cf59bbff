"""Streams beside the hall-day: evaluations, a hall's profile, persons, signed heads.

Such a book is read from the log for the one batch that needs it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from queue_core.commands import (
    AdoptProfile,
    Command,
    GiveEvaluation,
    RecordErasure,
    RecordHold,
    RecordRelease,
    SealDay,
)
from queue_core.events import Event
from queue_core.log.event_log import Entry, EventLog
from queue_core.log.streams import (
    evaluation_stream,
    persons_stream,
    profile_stream,
    proof_stream,
)
from queue_core.rules import erasures, evaluation, profile_adoption, sealing
from queue_core.rules.evaluation import ServiceFact


class SideState(Protocol):
    """What the desk itself needs of a state."""

    version: int
    answered: dict[str, tuple[int, int]]


class SideRules(NamedTuple):
    """How commands of one kind are decided, and in which stream."""

    stream_of: Callable[[Any], str]
    empty: Callable[[], SideState]
    decide: Callable[[Any, Any, ServiceFact | None], list[Event]]
    evolve: Callable[[Any, Event], None]


OF_PERSONS = SideRules(
    lambda command: persons_stream(command.hall),
    erasures.Erasures,
    lambda state, command, _: erasures.decide(state, command),
    erasures.evolve,
)

SIDE_RULES: dict[type[Command], SideRules] = {
    GiveEvaluation: SideRules(
        lambda command: evaluation_stream(command.service),
        evaluation.Evaluation,
        evaluation.decide,
        evaluation.evolve,
    ),
    AdoptProfile: SideRules(
        lambda command: profile_stream(command.hall),
        profile_adoption.AdoptedProfile,
        lambda state, command, _: profile_adoption.decide(state, command),
        profile_adoption.evolve,
    ),
    RecordErasure: OF_PERSONS,
    RecordHold: OF_PERSONS,
    RecordRelease: OF_PERSONS,
    SealDay: SideRules(
        lambda command: proof_stream(command.hall),
        sealing.SealedDays,
        lambda state, command, _: sealing.decide(state, command),
        sealing.evolve,
    ),
}


class SideBook:
    """One such stream, and the state folded from it."""

    def __init__(self, stream: str, rules: SideRules) -> None:
        self.stream = stream
        self._rules = rules
        self.state = rules.empty()

    def read(self, log: EventLog) -> None:
        """Fold what the log has of the stream.

        Raises:
            LogError: the log cannot be read.
        """
        for recorded in log.read(self.stream):
            self._rules.evolve(self.state, recorded.event)

    def decide(self, command: Command, service: ServiceFact | None) -> list[Entry]:
        """Return what the command causes, and evolve the state by it.

        Raises:
            Refused: the rules say no; nothing has changed.
        """
        entries: list[Entry] = []
        for event in self._rules.decide(self.state, command, service):
            self._rules.evolve(self.state, event)
            entries.append((self.stream, self.state.version, event))
        return entries


def side_stream(command: Command) -> str:
    """Return the stream of a command that stands beside the hall-day."""
    return SIDE_RULES[type(command)].stream_of(command)


def read_side_books(log: EventLog, commands: list[Command]) -> dict[str, SideBook]:
    """Read the books that commands beside the hall-day need.

    Raises:
        LogError: the log cannot be read.
    """
    books: dict[str, SideBook] = {}
    for command in commands:
        rules = SIDE_RULES[type(command)]
        stream = rules.stream_of(command)
        if stream not in books:
            books[stream] = SideBook(stream, rules)
            books[stream].read(log)
    return books
