"""Which screens follow what, and how old the picture is that they have drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple


if TYPE_CHECKING:
    from collections.abc import Callable

    from projections.topics.names import Topic

    from .channel import Channel, Reader


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


class Screens:
    """The reports of all readers, by reader and topic."""

    def __init__(self, steady: Callable[[], float]) -> None:
        self.steady = steady
        """Seconds of a clock that never goes back."""
        self._reports: dict[tuple[Reader, Topic], Report] = {}

    def note(self, reader: Reader, topic: Topic, epoch: str, seq: int) -> None:
        """Keep what a reader has drawn."""
        self._reports[reader, topic] = Report(epoch, seq, self.steady())

    def forget(self, reader: Reader, topic: Topic) -> None:
        """Forget a reader that follows the topic no longer."""
        self._reports.pop((reader, topic), None)

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
