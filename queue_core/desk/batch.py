"""One round of the desk: commands decided one after another, before any is recorded."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from queue_core.commands import Command, GiveEvaluation, HallDayCommand
from queue_core.errors import ParseError, Refused
from queue_core.events import HallDayEvent
from queue_core.log.event_log import Entry
from queue_core.rules.evaluation import ServiceFact

from .answers import Answer, Repeat
from .day_book import DayBook
from .services import service_of_day
from .side_books import SideBook, side_stream


Outcome = Answer | Repeat | Refused | ParseError


class Waiting:
    """A command whose caller waits for the answer."""

    __slots__ = ("command", "future", "outcome", "service")

    def __init__(
        self,
        command: Command,
        future: asyncio.Future[Answer | Repeat],
        service: ServiceFact | None,
    ) -> None:
        self.command = command
        self.future = future
        self.service = service
        """The service that the command is about, as it was seen when it came in."""
        self.outcome: Outcome | None = None

    def fail(self, error: BaseException) -> None:
        """Give the caller an error, if he is still there."""
        if not self.future.done():
            self.future.set_exception(error)


class Astray(Exception):
    """A decision failed in a way no rule foresees; the state cannot be trusted."""


class Batch:
    """Decides the waiting commands on the books, and remembers what comes of each."""

    def __init__(
        self,
        day: DayBook,
        side: Mapping[str, SideBook],
        waiting: Sequence[Waiting],
    ) -> None:
        self._day = day
        self._side = side
        self._waiting = waiting
        self.entries: list[Entry] = []
        """What is to be recorded, all or nothing."""

    @property
    def shows_the_day(self) -> bool:
        """Return whether recording it shows that the day's state was the newest."""
        return any(isinstance(event, HallDayEvent) for _, _, event in self.entries)

    def decide(self) -> None:
        """Decide every command whose caller still waits.

        A refusal is kept for its caller and hurts nobody else.

        Raises:
            Astray: a decision failed; its caller has the error already.
        """
        for waiting in self._waiting:
            if waiting.future.done():
                continue
            try:
                waiting.outcome = self._decide(waiting)
            except (Refused, ParseError) as refusal:
                waiting.outcome = refusal
            except Exception as error:
                waiting.fail(error)
                raise Astray from error

    def answer(self) -> None:
        """Give every caller what came of his command."""
        for waiting in self._waiting:
            outcome = waiting.outcome
            if waiting.future.done() or outcome is None:
                continue
            if isinstance(outcome, Exception):
                waiting.future.set_exception(outcome)
            else:
                waiting.future.set_result(outcome)

    def _decide(self, waiting: Waiting) -> Answer | Repeat:
        if isinstance(waiting.command, HallDayCommand):
            return self._decide_in_day(waiting.command)
        return self._decide_beside(waiting.command, waiting.service)

    def _decide_in_day(self, command: HallDayCommand) -> Answer | Repeat:
        book = self._day
        before = book.place_of(command.command_id)
        if before is not None:
            return Repeat(*before, book.day.version)
        entries = book.decide(command)
        self.entries += entries
        if entries and entries[0][0] != book.stream:
            # The day has turned: the caller is told what opened the new one.
            entries = [entry for entry in entries if entry[0] == book.stream]
        return self._answer(book.stream, entries, book.day.version)

    def _decide_beside(
        self, command: Command, known: ServiceFact | None
    ) -> Answer | Repeat:
        book = self._side[side_stream(command)]
        before = book.state.answered.get(command.command_id)
        if before is not None:
            return Repeat(book.stream, *before, self._day.day.version)
        service = known
        if isinstance(command, GiveEvaluation):
            today = service_of_day(self._day.hall, self._day.day, command.service)
            # What was seen of today's state may not have been recorded after all.
            if today is not None or (known and known.date == self._day.date):
                service = today
        entries = book.decide(command, service)
        self.entries += entries
        return self._answer(book.stream, entries, book.state.version)

    def _answer(self, stream: str, entries: list[Entry], version: int) -> Answer:
        return Answer(
            stream=stream,
            events=[event for _, _, event in entries],
            first_version=entries[0][1] if entries else version,
            version=version,
            state_version=self._day.day.version,
        )
