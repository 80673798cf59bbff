"""Commits in, frames out: who is sent what, and in which order.

The hub runs in the link's own thread and does no I/O but through its readers. A frame
is encoded once and written to all who follow the topic. Boards and signs come first,
then consoles and managers; phones are served afterwards, in slices (``phones.py``), and
not more often than they can use. A reader that is slow is left out until it has drained
and then brought up to date in one piece: first load, reconnect and slow reader are one
path.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from .access import TryLater
from .channel import NOTHING, Channel, Counts, Reader
from .fan_out import deliver
from .halls import Commit, LinkedHall, hall_of
from .phones import Phones
from .protocol import TOPIC_UNKNOWN, Refusal
from .screens import Screens


if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from projections.topics.names import Topic
    from queue_core.log.event_log import Recorded

    from .press import Press

ALWAYS_DELTAS = 2 * 1024
"""Up to so many bytes, missed deltas are preferred: they tell every announcement."""

IDLE_BEATS = 12
"""After so many heartbeats without a reader a topic is no longer followed."""

DAY_OVER = Refusal("ticket-ended", "the day of this ticket is over")


class Hub:
    """All topics of all halls of one server, and who follows them."""

    def __init__(self, press: Press, *, mark: str, steady: Callable[[], float]) -> None:
        self.press = press
        self.mark = mark
        """Four hexadecimal digits that tell this run of the server from others."""
        self.halls: dict[str, LinkedHall] = {}
        self.closed: set[str] = set()
        """Halls whose record cannot be read: nobody knows what they would show."""
        self.channels: dict[Topic, Channel] = {}
        self.topics_of: dict[Reader, dict[Topic, None]] = {}
        self.counts = Counts()
        self.phones = Phones(press, self.counts)
        self.screens = Screens(steady)

    # What happens in the halls.

    def add_hall(
        self, hall: str, history: Iterable[Recorded] = (), *, shows_badges: bool = False
    ) -> None:
        """Serve a hall, as it stands after ``history``."""
        linked = LinkedHall(hall, self.mark, shows_badges=shows_badges)
        self.halls[hall] = linked
        for commit in linked.commits(history):
            self._take(linked, commit)

    def publish(self, batch: Sequence[Recorded]) -> None:
        """Take in what was recorded and tell the readers, phones excepted.

        If ``phones.is_due`` afterwards, ``phones.serve`` is to be called soon.
        """
        for hall, events in groupby(batch, key=hall_of):
            linked = self.halls.get(hall)
            if linked is not None:
                for commit in linked.commits(events):
                    self._take(linked, commit)

    def _take(self, linked: LinkedHall, commit: Commit) -> None:
        if commit.date != linked.date:
            self._start_day(linked, commit)
            return
        for topic, changes in linked.followed.advance(commit.entries):
            channel = self.channels[topic]
            if changes is None:
                self._restart(channel, channel.seq + 1)
            elif channel.is_phone:
                self.phones.note(channel, changes)
            else:
                delta = channel.advance(self.press, changes)
                self.counts.frames += deliver([(channel, delta)])
        self.phones.note_moves(linked)

    def _start_day(self, linked: LinkedHall, commit: Commit) -> None:
        self.phones.end_day(linked)
        linked.start_day(commit.date)
        linked.followed.advance(commit.entries)
        for channel in [c for c in self.channels.values() if c.hall is linked]:
            if channel.is_phone:
                self._end(channel, DAY_OVER)
            elif not linked.followed.knows(channel.topic):
                self._end(channel, TOPIC_UNKNOWN)
            else:
                linked.followed.follow(channel.topic)
                self._restart(channel, 0)

    def doubt(self, hall: str, in_doubt: bool) -> None:
        """Say whether the record may hold what is not shown of a hall.

        All who follow it are told at once; phones with ``phones.serve_beats``.
        """
        linked = self.halls[hall]
        if linked.in_doubt == in_doubt:
            return
        linked.in_doubt = in_doubt
        for channel in self.channels.values():
            if channel.hall is not linked:
                continue
            if channel.is_phone:
                self.phones.beat_soon(channel)
            else:
                self._beat(channel)

    # What readers want.

    def subscribe(
        self, reader: Reader, topic: Topic, epoch: str, seq: int
    ) -> Refusal | None:
        """Let a reader follow a topic from what it has; None if it is served.

        Raises:
            TryLater: the topic belongs, or may belong, to a hall that is closed.
        """
        channel = self.channels.get(topic) or self._open(topic)
        if channel is None:
            if topic.hall in self.closed or (topic.kind == "ticket" and self.closed):
                raise TryLater("the hall is closed")
            return TOPIC_UNKNOWN
        self._flush(channel)
        channel.place(reader, NOTHING)
        self.topics_of.setdefault(reader, {})[topic] = None
        self._bring(reader, channel, epoch, seq)
        return None

    def unsubscribe(self, reader: Reader, topic: Topic) -> None:
        """Let a reader follow a topic no longer."""
        topics = self.topics_of.get(reader, {})
        if topic in topics:
            del topics[topic]
            self.channels[topic].remove(reader)
            self.screens.forget(reader, topic)

    def leave(self, reader: Reader) -> None:
        """Forget a reader whose connection is gone."""
        for topic in list(self.topics_of.get(reader, ())):
            self.unsubscribe(reader, topic)
        self.topics_of.pop(reader, None)

    def drained(self, reader: Reader) -> None:
        """Bring a reader that was slow up to date again."""
        for topic in list(self.topics_of.get(reader, ())):
            channel = self.channels[topic]
            self._flush(channel)
            sent = channel.sent_to(reader)
            if sent != channel.seq:
                self.counts.conflated += 1
                epoch = channel.epoch if sent != NOTHING else ""
                self._bring(reader, channel, epoch, sent)

    def drew(self, reader: Reader, topic: Topic, epoch: str, seq: int) -> None:
        """Keep what a reader has drawn of a topic it follows."""
        if topic in self.topics_of.get(reader, ()):
            self.screens.note(reader, self.channels[topic], epoch, seq)

    def refusal(self, name: str, refusal: Refusal) -> bytes:
        """Return the frame that refuses a topic."""
        self.counts.refused += 1
        return self.press.refusal(name, refusal)

    # What is due from time to time.

    def beat(self) -> None:
        """Tell all readers but phones where their topics stand; phones are due."""
        for channel in list(self.channels.values()):
            channel.snapshot = None
            channel.idle_beats = 0 if channel.is_followed else channel.idle_beats + 1
            if channel.idle_beats > IDLE_BEATS:
                self._retire(channel)
            elif channel.is_phone:
                self.phones.beat_soon(channel)
            else:
                self._beat(channel)

    # Channels.

    def _open(self, topic: Topic) -> Channel | None:
        hall = self._hall_of(topic)
        if hall is None or not hall.followed.knows(topic):
            return None
        # A topic that was followed before must not give out a seq again.
        seq = hall.retired.pop(topic, -1) + 1
        hall.followed.follow(topic)
        channel = self.channels[topic] = Channel(hall, topic, hall.epoch, seq)
        if channel.is_phone:
            self.phones.add(channel)
        return channel

    def _hall_of(self, topic: Topic) -> LinkedHall | None:
        if topic.kind != "ticket":
            return self.halls.get(topic.hall)
        has = (hall for hall in self.halls.values() if hall.followed.knows(topic))
        return next(has, None)

    def _retire(self, channel: Channel) -> None:
        channel.hall.followed.unfollow(channel.topic)
        channel.hall.retired[channel.topic] = channel.seq
        self._drop(channel)

    def _end(self, channel: Channel, refusal: Refusal) -> None:
        """Serve the topic to nobody any longer, and say so."""
        data = self.refusal(channel.name, refusal)
        for reader in channel.readers():
            reader.write(data)
            reader.ended(channel.topic)
            self.unsubscribe(reader, channel.topic)
        self._drop(channel)

    def _drop(self, channel: Channel) -> None:
        if channel.is_phone:
            self.phones.remove(channel)
        del self.channels[channel.topic]

    # Frames.

    def _bring(self, reader: Reader, channel: Channel, epoch: str, seq: int) -> None:
        """Send a reader what it misses after (epoch, seq): deltas or a snapshot."""
        missed = channel.missed_since(epoch, seq)
        if reader.is_paused:
            channel.place(reader, NOTHING if missed is None else seq)
            return
        channel.place(reader, channel.seq)
        if missed == []:
            reader.write(self.press.heartbeat(channel))
            return
        size = sum(map(len, missed)) if missed else 0
        is_long = size > ALWAYS_DELTAS and size > len(self.press.snapshot(channel))
        if not missed or is_long:
            self.counts.snapshots += 1
            reader.write(self.press.snapshot(channel))
        else:
            reader.write(b"".join(missed))
        self.counts.frames += 1
        if channel.hall.in_doubt:
            reader.write(self.press.heartbeat(channel))

    def _restart(self, channel: Channel, seq: int) -> None:
        """Send a snapshot to all: no change could tell what is different now."""
        channel.restart(channel.hall.epoch, seq)
        for reader in channel.readers():
            self._bring(reader, channel, "", 0)

    def _flush(self, channel: Channel) -> None:
        """Let whoever follows the channel already stand where it stands."""
        if channel.is_phone:
            self.phones.flush(channel)

    def _beat(self, channel: Channel) -> None:
        if channel.current:
            self.counts.frames += channel.beat(self.press.heartbeat(channel))
