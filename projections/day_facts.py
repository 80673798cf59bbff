"""The fold of a hall-day stream into facts: pure, in order, nothing guessed.

``facts_of(pairs)`` reads the whole day. What is still going on at the end of the
stream is cut at the last event's time, so that a running day can be reported too.
"""

from __future__ import annotations

from collections.abc import Iterable

from queue_core.events import (
    CompletionUndone,
    DayClosed,
    DayOpened,
    HallDayEvent,
    HeldTicketResumed,
    ItemAdded,
    MissUndone,
    NoticeBroadcast,
    NoticeWithdrawn,
    RulesAdopted,
    ServiceCompleted,
    ServiceStarted,
    StepQueued,
    TicketCalled,
    TicketEnded,
    TicketHeld,
    TicketIssued,
    TicketMissed,
    TicketPaused,
    TicketPinned,
    TicketRecalled,
    TicketResumed,
    TicketReturned,
    TicketTransferred,
    WindowClosed,
    WindowOpened,
    WindowPaused,
    WindowResumed,
)
from queue_core.values import DayHours, HallRules

from .service_facts import Call, Service, SpanState, Visit, Wait
from .window_facts import WindowFacts


class DayFacts:
    """Everything a report needs to know about one day, each fact with its versions."""

    date: str = ""
    hours: DayHours
    rules: HallRules

    def __init__(self) -> None:
        self.last_version = 0
        self.last_at = 0
        self.closed_version = 0
        self.overdue = False
        self.zone_of_queue: dict[str, str] = {}
        self.zone_of_window: dict[str, str] = {}
        self.visits: dict[str, Visit] = {}
        self.waits: list[Wait] = []
        self.calls: list[Call] = []
        self.services: dict[str, Service] = {}
        self.windows = WindowFacts()
        self._line: dict[str, Wait] = {}
        self._call_of: dict[str, Call] = {}
        self._service_of: dict[str, Service] = {}

    def apply(self, version: int, event: HallDayEvent) -> None:
        """Take in the event that stands at ``version`` of the hall-day."""
        self.last_version = version
        self.last_at = max(self.last_at, event.at)
        match event:
            case DayOpened(date=date, hours=hours, rules=rules):
                self.date, self.hours = date, hours
                self._adopt(rules)
            case RulesAdopted(rules=rules):
                self._adopt(rules)
            case DayClosed(overdue=overdue):
                self.closed_version, self.overdue = version, overdue
            case WindowOpened() | WindowPaused() | WindowResumed() | WindowClosed():
                self.windows.apply(version, event)
            case TicketCalled() | TicketRecalled() | TicketMissed():
                self._apply_call(version, event)
            case ServiceStarted() | ServiceCompleted() | TicketHeld():
                self._apply_service(version, event)
            case HeldTicketResumed() | TicketTransferred() | ItemAdded():
                self._apply_service(version, event)
            case MissUndone() | CompletionUndone():
                self._take_back(version, event)
            case _:
                self._apply_ticket(version, event)

    def seal(self) -> None:
        """Cut what is still going on at the last event, once the stream is read."""
        for wait in list(self._line.values()):
            self._leave_line(wait.ticket, self.last_version, self.last_at)
        self.windows.seal(self.last_version, self.last_at)

    def _adopt(self, rules: HallRules) -> None:
        self.rules = rules
        self.zone_of_queue.update((q.queue, q.zone) for q in rules.queues)
        self.zone_of_window.update((w.window, w.zone) for w in rules.windows)

    # The line.

    def _join_line(
        self, ticket: str, queue: str, window: str, version: int, at: int
    ) -> None:
        visit = self.visits[ticket]
        wait = Wait(ticket, visit.number, queue, window, visit.extended, at, version)
        self._line.setdefault(ticket, wait)

    def _leave_line(self, ticket: str, version: int, at: int) -> None:
        if (wait := self._line.pop(ticket, None)) and at > wait.since_at:
            wait.until_at, wait.until_version = at, version
            self.waits.append(wait)

    def _apply_ticket(self, version: int, event: HallDayEvent) -> None:
        at = event.at
        match event:
            case TicketIssued():
                self._issue(version, event)
            case TicketReturned(ticket=ticket, queue=queue, window=window):
                self._join_line(ticket, queue, window, version, at)
            case TicketResumed(ticket=ticket, queue=queue, window=window):
                self._join_line(ticket, queue, window, version, at)
            case TicketPaused(ticket=ticket):
                self.visits[ticket].pauses += 1
                self._leave_line(ticket, version, at)
            case StepQueued(ticket=ticket, queue=queue):
                self._join_line(ticket, queue, "", version, at)
            case TicketEnded(ticket=ticket, reason=reason):
                visit = self.visits[ticket]
                visit.ended_at, visit.ended_version = at, version
                visit.end_reason = reason
                self._leave_line(ticket, version, at)
                self._service_of.pop(ticket, None)
            case TicketPinned() | NoticeBroadcast() | NoticeWithdrawn():
                pass
            case _:
                raise TypeError(f"a hall-day holds no {type(event).__name__}")

    def _issue(self, version: int, event: TicketIssued) -> None:
        self.visits[event.ticket] = Visit(
            event.ticket,
            event.number,
            event.queue,
            self.zone_of_queue.get(event.queue, event.queue),
            event.ticket_class,
            event.channel,
            event.extended,
            event.items,
            event.booked_at,
            event.people_ahead,
            event.at,
            version,
        )
        # An appointment may be called early, but nobody is late before it is due.
        due = max(event.at, event.effective_at)
        self._join_line(event.ticket, event.queue, "", version, due)

    # Calls and services.

    def _apply_call(
        self, version: int, event: TicketCalled | TicketRecalled | TicketMissed
    ) -> None:
        ticket, window, at = event.ticket, event.window, event.at
        match event:
            case TicketCalled(number=number, clerk=clerk, queue=queue):
                call = Call(version, ticket, number, window, clerk, queue, at)
                self.calls.append(call)
                self._call_of[ticket] = call
                visit = self.visits[ticket]
                visit.calls += 1
                if not visit.called_at:
                    visit.called_at, visit.called_version = at, version
                self._leave_line(ticket, version, at)
                self.windows.turn(window, "called", version, at, number)
            case TicketRecalled():
                self._call_of[ticket].recalls.append(version)
            case TicketMissed(misses=misses, reason=reason):
                call = self._call_of[ticket]
                call.missed_at, call.missed_version = at, version
                call.reason = reason
                self.visits[ticket].misses = misses
                self.windows.free(window, version, at)

    def _apply_service(
        self,
        version: int,
        event: ServiceStarted
        | ServiceCompleted
        | TicketHeld
        | HeldTicketResumed
        | TicketTransferred
        | ItemAdded,
    ) -> None:
        at = event.at
        match event:
            case ServiceStarted():
                self._start(version, event)
            case ServiceCompleted(ticket=ticket, items=items, outcome=outcome):
                if done := self._service_of.pop(ticket, None):
                    done.finished_at, done.finished_version = at, version
                    done.items, done.outcome = items, outcome
                self.windows.free(event.window, version, at)
            case TicketHeld(ticket=ticket, window=window):
                if held := self._service_of.get(ticket):
                    held.held_since = at
                self.windows.free(window, version, at)
            case HeldTicketResumed(ticket=ticket, window=window, number=number):
                state: SpanState = "called"
                if resumed := self._service_of.get(ticket):
                    resumed.held_ms += at - resumed.held_since
                    state = "serving"
                self.windows.turn(window, state, version, at, number)
            case TicketTransferred():
                self._transfer(version, event)
            case ItemAdded(ticket=ticket, item=item):
                visit = self.visits[ticket]
                visit.items = [*visit.items, item]

    def _start(self, version: int, event: ServiceStarted) -> None:
        call = self._call_of.get(event.ticket)
        service = Service(
            event.service,
            event.ticket,
            event.number,
            call.queue if call else self.visits[event.ticket].queue,
            event.window,
            event.clerk,
            event.items,
            event.at,
            version,
        )
        self.services[event.service] = service
        self._service_of[event.ticket] = service
        self.windows.turn(event.window, "serving", version, event.at, event.number)

    def _transfer(self, version: int, event: TicketTransferred) -> None:
        self._service_of.pop(event.ticket, None)
        # A held ticket may be sent on without having been at the window again.
        if self.windows.number_at(event.from_window) == event.number:
            self.windows.free(event.from_window, version, event.at)
        # A window that closes sends on tickets that still stand in its own line.
        self._leave_line(event.ticket, version, event.at)
        due = max(event.at, event.ready_at)
        self._join_line(event.ticket, event.queue, event.to_window, version, due)

    # What was recorded by mistake.

    def _take_back(self, version: int, event: MissUndone | CompletionUndone) -> None:
        ticket, at = event.ticket, event.at
        visit = self.visits[ticket]
        visit.ended_at = visit.ended_version = 0
        visit.end_reason = ""
        # Nobody was to call it from the line into which it had come.
        self._line.pop(ticket, None)
        match event:
            case MissUndone(misses=misses):
                visit.misses = misses
                call = self._call_of[ticket]
                call.missed_at = call.missed_version = 0
                call.reason = ""
                self.windows.turn(event.window, "called", version, at, event.number)
            case CompletionUndone():
                service = self.services[event.service]
                service.finished_at = service.finished_version = 0
                service.outcome = ""
                self.windows.turn(event.window, "serving", version, at, event.number)
        if event.service:
            self._service_of[ticket] = self.services[event.service]


def facts_of(pairs: Iterable[tuple[int, HallDayEvent]]) -> DayFacts:
    """Fold (version, event) pairs of one hall-day, from version 1, into its facts."""
    facts = DayFacts()
    for version, event in pairs:
        facts.apply(version, event)
    facts.seal()
    return facts
