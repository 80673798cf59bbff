"""What must hold, whatever has been killed, cut or filled: the log, and what was said.

The log is one sequence of whole commands, its numbers follow one another, and every
day in it could have been decided by the rules. An answer stands in the log; a refusal
was right at some moment between the question and the reply.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from projections.verifying import READERS
from queue_core.care.day_checks import DayCheck
from queue_core.care.places import Place
from queue_core.care.verification import verify
from queue_core.commands import HallDayCommand, OpenDay
from queue_core.desk import Answer, HallDesk
from queue_core.desk.day_book import DayBook, DayRules
from queue_core.errors import Refused
from queue_core.events import HallDayEvent, TicketIssued
from queue_core.log.event_log import EventLog, Recorded
from queue_core.log.streams import HALL_DAY, hall_of
from queue_core.rules import hall_day
from queue_core.rules.hall_day import fold

from .orders import Where


PAGE = 1_000
LISTED = 5
"""How many faults a sentence names."""


class Violated(Exception):
    """Something that the house promises did not hold."""


def require(holds: object, what: str) -> None:
    """Pass if something holds.

    Raises:
        Violated: it does not; ``what`` says in a sentence what is wrong.
    """
    if not holds:
        raise Violated(what)


class Ledger:
    """The log as far as it has been read; every event is checked when it is read."""

    def __init__(self) -> None:
        self.upto = 0
        self.commands: dict[str, Where] = {}
        """Command id → where its events stand."""
        self.days: dict[str, DayCheck] = {}
        self._versions: dict[str, int] = {}
        self._last_numbers: dict[tuple[str, str], int] = {}

    def read_on(self, log: EventLog) -> list[Recorded]:
        """Read what has been recorded since, check it, and return it.

        Raises:
            Violated: it could not have come about by whole commands, in one sequence.
        """
        read: list[Recorded] = []
        while page := log.read_all(self.upto, PAGE):
            for one in page:
                self._see(one)
            read += page
        return read

    def require_answers(self, answers: Mapping[str, Where]) -> None:
        """Pass if the events of all these commands stand where it was said.

        Raises:
            Violated: a command is lost, or stands elsewhere.
        """
        wrong = [
            f"{name} was answered with {where} and stands at {self.commands.get(name)}"
            for name, where in answers.items()
            if self.commands.get(name) != where
        ]
        require(not wrong, listed(wrong))

    def _see(self, one: Recorded) -> None:
        place = f"{one.stream} version {one.version}"
        require(one.position == self.upto + 1, f"{place} follows position {self.upto}")
        self.upto = one.position
        last = self._versions.get(one.stream, 0)
        require(one.version == last + 1, f"{place} follows version {last}")
        self._versions[one.stream] = one.version
        self._see_command(one)
        if one.stream.startswith(HALL_DAY):
            day = self.days.setdefault(one.stream, DayCheck(one.stream, ()))
            for kind, text in day.see(one.version, one.event):
                require(kind is None, f"{place}: {text}")
            if isinstance(one.event, TicketIssued):
                first = day.day.queues[one.event.queue].first_number
                self._see_number(one.stream, one.event.number, first)

    def _see_command(self, one: Recorded) -> None:
        name = one.event.command_id
        where = self.commands.get(name, Where(one.stream, one.version, one.version - 1))
        follows = where.stream == one.stream and where.last == one.version - 1
        place = f"{one.stream} version {one.version}"
        require(follows, f"{place}: command {name} was recorded before, at {where}")
        self.commands[name] = where._replace(last=one.version)

    def _see_number(self, stream: str, number: str, first: int) -> None:
        series = number.rstrip("0123456789")
        value = int(number.removeprefix(series))
        follows = self._last_numbers.get((stream, series), first - 1) + 1
        require(value == follows, f"{stream}: {number} is not number {follows}")
        self._last_numbers[stream, series] = value


def require_sound(place: Place) -> None:
    """Pass if a verification of the whole log, with its projections, finds no fault.

    Raises:
        Violated: it does.
    """
    verdict = verify(place, readers=READERS)
    require(verdict.sound, listed([str(fault) for fault in verdict.faults]))


# What a desk knows and has told.


def require_told(hall: str, told: Sequence[Recorded], log: Sequence[Recorded]) -> None:
    """Pass if a desk told all that was recorded in its hall, once and in order.

    Raises:
        Violated: it did not.
    """
    happened = [one for one in log if hall_of(one.stream, one.event) == hall]
    by_position = sorted(told, key=lambda one: one.position)
    said = f"{len(told)} events were told of {len(happened)}"
    require(by_position == happened, f"not everything was told once: {said}")
    days = [one for one in told if isinstance(one.event, HallDayEvent)]
    in_order = days == sorted(days, key=lambda one: (one.stream, one.version))
    require(in_order, "a day was not told in order")


def require_fold(desk: HallDesk, log: EventLog) -> None:
    """Pass if a desk's state is what its day's events make of an empty one.

    Raises:
        Violated: it is not.
    """
    events = [one.event for one in log.read(desk.stream)]
    folded = fold(event for event in events if isinstance(event, HallDayEvent))
    state = (desk.day.version, desk.day.answered, list(desk.day.live), desk.version)
    right = (len(events), folded.answered, list(folded.live), folded.version)
    said = f"version {desk.day.version} (known: {desk.version}) of {len(events)}"
    require(state == right, f"the state of {desk.stream} is not its fold: {said}")


def require_recorded(answers: Iterable[Answer], log: Iterable[Recorded]) -> None:
    """Pass if the events of every answer stand in the log as they were answered.

    Raises:
        Violated: they do not.
    """
    stands = {(one.stream, one.version): one.event for one in log}
    for answer in answers:
        if answer.events:
            versions = range(answer.first_version, answer.version + 1)
            found = [stands.get((answer.stream, version)) for version in versions]
            require(found == answer.events, f"{answer} stands in the log as {found}")


# What was said.


class Reply(NamedTuple):
    """What was said to a command that caused nothing."""

    command: HallDayCommand
    refusal: str
    """The code of a refusal; empty: there was nothing to do."""
    before: int
    """The last position of the log before the question was asked."""
    after: int
    """The last position when the reply had come."""


def require_true(replies: Iterable[Reply], hall: str, log: Sequence[Recorded]) -> None:
    """Pass if at some moment between question and reply each reply was right.

    ``log`` is the whole log.

    Raises:
        Violated: a reply was never right.
    """
    coming = sorted(replies, key=lambda reply: reply.before, reverse=True)
    open_ones: list[tuple[Reply, list[str]]] = []
    book = DayBook(hall, DayRules())
    for position in range(len(log) + 1):
        if position:
            follow(book, hall, log[position - 1])
        while coming and coming[-1].before <= position:
            open_ones.append((coming.pop(), []))
        still_open = []
        for reply, found in open_ones:
            said = said_to(reply.command, book, log[:position])
            if said != reply.refusal:
                found.append(said)
                still_open.append((reply, found))
                wrong = (
                    f"{reply.command} was told {reply.refusal!r}, but it was {found}"
                )
                require(position < reply.after, wrong)
        open_ones = still_open
    require(not coming and not open_ones, "a reply came after the end of the log")


def follow(book: DayBook, hall: str, one: Recorded) -> None:
    """Take over an event, if it belongs to a day of the hall."""
    if isinstance(one.event, HallDayEvent) and hall_of(one.stream, one.event) == hall:
        book.follow(one.stream, one.version, one.event)


def said_to(command: HallDayCommand, book: DayBook, log: Sequence[Recorded]) -> str:
    """Return what the rules say to a command, as a reply does; ``book`` holds ``log``.

    What it would cause is told as the kinds of its events.
    """
    if isinstance(command, OpenDay):
        # To open a day may turn it, which changes the book.
        hall, book = book.hall, DayBook(book.hall, DayRules())
        for one in log:
            follow(book, hall, one)
    try:
        events = (
            [event for _, _, event in book.decide(command)]
            if isinstance(command, OpenDay)
            else hall_day.decide(book.day, command)
        )
    except Refused as refused:
        return refused.code
    return " ".join(type(event).__name__ for event in events)


def listed(faults: Sequence[str]) -> str:
    """Return some faults as one sentence."""
    more = f"; and {len(faults) - LISTED} more" if len(faults) > LISTED else ""
    return "; ".join(faults[:LISTED]) + more
