"""A hall behind the link: its day, the day's epoch, its followed topics."""

from __future__ import annotations

import datetime as dates
import string
from typing import TYPE_CHECKING, NamedTuple

from projections.live_hall import LiveHall
from projections.topics.followed import FollowedTopics
from queue_core.events import EvaluationGiven, Event, HallDayEvent
from queue_core.log.streams import date_of


if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from projections.topics.names import Topic
    from queue_core.log.event_log import Recorded

NO_DAY = "000"
"""Begins the epoch of a hall that has not opened a day yet."""

DIGITS = string.digits + string.ascii_lowercase


class Commit(NamedTuple):
    """Events of one hall's day that were recorded together."""

    date: str
    entries: list[tuple[int, Event]]


class LinkedHall:
    """The live picture of a hall's present day, and what is followed of it."""

    def __init__(self, hall: str, mark: str, *, shows_badges: bool = False) -> None:
        self.hall = hall
        self.mark = mark
        """Tells this run of the server from earlier ones."""
        self.shows_badges = shows_badges
        self.in_doubt = False
        """Whether the record may hold what is not shown, as when it is out of reach."""
        self.date = ""
        self.start_day("")

    def start_day(self, date: str) -> None:
        """Forget the day before; nothing is followed yet of the new one."""
        self.date = date
        self.live = LiveHall()
        self.followed = FollowedTopics(
            self.hall, self.live, shows_badges=self.shows_badges
        )
        self.retired: dict[Topic, int] = {}
        """The last seq of topics that nobody follows any longer."""

    @property
    def epoch(self) -> str:
        """The epoch of the day: its date in three digits, and the server's mark."""
        return f"{short_date(self.date) if self.date else NO_DAY}{self.mark}"

    def commits(self, batch: Iterable[Recorded]) -> Iterator[Commit]:
        """Divide what was recorded by days; earlier days are no longer shown."""
        date, entries = self.date, list[tuple[int, Event]]()
        for recorded in batch:
            event = recorded.event
            if isinstance(event, HallDayEvent):
                event_date = date_of(recorded.stream)
            elif isinstance(event, EvaluationGiven):
                event_date = event.date
            else:
                continue
            if event_date > date and isinstance(event, HallDayEvent):
                if entries:
                    yield Commit(date, entries)
                date, entries = event_date, []
            if event_date == date:
                entries.append((recorded.version, event))
        if entries:
            yield Commit(date, entries)


def short_date(date: str) -> str:
    """Return the days since 1970 in base 36; every frame carries them."""
    days = (
        dates.date.fromisoformat(date).toordinal() - dates.date(1970, 1, 1).toordinal()
    )
    return "".join(DIGITS[days // unit % 36] for unit in (36 * 36, 36, 1))


def hall_of(recorded: Recorded) -> str:
    """Return the hall an event belongs to; empty for what the link does not show."""
    if isinstance(recorded.event, EvaluationGiven):
        return recorded.event.hall
    if isinstance(recorded.event, HallDayEvent):
        return recorded.stream.split("/")[1]
    return ""
