"""The followed topics of one hall: their states, and their changes per commit.

Only what somebody follows is computed, and each thing once: a row that many consoles
show alike is made once. Calls, windows and tickets change event by event, so that a
call, its recall and the citizen's arrival within one commit are three changes; counts
and figures change once per commit. The people ahead change whenever somebody asks for
the ``moves`` of the lines that were touched, however many commits that were.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .board import BoardView, board_state
from .console import ConsoleView, Rows, console_state
from .manager import ManagerView, manager_state
from .names import Topic
from .ticket import TicketView, ticket_state
from .touched import Move, TicketsByLine, Touched
from .window import WindowView, window_state


if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from projections.live.effects import Effects
    from projections.live.places import LineKey
    from projections.live_hall import LiveHall
    from queue_core.events import Event


class TopicChanges(NamedTuple):
    """The changes of one topic by one commit; None: only a snapshot tells them."""

    topic: Topic
    changes: list[list[Any]] | None


class FollowedTopics:
    """Turns the commits of one hall-day into the changes of the followed topics."""

    def __init__(
        self, hall: str, live: LiveHall, *, shows_badges: bool = False
    ) -> None:
        self.hall = hall
        self.live = live
        self.shows_badges = shows_badges
        self.topics: dict[Topic, None] = {}
        self.boards: dict[str, BoardView] = {}
        self.windows: dict[str, WindowView] = {}
        self.consoles: dict[str, ConsoleView] = {}
        self.tickets: dict[str, TicketView] = {}
        self.manager: ManagerView | None = None
        self.moved: dict[LineKey, None] = {}
        """Lines in which followed tickets may have other people ahead of them."""
        self._by_line = TicketsByLine()

    def knows(self, topic: Topic) -> bool:
        """Tell whether the topic exists. Before the day opens any window may."""
        if topic.kind == "ticket":
            return topic.place in self.live.tickets
        if topic.kind == "board" and topic.place:
            return self.live.rules is None or topic.place in self.live.zone_order
        if topic.kind in ("window", "console"):
            return self.live.rules is None or topic.place in self.live.windows
        return True

    def state(self, topic: Topic) -> list[Any]:
        """Return the state of a known topic as of the live hall's version."""
        match topic.kind:
            case "board":
                return board_state(self.live, topic.place)
            case "window":
                return window_state(
                    self.live, topic.place, shows_badge=self.shows_badges
                )
            case "ticket":
                return ticket_state(self.live, self.live.tickets[topic.place])
            case "console":
                return console_state(self.live, topic.place)
            case "manager":
                return manager_state(self.live)

    def follow(self, topic: Topic) -> None:
        """From now on gather the changes of a known topic."""
        self.topics[topic] = None
        place = topic.place
        match topic.kind:
            case "board":
                self.boards[place] = BoardView(self.live, place)
            case "window":
                self.windows[place] = WindowView(
                    self.live, place, shows_badge=self.shows_badges
                )
            case "console" if place in self.live.windows:
                self.consoles[place] = ConsoleView(self.live, self.live.windows[place])
            case "ticket":
                self.tickets[place] = view = TicketView(
                    self.live, self.live.tickets[place]
                )
                self._by_line.place(view)
            case "manager":
                self.manager = ManagerView(self.live)

    def unfollow(self, topic: Topic) -> None:
        """Gather the changes of the topic no longer."""
        self.topics.pop(topic, None)
        place = topic.place
        match topic.kind:
            case "board":
                self.boards.pop(place, None)
            case "window":
                self.windows.pop(place, None)
            case "console":
                self.consoles.pop(place, None)
            case "ticket":
                view = self.tickets.pop(place, None)
                if view is not None:
                    self._by_line.forget(view)
            case "manager":
                self.manager = None

    def advance(self, events: Iterable[tuple[int, Event]]) -> Iterator[TopicChanges]:
        """Fold the events of one commit; return the changes of the followed topics.

        They come in the order in which they are urgent: use them up. A commit holds
        whole commands: between two events of one command a ticket may be on its way
        from a service to its next place. The people ahead of tickets are told by
        ``moves``, or by ``TicketView.catch_up`` for one of them.
        """
        touched = Touched()
        for version, event in events:
            effects = self.live.apply(version, event)
            touched.add(effects)
            self._note(effects, touched)
        if touched.rules:
            return self._reset(touched)
        return self._finish(touched)

    def moves(self) -> Iterator[Move]:
        """Return how many people are ahead of whom, in one line of ``moved``.

        Whoever is told must be noted in the view: ``ahead`` and ``as_of``.
        """
        line = next(iter(self.moved))
        del self.moved[line]
        return self._by_line.moves(self.live, line)

    def _note(self, effects: Effects, touched: Touched) -> None:
        if effects.calls or effects.notices:
            for board in self.boards.values():
                board.note(effects)
        for name in effects.windows:
            if name in self.windows:
                self.windows[name].note()
            if name in self.consoles:
                self.consoles[name].note_window()
        for ticket in effects.tickets:
            if ticket.ticket in self.tickets:
                view = self.tickets[ticket.ticket]
                view.note()
                self._by_line.place(view)
                touched.views[view] = None
        self._note_consoles(effects)
        if effects.notices:
            for console in self.consoles.values():
                console.note_notices()
            self._note_phones(touched)

    def _note_phones(self, touched: Touched) -> None:
        for view in self.tickets.values():
            view.note_notices()
            touched.views[view] = None

    def _note_consoles(self, effects: Effects) -> None:
        if effects.moves_rows:
            rows = Rows()
            for console in self.consoles.values():
                console.note_lines(effects, rows)
        if effects.offered is not None:
            name, ticket = effects.offered
            if name in self.consoles:
                self.consoles[name].note_offer(ticket)
        if effects.duties:
            for console in self.consoles.values():
                console.note_open_windows()

    def _finish(self, touched: Touched) -> Iterator[TopicChanges]:
        """Yield all changes: boards and signs, consoles and manager, then tickets."""
        found: list[TopicChanges] = []
        for zone, board in self.boards.items():
            changes = board.finish(touched.zones, day=touched.day)
            found.append(TopicChanges(Topic("board", self.hall, zone), changes))
        for name in touched.windows & self.windows.keys():
            changes = self.windows[name].finish()
            found.append(TopicChanges(Topic("window", self.hall, name), changes))
        for name, console in self.consoles.items():
            changes = console.finish()
            found.append(TopicChanges(Topic("console", self.hall, name), changes))
        if self.manager is not None:
            changes = self.manager.finish(
                touched.zones, touched.windows, day=touched.day
            )
            found.append(TopicChanges(Topic("manager", self.hall), changes))
        yield from (entry for entry in found if entry.changes)
        yield from self._finish_tickets(touched)

    def _finish_tickets(self, touched: Touched) -> Iterator[TopicChanges]:
        for line in touched.lines:
            if self._by_line.is_followed(line):
                self.moved[line] = None
        for view in touched.views:
            changes = view.finish()
            if changes:
                yield TopicChanges(Topic("ticket", "", view.ticket.ticket), changes)

    def _reset(self, touched: Touched) -> Iterator[TopicChanges]:
        """Start all views anew after a change of rules; snapshots tell the state."""
        topics = [topic for topic in self.topics if topic.kind != "ticket"]
        for topic in topics:
            self.follow(topic)
            yield TopicChanges(topic, None)
        # Tickets may belong to other zones now, whose notices are theirs.
        self._note_phones(touched)
        yield from self._finish_tickets(touched)
