"""What phones are still to be told: later than all others, and in slices.

There may be thousands, and one call moves all who wait behind it. Changes of a ticket
itself come first; then the people ahead are counted, one line at a time, however many
commits have touched the line meanwhile.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from .channel import Channel, Counts, add_pending
from .fan_out import deliver
from .press import NUMBERS, delta_head, packed


if TYPE_CHECKING:
    from collections.abc import Iterator

    from projections.topics.touched import Move

    from .halls import LinkedHall
    from .press import Press


class Phones:
    """The phones' channels, and what waits for them."""

    def __init__(self, press: Press, counts: Counts) -> None:
        self.press = press
        self.counts = counts
        self._changed: dict[Channel, None] = {}
        """Channels with changes of the ticket itself."""
        self._halls: dict[LinkedHall, None] = {}
        """Halls in which people have moved up or down their lines."""
        self._moves: Iterator[Move] | None = None
        """Who is told next how many people are ahead, in the line that is served."""
        self._hall: LinkedHall | None = None
        """The hall of that line."""
        self._version = 0
        """The version at which they were counted."""
        self._beats: deque[Channel] = deque()

    @property
    def is_due(self) -> bool:
        """Tell whether some phones are still to be told something."""
        return bool(self._changed or self._moves is not None or self._halls)

    # What is to be told.

    def add(self, channel: Channel) -> None:
        """Serve the channel of a phone."""
        view = channel.hall.followed.tickets[channel.topic.place]
        channel.view = view
        view.listener = channel

    def remove(self, channel: Channel) -> None:
        """Serve the channel no longer."""
        assert channel.view is not None
        self._changed.pop(channel, None)
        channel.view.listener = None

    def note(self, channel: Channel, changes: list[list[Any]]) -> None:
        """Note changes of a ticket."""
        add_pending(channel.pending, changes)
        self._changed[channel] = None

    def note_moves(self, hall: LinkedHall) -> None:
        """Note that people may have moved in the lines of a hall."""
        if hall.followed.moved:
            self._halls[hall] = None

    def end_day(self, hall: LinkedHall) -> None:
        """Send what has changed of a hall's tickets; nobody moves there any more."""
        for channel in [c for c in self._changed if c.hall is hall]:
            self.flush(channel)
        self._halls.pop(hall, None)
        if self._hall is hall:
            self._moves = None

    # Telling.

    def serve(self, limit: int) -> bool:
        """Send phones their changes, about ``limit`` frames; True if more is due."""
        while self._changed and limit > 0:
            limit -= 1 + self.flush(next(iter(self._changed)))
        while limit > 0 and self._has_moves():
            limit -= self._serve_moves(limit)
        return self.is_due

    def flush(self, channel: Channel) -> int:
        """Send all that waits for one phone; return how many frames that were."""
        assert channel.view is not None
        self._changed.pop(channel, None)
        changes, channel.pending = channel.pending, []
        changes += channel.view.catch_up()
        if not changes:
            return 0
        written = deliver([(channel, channel.advance(self.press, changes))])
        self.counts.frames += written
        return written

    def beat_soon(self, channel: Channel) -> None:
        """Let a phone's heartbeat be due."""
        self._beats.append(channel)

    def serve_beats(self, limit: int) -> bool:
        """Send phones their heartbeats, about ``limit``; True if more is due."""
        while self._beats and limit > 0:
            channel = self._beats.popleft()
            assert channel.view is not None
            if channel.current and channel.view.listener is channel:
                written = channel.beat(self.press.heartbeat(channel))
                self.counts.frames += written
                limit -= 1 + written
        return bool(self._beats)

    def _has_moves(self) -> bool:
        """Begin with the next line, if none is being served; False if there is none."""
        if self._moves is None and self._halls:
            hall = self._hall = next(iter(self._halls))
            self._version = hall.live.version
            self._moves = hall.followed.moves()
            if not hall.followed.moved:
                del self._halls[hall]
        return self._moves is not None

    def _serve_moves(self, limit: int) -> int:
        """Tell some how many people are ahead; return how much of the limit that was.

        All frames are made before the first is written: whoever reads has so much to
        do meanwhile that it need not be woken for each.
        """
        deltas = self._moved(limit)
        self.counts.frames += deliver(deltas)
        return len(deltas) or 1

    def _moved(self, limit: int) -> list[tuple[Channel, bytes]]:
        """Return the deltas of some who have moved, as ``Press.delta`` would make them.

        Nothing is called here that need not be: a call moves thousands.
        """
        assert self._moves is not None
        version, middle = self._version, self.press.moved(self._version)
        headers, numbers, join = self.press.headers, NUMBERS, b"".join
        deltas: list[tuple[Channel, bytes]] = []
        for view, ahead in self._moves:
            # Who has been told something newer must not hear of this any more.
            if view is None or view.ahead == ahead or view.as_of > version:
                continue
            channel: Channel | None = view.listener
            if channel is None:
                continue
            view.ahead, view.as_of = ahead, version
            channel.seq = seq = channel.seq + 1
            head = channel.head or delta_head(channel)
            try:
                data = join((head, numbers[seq], middle, numbers[ahead]))
            except IndexError:
                data = join((head, packed(seq), middle, packed(ahead)))
            deltas.append((channel, headers[len(data)] + data))
            if len(deltas) == limit:
                return deltas
        self._moves = None
        return deltas
