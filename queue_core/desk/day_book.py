"""The newest business day of a hall, folded in memory, and the turn of the day."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import NamedTuple

from queue_core.commands import CloseDay, HallDayCommand, OpenDay
from queue_core.errors import DayEnded, DayNotOpen
from queue_core.events import HallDayEvent
from queue_core.log.event_log import Entry, EventLog, Recorded, Unreadable
from queue_core.log.streams import date_of, hall_day_prefix, hall_day_stream
from queue_core.rules import hall_day
from queue_core.rules.hall_day import HallDay


logger = logging.getLogger(__name__)


class DayRules(NamedTuple):
    """The rules by which days are decided; tests put in ones that fail."""

    empty: Callable[[], HallDay] = HallDay
    decide: Callable[[HallDay, HallDayCommand], list[HallDayEvent]] = hall_day.decide
    evolve: Callable[[HallDay, HallDayEvent], None] = hall_day.evolve


class CommandsOfDay(NamedTuple):
    """What stands in the stream of a day, by the commands that caused it."""

    stream: str
    versions: Mapping[str, tuple[int, int]]
    """Command id → its first and its last event."""


class OutOfStep(Exception):
    """An event does not follow what the book knows; it must be read again."""


class DayBook:
    """The stream of the newest day, and the state folded from it.

    The state runs ahead of the log while a batch is being committed. If that fails,
    the whole book is thrown away and read again.
    """

    def __init__(self, hall: str, rules: DayRules) -> None:
        self.hall = hall
        self.stream = ""
        """Empty until the hall has opened for the first time."""
        self._rules = rules
        self.day = rules.empty()
        self.day_before = CommandsOfDay("", {})
        """What stands in the day before this one."""

    @property
    def date(self) -> str:
        """Return the date of the day; empty until the hall has opened once."""
        return date_of(self.stream)

    @property
    def is_open(self) -> bool:
        """Return whether the day has begun and is not over."""
        return self.day.opened and not self.day.closed

    def place_of(self, command_id: str) -> tuple[str, int, int] | None:
        """Return the stream, first and last version of what a command has caused.

        The day before counts as well: who has heard no answer may ask again when the
        day has turned.
        """
        for stream, versions in ((self.stream, self.day.answered), self.day_before):
            if place := versions.get(command_id):
                return stream, *place
        return None

    def knows(self, stream: str, version: int) -> bool:
        """Tell whether an event of the hall's days is in the book, or before it."""
        return (stream, version) <= (self.stream, self.day.version)

    def follow(self, stream: str, version: int, event: HallDayEvent) -> None:
        """Take over what another process has recorded.

        Raises:
            OutOfStep: it is not the next event of the day, nor the first of a new one.
        """
        if stream > self.stream and version == 1:
            self._begin(stream, self._rules.empty())
        if stream != self.stream or version != self.day.version + 1:
            raise OutOfStep(
                f"{stream} version {version} does not follow "
                f"{self.stream} version {self.day.version}"
            )
        self._rules.evolve(self.day, event)

    def decide(self, command: HallDayCommand) -> list[Entry]:
        """Return what the command causes, and evolve the state by it.

        Opening a later day first closes the day that was left open, by rule.

        Raises:
            Refused: the rules say no; nothing has changed.
        """
        if isinstance(command, OpenDay) and command.date != self.date:
            return self._turn(command)
        return self._record(self._rules.decide(self.day, command))

    def _turn(self, command: OpenDay) -> list[Entry]:
        if command.date < self.date:
            # The wall clock was set back: a day that is over stays over.
            raise DayEnded(command.date)
        left_open = self._close_overdue(command)
        day = self._rules.empty()
        opened = self._rules.decide(day, command)
        entries = self._record(left_open)
        self._begin(hall_day_stream(self.hall, command.date), day)
        return entries + self._record(opened)

    def _begin(self, stream: str, day: HallDay) -> None:
        if self.stream:
            self.day_before = CommandsOfDay(self.stream, self.day.answered)
        self.stream, self.day = stream, day

    def _close_overdue(self, command: OpenDay) -> list[HallDayEvent]:
        close = CloseDay(
            command_id=f"{command.command_id}/overdue",
            at=command.at,
            by=command.by,
            overdue=True,
        )
        try:
            return self._rules.decide(self.day, close)
        except (DayNotOpen, DayEnded):
            return []

    def _record(self, events: list[HallDayEvent]) -> list[Entry]:
        entries: list[Entry] = []
        for event in events:
            self._rules.evolve(self.day, event)
            entries.append((self.stream, self.day.version, event))
        return entries


def read_newest_day(
    log: EventLog, hall: str, rules: DayRules
) -> tuple[DayBook, Recorded | None]:
    """Fold the newest day that the log has of a hall; return its last event too.

    Raises:
        LogError: the log cannot be read.
        Unreadable: an event cannot, or it does not follow those before it.
    """
    book, last = DayBook(hall, rules), None
    streams = log.streams(hall_day_prefix(hall))
    for stream in streams[-2:-1]:
        book.day_before = commands_of_day(log, stream)
    for stream in streams[-1:]:
        for one in log.read(stream):
            if isinstance(one.event, HallDayEvent):
                try:
                    book.follow(stream, one.version, one.event)
                except Exception as error:
                    raise senseless(one, error) from error
                last = one
    return book, last


def commands_of_day(log: EventLog, stream: str) -> CommandsOfDay:
    """Return which commands stand in a day that is over.

    A day that cannot be read is no reason to keep the hall closed today.

    Raises:
        LogError: the log cannot be read at all.
    """
    versions: dict[str, tuple[int, int]] = {}
    try:
        for one in log.read(stream):
            name = one.event.command_id
            first, _ = versions.get(name, (one.version, 0))
            versions[name] = first, one.version
    except Unreadable as error:
        logger.warning("a repeat of %s would not be recognised: %s", stream, error)
    return CommandsOfDay(stream, versions)


def senseless(one: Recorded, error: Exception) -> Unreadable:
    """Return the error that names an event which cannot be folded."""
    return Unreadable(one.stream, one.version, f"it makes no sense here: {error!r}")
