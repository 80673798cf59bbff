"""The client's side of the live link, without I/O and without a clock.

A ``Client`` is told what happens (the socket is open, a frame arrived, time passed) and
answers with a ``Reaction``: frames to send, pictures that changed, when to come back.
The pages do the same in TypeScript; ``tests/link_vectors/protocol.json`` holds both to
one behaviour. Local times are milliseconds of any steady clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from projections.topics.reduce import State, reduce
from projections.topics.relative import turned

from .frames import (
    DELTA,
    DRAWN,
    HEARTBEAT,
    HELLO,
    POLICY,
    REFUSED,
    SIGNED_OUT,
    SNAPSHOT,
    SUBSCRIBE,
    UNSUBSCRIBE,
    WELCOME,
    Frame,
)


if TYPE_CHECKING:
    from collections.abc import Callable

STAY_AWAY = frozenset({POLICY, SIGNED_OUT})
"""Close codes after which a client does not come back."""

FIRST_DELAY = 1_000
LONGEST_DELAY = 30_000
STALE_GRACE = 2_500
"""How much later than the heartbeat a picture counts as stale (milliseconds)."""
SILENT_HEARTBEATS = 3
"""After so many heartbeats with nothing heard at all, the link is dead."""


class Update(NamedTuple):
    """A picture changed; ``changes`` is None for a snapshot."""

    topic: str
    how: Literal["snapshot", "delta"]
    version: int
    changes: list[Any] | None


class TopicRefused(NamedTuple):
    """The server does not serve the topic to this client."""

    topic: str
    code: str
    message: str


@dataclass(slots=True)
class Reaction:
    """What a client does about something that happened."""

    send: list[Frame] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    refused: list[TopicRefused] = field(default_factory=list)
    stale: list[tuple[str, bool]] = field(default_factory=list)
    reconnect_in: int | None = None
    ended: int | None = None
    drop: bool = False


@dataclass(slots=True, eq=False)
class Picture:
    """What a client knows of a topic."""

    topic: str
    secret: str = ""
    epoch: str = ""
    seq: int = 0
    version: int = 0
    state: State | None = None
    sent_at: int = 0
    """The hall's time at which the picture was last confirmed."""
    confirmed: int = 0
    """The same by the local clock."""
    is_stale: bool = False
    asked: int | None = None
    """When it asked for what it misses, by the local clock; None: it misses nothing."""
    drawn: tuple[str, int] | None = None
    """The epoch and seq that the page has drawn."""


class Client:
    """Follows topics over one link that may break and come back."""

    def __init__(
        self, hello: dict[str, Any], *, random: Callable[[], float], now: int = 0
    ) -> None:
        self.hello = hello
        self.random = random
        self.now = now
        self.pictures: dict[str, Picture] = {}
        self.is_open = False
        self.is_dropped = False
        self.attempts = 0
        self.heartbeat = 5_000
        self.heard = now
        self.hall_time: tuple[int, int, float] | None = None
        """(local time, hall's time, speed) as of the last welcome."""

    # What the page wants.

    def follow(self, topic: str, secret: str = "") -> Reaction:
        """Follow a topic from now on."""
        reaction = Reaction()
        if topic not in self.pictures:
            picture = self.pictures[topic] = Picture(topic, secret)
            if self.is_open:
                reaction.send.append(self._subscription(picture))
        return reaction

    def unfollow(self, topic: str) -> Reaction:
        """Follow a topic no longer."""
        reaction = Reaction()
        if self.pictures.pop(topic, None) is not None and self.is_open:
            reaction.send.append(Frame(UNSUBSCRIBE, topic, "", 0, 0, None))
        return reaction

    def drawn(self, topic: str, seq: int) -> None:
        """Note that the page has drawn a topic; the next heartbeat reports it."""
        picture = self.pictures.get(topic)
        if picture is not None:
            picture.drawn = (picture.epoch, seq)

    def hall_now(self, now: int) -> int | None:
        """Return the hall's time, or None before the first welcome."""
        if self.hall_time is None:
            return None
        local, hall, speed = self.hall_time
        return hall + round((now - local) * speed)

    # What happens.

    def opened(self, now: int) -> Reaction:
        """The socket is open: say hello and ask for every followed topic."""
        self.now = self.heard = now
        self.is_open, self.is_dropped = True, False
        hello = Frame(HELLO, "", "", 0, 0, self.hello)
        asked = map(self._subscription, self.pictures.values())
        return Reaction(send=[hello, *asked])

    def receive(self, frame: Frame, now: int) -> Reaction:
        """A frame arrived."""
        self.now = self.heard = now
        reaction = Reaction()
        if frame.kind == WELCOME:
            server_now, speed, heartbeat_seconds = frame.body
            self.hall_time = (now, server_now, speed)
            self.heartbeat = round(heartbeat_seconds * 1000)
            self.attempts = 0
            return reaction
        picture = self.pictures.get(frame.topic)
        if picture is None:
            return reaction
        if frame.kind == SNAPSHOT:
            self._adopt(picture, frame, reaction)
        elif frame.kind == DELTA:
            self._apply(picture, frame, reaction)
        elif frame.kind == HEARTBEAT:
            self._check(picture, frame, reaction)
        elif frame.kind == REFUSED:
            del self.pictures[frame.topic]
            reaction.refused.append(TopicRefused(frame.topic, *frame.body))
        return reaction

    def passed(self, now: int) -> Reaction:
        """Time passed: pictures turn stale, a silent link is dropped."""
        self.now = now
        reaction = Reaction()
        for picture in self.pictures.values():
            unconfirmed = now - picture.confirmed
            is_old = unconfirmed > self.heartbeat + STALE_GRACE
            if is_old and picture.state is not None:
                self._doubt(picture, reaction)
        silence = now - self.heard
        if self.is_open and not self.is_dropped:
            self.is_dropped = silence > SILENT_HEARTBEATS * self.heartbeat
            reaction.drop = self.is_dropped
        return reaction

    def lost(self, code: int, now: int) -> Reaction:
        """The socket is closed: come back after a while, or stay away."""
        self.now = now
        self.is_open = False
        if code in STAY_AWAY:
            return Reaction(ended=code)
        longest = min(LONGEST_DELAY, FIRST_DELAY * 2 ** min(self.attempts, 10))
        self.attempts += 1
        return Reaction(reconnect_in=int(self.random() * longest))

    # What a frame means to a picture.

    def _adopt(self, picture: Picture, frame: Frame, reaction: Reaction) -> None:
        picture.version, picture.state = frame.body
        picture.epoch, picture.seq = frame.epoch, frame.seq
        self._confirm(picture, frame, reaction)
        update = Update(picture.topic, "snapshot", picture.version, None)
        reaction.updates.append(update)

    def _apply(self, picture: Picture, frame: Frame, reaction: Reaction) -> None:
        fits_epoch = picture.state is not None and frame.epoch == picture.epoch
        if fits_epoch and frame.seq <= picture.seq:
            return
        if picture.state is None or not fits_epoch or frame.seq != picture.seq + 1:
            self._ask(picture, reaction)
            return
        picture.version, told = frame.body
        changes = turned(picture.topic, told, picture.version, frame.sent_at)
        picture.state = reduce(picture.topic, picture.state, changes)
        picture.seq = frame.seq
        self._confirm(picture, frame, reaction)
        update = Update(picture.topic, "delta", picture.version, changes)
        reaction.updates.append(update)

    def _check(self, picture: Picture, frame: Frame, reaction: Reaction) -> None:
        is_same = (frame.epoch, frame.seq) == (picture.epoch, picture.seq)
        if picture.state is None or not is_same:
            self._ask(picture, reaction)
            return
        if frame.body is None:
            # Nobody can tell whether it is the newest.
            self._doubt(picture, reaction)
        else:
            self._confirm(picture, frame, reaction)
        if picture.drawn is not None:
            epoch, seq = picture.drawn
            reaction.send.append(Frame(DRAWN, picture.topic, epoch, seq, 0, None))

    def _confirm(self, picture: Picture, frame: Frame, reaction: Reaction) -> None:
        picture.confirmed = self.now
        picture.sent_at = frame.sent_at
        picture.asked = None
        if picture.is_stale:
            picture.is_stale = False
            reaction.stale.append((picture.topic, False))

    def _doubt(self, picture: Picture, reaction: Reaction) -> None:
        if not picture.is_stale:
            picture.is_stale = True
            reaction.stale.append((picture.topic, True))

    def _ask(self, picture: Picture, reaction: Reaction) -> None:
        """Ask for what is missing: once, and again after a heartbeat without it."""
        asked = picture.asked
        if asked is None or self.now - asked >= self.heartbeat:
            reaction.send.append(self._subscription(picture))

    def _subscription(self, picture: Picture) -> Frame:
        picture.asked = self.now
        body = {"secret": picture.secret} if picture.secret else {}
        return Frame(SUBSCRIBE, picture.topic, picture.epoch, picture.seq, 0, body)
