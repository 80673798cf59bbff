"""The referee's checks of one call, against everybody who stood in line."""

from __future__ import annotations

from typing import Any

from .standings import Moment, Standing, Standings
from .violations import Violation
from .witness import Sight


RANK = {"green": 0, "appointment": 1, "ordinary": 2}
BACKUP_SECONDS = 300
"""The greatest offset that the dispatch page speaks of (P4, P5)."""

Order = tuple[bool, int, int, int]


class CallReferee:
    """Checks calls, calls in vain and closings; ``found`` are the broken rules."""

    def __init__(self, stands: Standings, rules: dict[str, Any]) -> None:
        self.stands = stands
        self.credit = {
            "green": rules["green_credit_seconds"] * 1000,
            "appointment": rules["appointment_credit_seconds"] * 1000,
            "ordinary": rules.get("ordinary_credit_seconds", 0) * 1000,
        }
        self.found: list[Violation] = []
        self.checked = 0

    def check_call(self, moment: Moment, sight: Sight) -> None:
        """Check that this ticket could be called here, and that nobody came first."""
        self._note_empty_queues(moment)
        if sight.queue not in self.stands.skills.get(sight.window, {}):
            self._find("P7", f"{sight.number} was called to {sight.window}", moment)
        standing = self.stands.live.get(sight.ticket)
        if standing is None:
            if ended := self.stands.ended.get(sight.ticket):
                self._find("P8", f"{ended.number} was called after its end", moment)
            return
        if not self._was_in_line(standing, moment):
            return
        offset = self.stands.offset_for(standing, sight.window)
        if offset is None:
            text = f"{standing.number} waits for window {standing.window} only"
            self._find("P7", text, moment)
        elif not (standing.is_blurred or standing.has_new_key):
            self._check_order(standing, offset, moment)

    def check_nobody(self, moment: Moment) -> None:
        """Check that a call in vain found nobody because nobody waited (P2)."""
        self._note_empty_queues(moment)
        waiting = [standing.number for standing, _ in self.stands.candidates(moment)]
        if waiting:
            text = f"window {moment.window} called nobody while {waiting[0]} waited"
            self._find("P2", text, moment)

    def check_closing(self, sight: Sight, closes_at: int) -> None:
        """Check that the last window that may serve a ticket does not close (P16)."""
        moment = Moment(sight.window, sight.asked_at, sight.version)
        if sight.heard_at < closes_at:
            return
        others = self.stands.open - {sight.window}
        for standing, _ in self.stands.candidates(moment):
            if not any(standing.queue in self.stands.skills[w] for w in others):
                text = f"{standing.number} waited when window {sight.window} closed"
                self._find("P16", text, moment)

    # One call.

    def _was_in_line(self, standing: Standing, moment: Moment) -> bool:
        number, place = standing.number, standing.place
        if place in {"called", "serving"}:
            text = f"{number} was {place} at window {standing.window}"
            self._find("P18", f"{text}, called to {moment.window}", moment)
            return False
        if place == "held" or (place == "paused" and not standing.is_blurred):
            self._find("P8", f"{number} was called while {place}", moment)
            return False
        if place == "missed":
            self._check_return(standing, moment)
        elif place == "preparing" and moment.at < standing.parked_from:
            self._find("P8", f"{number} was called while preparing", moment)
        return True

    def _check_return(self, standing: Standing, moment: Moment) -> None:
        calls = self.stands.calls_since(standing)
        if calls < self.stands.return_after and not standing.may_be_back:
            text = f"{standing.number} came back after {calls} calls"
            self._find("P9", text, moment)
        if moment.at < standing.parked_from + self.stands.not_before:
            seconds = (moment.at - standing.parked_from) / 1000
            text = f"{standing.number} came back {seconds:.0f} s after the miss"
            self._find("P9", text, moment)

    def _check_order(self, called: Standing, offset: int, moment: Moment) -> None:
        self.checked += 1
        own = _order(called, offset, moment.at)
        for other, other_offset in self.stands.candidates(moment):
            if other is called:
                continue
            if _order(other, other_offset, moment.at) < own:
                alike = (other.queue, other.ticket_class, other_offset)
                is_first = alike == (called.queue, called.ticket_class, offset)
                rule = "P6" if is_first else "P3"
                text = f"{called.number} was called before {other.number}"
                self._find(rule, text, moment)
            self._check_overtaking(called, other, offset - other_offset, moment)

    def _check_overtaking(
        self, called: Standing, other: Standing, offset_gain: int, moment: Moment
    ) -> None:
        """Check how much later than the overtaken one the overtaker came (P4, P5)."""
        if "appointment" in {called.ticket_class, other.ticket_class}:
            return
        later = called.issued_at - other.issued_at
        gain = self.credit[called.ticket_class] - self.credit[other.ticket_class]
        if offset_gain == 0 and later > gain:
            text = f"{called.number} came {later / 1000:.0f} s after {other.number}"
            self._find("P4", text, moment)
        if later > max(self.credit.values()) + BACKUP_SECONDS * 1000:
            text = f"{other.number} was passed by {called.number}"
            self._find("P5", text, moment)

    def _note_empty_queues(self, moment: Moment) -> None:
        """Note whose queue is empty: a missed ticket may come back at once then."""
        skills = self.stands.skills.get(moment.window, {})
        parked = [s for s in self.stands.live.values() if s.place == "missed"]
        for standing in parked:
            has_rested = moment.at >= standing.parked_from + self.stands.not_before
            if has_rested and standing.queue in skills:
                standing.may_be_back |= self._is_empty(standing.queue, moment.at)

    def _is_empty(self, queue: str, at: int) -> bool:
        return not any(
            other.queue == queue
            and other.place == "waiting"
            and other.effective_at <= at
            and not (other.is_blurred or other.window)
            for other in self.stands.live.values()
        )

    def _find(self, rule: str, text: str, moment: Moment) -> None:
        self.found.append(Violation(rule, text, moment.version))


def _order(standing: Standing, offset: int, at: int) -> Order:
    return (
        standing.effective_at > at,
        standing.effective_at + offset * 1000,
        RANK[standing.ticket_class],
        standing.sequence,
    )
