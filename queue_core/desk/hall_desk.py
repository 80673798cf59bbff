"""The desk of a hall: commands wait, are decided in turn, and are recorded together.

All commands that wait are decided one after another in memory; their events go to the
log in one transaction, in a thread; only then is anybody answered. Meanwhile the next
commands gather. So an answered command is on disk, and the cost of a disk write is
shared by all who wait for it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from queue_core.commands import (
    AdoptProfile,
    Command,
    GiveEvaluation,
    HallDayCommand,
    PersonsCommand,
    SealDay,
)
from queue_core.errors import LogError, Overloaded, ServiceUnknown
from queue_core.log.event_log import EventLog
from queue_core.rules.evaluation import ServiceFact
from queue_core.rules.hall_day import HallDay

from .answers import Answer, Repeat
from .batch import Waiting
from .books import Books
from .day_book import DayRules
from .figures import DeskFigures
from .repeats import require_same_command
from .rounds import Rounds
from .services import EarlierServices, service_of_day
from .subscribers import Subscriber, Subscribers


RULES = DayRules()

T = TypeVar("T")


class HallDesk:
    """Takes every command of one hall. One desk per hall and process, in one loop."""

    def __init__(
        self,
        hall: str,
        log: EventLog,
        *,
        rules: DayRules = RULES,
        waiting_limit: int = 10_000,
        batch_limit: int = 256,
        evaluable_days: int = 30,
        retry_seconds: float = 1.0,
        company_seconds: float = 60.0,
    ) -> None:
        """Prepare a desk; ``start`` reads the log.

        After another process was met in this hall, turns are taken with it for
        ``company_seconds``.
        """
        self.hall = hall
        self.figures = DeskFigures()
        self._log = log
        self._books = Books(hall, log, rules, company_seconds)
        self._subscribers = Subscribers()
        self._rounds = Rounds(self._books, self._subscribers, self.figures)
        self._earlier = EarlierServices(hall, log, evaluable_days)
        self._reader = ThreadPoolExecutor(1, thread_name_prefix=f"desk-{hall}-reader")
        self._line: deque[Waiting] = deque()
        self._lookers: list[asyncio.Future[None]] = []
        self._line_limit = waiting_limit
        self._batch_limit = batch_limit
        self._retry_seconds = retry_seconds
        self._wake = asyncio.Event()
        self._taking = False
        self._work: asyncio.Task[None] | None = None

    # What others may look at.

    @property
    def day(self) -> HallDay:
        """Return the state of the newest day, with what is just being recorded."""
        return self._books.day.day

    @property
    def stream(self) -> str:
        """Return the stream of the newest day; empty if the hall never opened."""
        return self._books.day.stream

    @property
    def version(self) -> int:
        """Return the last version of the newest day that is known to be on disk."""
        return self._books.version

    @property
    def waiting(self) -> int:
        """Return how many commands wait to be decided."""
        return len(self._line)

    @property
    def ready(self) -> bool:
        """Return whether the desk works, the log too, and no subscriber failed."""
        return self._works and not self._books.lost and not self._subscribers.failed

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Tell ``subscriber`` what is recorded from now on; return how to end that.

        It is called in the event loop after each commit and before the callers are
        answered, with every version once and in order, whichever process wrote it.
        It must be quick. What came before stands in the log up to ``version``.
        """
        return self._subscribers.add(subscriber)

    # Beginning and end.

    async def start(self) -> None:
        """Fold the newest day of the hall and begin to take commands.

        Raises:
            LogError: the log cannot be read.
        """
        await self._rounds.recover()
        self._taking = True
        self._work = asyncio.create_task(self._run(), name=f"desk-{self.hall}")

    async def stop(self) -> None:
        """Decide what waits, then take nothing more."""
        self._taking = False
        self._wake.set()
        if self._work is not None:
            await self._work
        self._books.close()
        self._reader.shutdown(wait=False)

    # News of what other processes do.

    def hear(self, position: int, *, doubt: bool = False) -> None:
        """Look what stands in the log up to a position that somebody has written.

        Nothing is told twice, and it may be one's own. With ``doubt`` the log itself
        may be another one than before: a standby that has become the primary. Call it
        in the desk's loop.
        """
        self._books.hear(position)
        if doubt:
            self._books.doubt()
        self._wake.set()

    async def catch_up(self) -> None:
        """Wait until all that stands in the log by now is known and told.

        Nothing is to be waited for where no other process can write.

        Raises:
            LogError: the log cannot be read.
        """
        if self._books.exclusive:
            return
        self._require_taking()
        looker = asyncio.get_running_loop().create_future()
        self._lookers.append(looker)
        self._wake.set()
        await looker

    # Taking commands.

    async def submit(self, command: Command) -> Answer:
        """Decide and record a command, and return what it caused.

        A command whose id was answered before gets the first answer again.

        Raises:
            Refused: the rules say no; nothing was recorded.
            CommandIdReused: the id was used for another command.
            ParseError: a text in the command is not acceptable.
            Overloaded: too many commands wait.
            LogError: the log failed. Whether the command was recorded shows when it
                is sent again under the same id.
        """
        self._require_taking()
        service = None
        if not isinstance(command, HallDayCommand):
            service = await self._service(command)
            self._require_taking()
        waiting = Waiting(command, asyncio.get_running_loop().create_future(), service)
        self._line.append(waiting)
        self._wake.set()
        outcome = await waiting.future
        if isinstance(outcome, Answer):
            return outcome
        return await self._answer_again(command, outcome)

    def _require_taking(self) -> None:
        if not self._taking or not self._works:
            raise LogError(f"the desk of {self.hall} is not open")
        if len(self._line) >= self._line_limit:
            self.figures.overloads += 1
            raise Overloaded(f"{len(self._line)} commands wait already")

    async def _service(self, command: Command) -> ServiceFact | None:
        """Return the service that a command is about, where it is about one."""
        if isinstance(command, AdoptProfile | PersonsCommand | SealDay):
            if command.hall != self.hall:
                raise ValueError(f"{command.hall} has a desk of its own")
            return None
        if not isinstance(command, GiveEvaluation):
            raise TypeError(f"a desk takes no {type(command).__name__}")
        service = await self._find_service(command.service)
        if service is None:
            # Another process may have finished it a moment ago.
            await self.catch_up()
            service = await self._find_service(command.service)
        if service is None:
            raise ServiceUnknown(command.service)
        return service

    async def _find_service(self, name: str) -> ServiceFact | None:
        newest = self.stream
        service = service_of_day(self.hall, self.day, name)
        if service is None:
            service = await self._read(lambda: self._earlier.find(name, newest))
        return service

    async def _answer_again(self, command: Command, first: Repeat) -> Answer:
        after, upto = first.first_version - 1, first.version
        recorded = await self._read(lambda: self._log.read(first.stream, after, upto))
        events = [one.event for one in recorded]
        require_same_command(command, events)
        return Answer(
            stream=first.stream,
            events=events,
            first_version=first.first_version,
            version=first.version,
            state_version=first.state_version,
            repeated=True,
        )

    async def _read(self, work: Callable[[], T]) -> T:
        """Read the log in a thread of its own: nobody who writes waits for it."""
        try:
            reading = asyncio.get_running_loop().run_in_executor(self._reader, work)
        except RuntimeError as error:
            raise LogError(f"the desk of {self.hall} is not open") from error
        return await reading

    # Working through the line.

    @property
    def _works(self) -> bool:
        return self._work is not None and not self._work.done()

    async def _run(self) -> None:
        taken: list[Waiting] = []
        try:
            while self._taking or self._line:
                await self._wait()
                await self._look()
                taken = self._take()
                if taken:
                    await self._rounds.settle(taken)
                    self._turn_away_if_lost()
        finally:
            stopped = LogError(f"the desk of {self.hall} has stopped")
            for waiting in (*taken, *self._line):
                waiting.fail(stopped)
            self._line.clear()
            release(self._lookers, stopped)

    async def _wait(self) -> None:
        """Wait for a command, or until it is time to look for a lost log again."""
        if self._line or self._lookers or not self._taking:
            return
        if self._books.trusted and self._books.is_behind:
            return
        self._wake.clear()
        if self._books.trusted:
            await self._wake.wait()
        else:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), self._retry_seconds)

    async def _look(self) -> None:
        """Read on, or anew, if there is a reason and no command will do it anyway."""
        lookers, self._lookers = self._lookers, []
        if self._line and not lookers:
            return
        try:
            if lookers and self._books.trusted:
                await self._rounds.read_on()
            else:
                await self._rounds.look()
        except LogError as error:
            release(lookers, error)
        except BaseException:
            release(lookers, LogError(f"the desk of {self.hall} has stopped"))
            raise
        else:
            release(lookers)

    def _turn_away_if_lost(self) -> None:
        """Let nobody wait for a log that may take long each time to be out of reach."""
        if self._books.lost:
            for waiting in self._line:
                waiting.fail(LogError(f"the log of {self.hall} cannot be reached"))
            self._line.clear()

    def _take(self) -> list[Waiting]:
        taken = min(len(self._line), self._batch_limit)
        self.figures.commands += taken
        self.figures.largest_batch = max(self.figures.largest_batch, taken)
        return [self._line.popleft() for _ in range(taken)]


def release(lookers: list[asyncio.Future[None]], error: LogError | None = None) -> None:
    """Let those go on who waited until the desk knew everything."""
    for looker in lookers:
        if looker.done():
            continue
        if error is None:
            looker.set_result(None)
        else:
            looker.set_exception(LogError(str(error)))
