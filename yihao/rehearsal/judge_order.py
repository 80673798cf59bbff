"""The referee's replay: who stood where at every version, from the answers alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .judge_calls import CallReferee
from .judge_marks import expected_key
from .standings import Moment, Standing, Standings
from .violations import Violation
from .witness import Sight, Witness


BEGINS, HAPPENS, FOREIGN, IN_VAIN = range(4)
"""Steps of one version, in this order: a call in vain was decided after it."""

Step = tuple[int, int, Sight]


class OrderReferee:
    """Replays the answers in the order of their versions and checks every call."""

    def __init__(self, witness: Witness, hall: dict[str, Any]) -> None:
        self.witness, self.hall = witness, hall
        self.stands = Standings(hall)
        self.referee = CallReferee(self.stands, hall["rules"])

    @property
    def checked(self) -> int:
        """Return how many calls have been held against everybody in line."""
        return self.referee.checked

    def faults(self) -> list[Violation]:
        """Replay everything that was seen and return what was wrong."""
        for _, step, sight in sorted(self._steps(), key=lambda s: s[:2]):
            if step == BEGINS:
                if standing := self.stands.live.get(sight.ticket):
                    standing.is_blurred = True
            elif step == FOREIGN:
                self.stands.forget(sight.ticket, sight.queue)
            else:
                self._apply(sight)
        return self.referee.found

    def _steps(self) -> Iterator[Step]:
        own = set()
        queues = {}
        for sight in self.witness.sights:
            if sight.after:
                yield sight.after + 1, BEGINS, sight
            if sight.what == "called":
                own.add(sight.version)
            if sight.what == "issued":
                queues[sight.ticket] = sight.queue
            yield sight.version, IN_VAIN if sight.what == "nobody" else HAPPENS, sight
        for call, shown in self.witness.board.items():
            for ticket in self.witness.numbers.get(shown.number, ()):
                if call not in own:
                    queue = queues.get(ticket, "")
                    yield call, FOREIGN, Sight(call, "called", ticket, queue=queue)

    def _apply(self, sight: Sight) -> None:
        match sight.what:
            case "issued":
                self._issue(sight)
            case "called":
                self.referee.check_call(self._moment(sight), sight)
                self.stands.call(sight)
            case "nobody":
                moment = Moment(sight.window, sight.asked_at, sight.version)
                self.referee.check_nobody(moment)
            case "window-opened":
                self.stands.open.add(sight.window)
            case "window-closed":
                self.referee.check_closing(sight, self.hall["hours"]["closes_at"])
                self.stands.close(sight.window)
            case _:
                if standing := self.stands.live.get(sight.ticket):
                    standing.is_blurred = False
                    self._move(standing, sight)

    def _moment(self, sight: Sight) -> Moment:
        shown = self.witness.board.get(sight.version)
        at = shown.at if shown else sight.heard_at
        return Moment(sight.window, at, sight.version)

    def _issue(self, sight: Sight) -> None:
        ticket_class, key = expected_key(sight, self.hall)
        self.stands.live[sight.ticket] = Standing(
            ticket=sight.ticket,
            number=sight.number,
            ticket_class=ticket_class,
            queue=sight.queue,
            effective_at=key,
            sequence=sight.version,
            issued_at=sight.more["issued_at"],
        )

    def _move(self, standing: Standing, sight: Sight) -> None:
        match sight.what:
            case "missed":
                self.stands.park(standing, sight)
            case "started" | "taken-up":
                standing.place, standing.window = "serving", sight.window
            case "held":
                standing.place = "held"
            case "transferred":
                self.stands.transfer(standing, sight)
            case "completed" if sight.more.get("goes_on"):
                standing.queue = sight.more["queue"]
                standing.place, standing.window = "waiting", ""
            case "completed" | "cancelled":
                self.stands.end(standing)
            case "paused":
                standing.place = "paused"
                standing.parked_from = sight.asked_at
            case "resumed":
                limit = self.hall["rules"]["pause_limit_seconds"] * 1000
                is_late = sight.heard_at - standing.parked_from > limit
                standing.has_new_key = standing.has_new_key or is_late
                standing.place = "waiting"
