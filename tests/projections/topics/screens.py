"""A hall whose topics are all followed: each screen keeps its own picture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from projections.live_hall import LiveHall
from projections.topics.followed import FollowedTopics, TopicChanges
from projections.topics.names import Topic, parse_topic
from projections.topics.reduce import reduce
from projections.topics.ticket import TicketView
from queue_core.events import Event
from tests.queue_core.rules.hall import Hall


def by_wire(value: Any) -> Any:
    """Return a value as it arrives at the other end of the link."""
    return msgspec.msgpack.decode(msgspec.msgpack.encode(value))


class Screens:
    """The followed topics of a hall, and what their screens show."""

    def __init__(self, *topics: str, shows_badges: bool = False) -> None:
        self.live = LiveHall()
        self.followed = FollowedTopics("city", self.live, shows_badges=shows_badges)
        self.pictures: dict[Topic, Any] = {}
        self.version = 0
        for topic in topics:
            self.follow(topic)

    def follow(self, name: str) -> None:
        """Follow a topic from its present state."""
        topic = parse_topic(name)
        self.followed.follow(topic)
        self.pictures[topic] = by_wire(self.followed.state(topic))

    def see(self, *events: Event) -> dict[str, list[Any]]:
        """Take the events in as one commit; return the changes by topic."""
        entries = []
        for event in events:
            self.version += 1
            entries.append((self.version, event))
        return {c.topic.name: c.changes or [] for c in self.take(entries)}

    def take(self, entries: list[tuple[int, Event]]) -> list[TopicChanges]:
        """Take versions and events in as one commit and draw the changes."""
        found = list(self.followed.advance(entries))
        for topic, changes in found:
            if changes is None:
                self.pictures[topic] = by_wire(self.followed.state(topic))
            else:
                picture = self.pictures[topic]
                self.pictures[topic] = reduce(topic.name, picture, by_wire(changes))
        for view, ahead in self._moves():
            topic = Topic("ticket", "", view.ticket.ticket)
            found.append(TopicChanges(topic, [[1, ahead]]))
            self.pictures[topic] = reduce(
                topic.name, self.pictures[topic], [[1, ahead]]
            )
        return found

    def _moves(self) -> Iterator[tuple[TicketView, int]]:
        """Note and return whom the commit has moved up or down a line."""
        while self.followed.moved:
            for view, ahead in self.followed.moves():
                if view is not None and view.ahead != ahead:
                    view.ahead, view.as_of = ahead, self.live.version
                    yield view, ahead

    def see_all(self, hall: Hall) -> dict[str, list[Any]]:
        """Take in what has happened in the hall since, as one commit."""
        return self.see(*hall.log[self.version :])

    def require_true_pictures(self) -> None:
        """Pass if every screen shows what a screen that starts now would show."""
        for topic, picture in self.pictures.items():
            assert picture == by_wire(self.followed.state(topic)), topic
