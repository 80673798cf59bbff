"""Which screens follow what, and how old the picture is that they have drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from projections.screens import Watched


if TYPE_CHECKING:
    from collections.abc import Callable

    from projections.topics.names import Topic

    from .channel import Channel, Reader

SILENT_SECONDS = 15.0
"""A screen reports with every heartbeat: so long without one, it is not well."""

MISSED_SECONDS = 2 * 60 * 60.0
"""So long a screen that has gone is missed; then it was meant to go."""


class Screen(NamedTuple):
    """What one screen last reported for one topic."""

    topic: str
    epoch: str
    drawn_seq: int
    current_epoch: str
    current_seq: int
    age_seconds: float
    """Since the report."""

    @property
    def is_behind(self) -> bool:
        """Tell whether it had not drawn what the link now stands at."""
        drawn = (self.epoch, self.drawn_seq)
        return drawn != (self.current_epoch, self.current_seq)


class Report(NamedTuple):
    """One report: what was drawn, and when that was told."""

    epoch: str
    seq: int
    told_at: float
    behind_since: float | None
    """When it first told of an old picture; None while it tells of the newest."""


class Screens:
    """The reports of all readers, by reader and topic."""

    def __init__(self, steady: Callable[[], float]) -> None:
        self.steady = steady
        """Seconds of a clock that never goes back."""
        self._reports: dict[tuple[Reader, Topic], Report] = {}
        self._there: dict[Topic, int] = {}
        """How many screens of a topic there are now."""
        self._most: dict[Topic, int] = {}
        """How many there were at a time, less those that are missed no longer."""
        self._gone_at: dict[Topic, float] = {}

    def note(self, reader: Reader, channel: Channel, epoch: str, seq: int) -> None:
        """Keep what a reader has drawn of a channel's topic."""
        topic, now = channel.topic, self.steady()
        before = self._reports.get((reader, topic))
        behind_since = None
        if (epoch, seq) != (channel.epoch, channel.seq):
            behind_since = now
            if before is not None and before.behind_since is not None:
                behind_since = before.behind_since
        self._reports[reader, topic] = Report(epoch, seq, now, behind_since)
        if before is None:
            self._there[topic] = there = self._there.get(topic, 0) + 1
            self._most[topic] = max(there, self._most.get(topic, 0))

    def forget(self, reader: Reader, topic: Topic) -> None:
        """Forget a reader that follows the topic no longer; it is missed."""
        if self._reports.pop((reader, topic), None) is not None:
            self._there[topic] -= 1
            self._gone_at[topic] = self.steady()

    def listed(self, channels: dict[Topic, Channel]) -> list[Screen]:
        """Return all screens that have reported, by topic."""
        now = self.steady()
        found = [
            Screen(
                topic=topic.name,
                epoch=report.epoch,
                drawn_seq=report.seq,
                current_epoch=channels[topic].epoch,
                current_seq=channels[topic].seq,
                age_seconds=now - report.told_at,
            )
            for (_, topic), report in self._reports.items()
            if topic in channels
        ]
        found.sort(key=lambda screen: (screen.topic, -screen.age_seconds))
        return found

    def watched(self, hall: str) -> list[Watched]:
        """Return how the screens of a hall are, topic by topic."""
        now = self.steady()
        stale: dict[Topic, list[float]] = {}
        for (_, topic), report in self._reports.items():
            seconds = self._stale_seconds(report, now)
            if topic.hall == hall and seconds:
                stale.setdefault(topic, []).append(seconds)
        topics = [topic for topic in self._most if topic.hall == hall]
        for topic in topics:
            self._miss_no_longer(topic, now)
        return [
            Watched(
                topic=topic,
                screens=self._there[topic],
                stale=len(stale.get(topic, ())),
                stale_seconds=max(stale.get(topic, ()), default=0.0),
                missing=(missing := self._most[topic] - self._there[topic]),
                missing_seconds=now - self._gone_at[topic] if missing else 0.0,
            )
            for topic in sorted(topics)
            if self._most[topic]
        ]

    def _stale_seconds(self, report: Report, now: float) -> float:
        silent = now - report.told_at
        if silent >= SILENT_SECONDS:
            return silent
        if report.behind_since is None:
            return 0.0
        # Between a change and the next heartbeat every screen is behind for a moment.
        behind = now - report.behind_since
        return behind if behind >= SILENT_SECONDS else 0.0

    def _miss_no_longer(self, topic: Topic, now: float) -> None:
        gone_at = self._gone_at.get(topic)
        if gone_at is not None and now - gone_at >= MISSED_SECONDS:
            self._most[topic] = self._there[topic]
