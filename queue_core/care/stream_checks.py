"""What must be so in a stream beside the hall-days: evaluations, profiles, others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

import msgspec

from queue_core.events import EvaluationGiven, Event, ProfileAdopted
from queue_core.events_of_persons import PersonsErased, PersonsHeld, PersonsReleased
from queue_core.log.streams import (
    evaluation_stream,
    hall_day_stream,
    persons_stream,
    profile_stream,
)
from queue_core.profiles.profile import parse_profile

from .verdict import FaultKind


class Finding(NamedTuple):
    """A fault at the event that is just looked at, or only a mark (no kind)."""

    kind: FaultKind | None
    text: str


class StreamCheck(Protocol):
    """Looks at the events of one stream, one after another.

    It is told nothing more once an event is missing or cannot be read.
    """

    def see(self, version: int, event: Event) -> list[Finding]:
        """Return what is wrong with an event."""

    def compare(self) -> Iterator[Finding]:
        """Yield what is wrong with the stream as it stands after a page of the log."""

    def finish(self) -> Iterator[Finding]:
        """Yield what is wrong with the stream as a whole."""


HadFinished = Callable[[str, str, int], bool | None]
"""Whether a hall-day had finished a service at a version of it; None: unknown."""


class PlainCheck:
    """Streams of which nothing is known but that every event has a cause."""

    def see(self, version: int, event: Event) -> list[Finding]:
        """Return what is wrong with an event."""
        found = [*times_and_cause(event)] if is_odd(event) else []
        return [*found, *self._look(version, event)]

    def _look(self, version: int, event: Event) -> Iterator[Finding]:
        yield from ()

    def compare(self) -> Iterator[Finding]:
        """Yield nothing: it has no state."""
        yield from ()

    def finish(self) -> Iterator[Finding]:
        """Yield nothing."""
        yield from ()


class EvaluationCheck(PlainCheck):
    """One evaluation, of a service that its hall-day has finished."""

    def __init__(self, stream: str, had_finished: HadFinished) -> None:
        self._stream = stream
        self._had_finished = had_finished

    def _look(self, version: int, event: Event) -> Iterator[Finding]:
        if not isinstance(event, EvaluationGiven):
            yield Finding("fold", f"{type(event).__name__} is no evaluation")
            return
        if version > 1:
            yield Finding("rule", "the service was evaluated before")
        if evaluation_stream(event.service) != self._stream:
            yield Finding("rule", f"it evaluates the service {event.service}")
            return
        day = hall_day_stream(event.hall, event.date)
        seen = event.hall_version
        if self._had_finished(day, event.service, seen) is False:
            yield Finding("rule", f"{day} version {seen} had not finished the service")


class ProfileCheck(PlainCheck):
    """Profiles of one hall, each whole and readable."""

    def __init__(self, stream: str) -> None:
        self._stream = stream

    def _look(self, version: int, event: Event) -> Iterator[Finding]:
        if not isinstance(event, ProfileAdopted):
            yield Finding("fold", f"{type(event).__name__} adopts no profile")
            return
        if profile_stream(event.hall) != self._stream:
            yield Finding("rule", f"it is the profile of {event.hall}")
        try:
            profile = parse_profile(event.content)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            yield Finding("unreadable", f"its profile cannot be read: {error}")
            return
        if (profile.hall, profile.revision) != (event.hall, event.revision):
            yield Finding(
                "rule", f"its profile is {profile.revision} of {profile.hall}"
            )


class PersonsCheck(PlainCheck):
    """Persons of one hall: whoever was erased is not held, released or erased again."""

    def __init__(self, stream: str) -> None:
        self._stream = stream
        self._erased: set[str] = set()

    def _look(self, version: int, event: Event) -> Iterator[Finding]:
        if not isinstance(event, PersonsErased | PersonsHeld | PersonsReleased):
            yield Finding("fold", f"{type(event).__name__} is about no persons")
            return
        if persons_stream(event.hall) != self._stream:
            yield Finding("rule", f"it is about persons of {event.hall}")
        if again := self._erased.intersection(event.subjects):
            yield Finding("rule", f"{len(again)} of its persons were erased before")
        if isinstance(event, PersonsErased):
            self._erased.update(event.subjects)


EARLIEST_AT = 946_684_800_000
LATEST_AT = 4_102_444_800_000
"""The years 2000 to 2099: no hall's clock can show anything else."""


def is_odd(event: Event) -> bool:
    """Tell whether ``times_and_cause`` has something to say about an event."""
    in_time = EARLIEST_AT <= event.at < LATEST_AT
    return not (in_time and event.command_id and event.by)


def times_and_cause(event: Event) -> Iterator[Finding]:
    """Yield what is implausible about the time and the cause of an event."""
    if not EARLIEST_AT <= event.at < LATEST_AT:
        yield Finding("rule", f"{event.at} is no time of a hall")
    if not event.command_id:
        yield Finding("rule", "no command has caused it")
    if not event.by:
        yield Finding("rule", "nobody has caused it")
