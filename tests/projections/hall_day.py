"""A hall-day written by hand: every method appends one event of the record."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from projections.day_facts import DayFacts, facts_of
from projections.labels import Labels
from queue_core.events import (
    CompletionUndone,
    DayClosed,
    DayOpened,
    EvaluationGiven,
    HallDayEvent,
    HeldTicketResumed,
    ItemAdded,
    MissUndone,
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
from queue_core.values import (
    DayHours,
    Grade,
    HallRules,
    ItemRules,
    QueueRules,
    Session,
    Skill,
    WindowRules,
)


SHANGHAI = ZoneInfo("Asia/Shanghai")
DATE = "2026-11-02"

E = TypeVar("E", bound=HallDayEvent)


def at(clock: str) -> int:
    """Return the instant of a local time of the day, as ``09:05`` or ``09:05:31``."""
    time = datetime.fromisoformat(f"{DATE}T{clock}").replace(tzinfo=SHANGHAI)
    return int(time.timestamp() * 1000)


def small_rules() -> HallRules:
    """Two zones, two queues, three windows: 3 helps out for queue A."""
    return HallRules(
        revision="r1",
        queues=[
            QueueRules(queue="civil", zone="social", letter="A"),
            QueueRules(queue="tax", zone="tax", letter="B"),
        ],
        windows=[
            WindowRules(window="1", zone="social", skills=[Skill(queue="civil")]),
            WindowRules(window="2", zone="social", skills=[Skill(queue="civil")]),
            WindowRules(
                window="3",
                zone="tax",
                skills=[
                    Skill(queue="tax"),
                    Skill(queue="civil", level="backup", offset_seconds=300),
                ],
            ),
        ],
        items=[
            ItemRules(item="CARD", queue="civil"),
            ItemRules(item="BILL", queue="tax"),
        ],
    )


def small_hours() -> DayHours:
    """Nine to twelve and one to five; doors half an hour before."""
    return DayHours(
        doors_at=at("08:30"),
        sessions=[
            Session(opens_at=at("09:00"), closes_at=at("12:00")),
            Session(opens_at=at("13:00"), closes_at=at("17:00")),
        ],
        closing_soon_at=at("16:20"),
        cut_off_at=at("16:40"),
        closes_at=at("17:00"),
        ends_at=at("19:00"),
    )


def small_labels(language: Any = "zh") -> Labels:
    """The small hall's words."""
    return Labels(
        language=language,
        hall="测试大厅" if language == "zh" else "Test hall",
        timezone=SHANGHAI,
        zones={"social": "社会事务", "tax": "税务"},
        queues={"civil": "民政综合", "tax": "办税综合"},
        items={"CARD": "社保卡申领", "BILL": "发票代开"},
        item_minutes={"CARD": 10, "BILL": 12},
        indicators={"214": "服务态度生硬"},
    )


class HallDay:
    """Append events one after another; versions count from 1."""

    def __init__(self, rules: HallRules | None = None) -> None:
        self.rules = rules or small_rules()
        self.pairs: list[tuple[int, HallDayEvent]] = []
        self.evaluations: list[EvaluationGiven] = []
        self._issued = 0
        self._clerk: dict[str, str] = {}
        self._ticket: dict[str, TicketIssued] = {}
        self._service: dict[str, ServiceStarted] = {}
        self._services: dict[str, int] = {}
        self.add(DayOpened, "08:30", date=DATE, hours=small_hours(), rules=self.rules)

    def add(self, kind: type[E], time: str | int, **values: Any) -> int:
        """Append an event and return its version."""
        instant = at(time) if isinstance(time, str) else time
        version = len(self.pairs) + 1
        event = kind(at=instant, by="test", command_id=f"c{version}", **values)
        self.pairs.append((version, event))
        return version

    def facts(self) -> DayFacts:
        """Fold the day so far."""
        return facts_of(self.pairs)

    # Windows.

    def open(self, time: str | int, window: str, clerk: str = "") -> int:
        clerk = clerk or f"clerk-{window}"
        self._clerk[window] = clerk
        skills = next(w.skills for w in self.rules.windows if w.window == window)
        values = {"window": window, "clerk": clerk, "skills": skills}
        return self.add(WindowOpened, time, extended=False, **values)

    def pause(self, time: str | int, window: str, reason: str = "午餐") -> int:
        clerk = self._clerk[window]
        return self.add(WindowPaused, time, window=window, clerk=clerk, reason=reason)

    def resume(self, time: str | int, window: str) -> int:
        clerk = self._clerk[window]
        return self.add(WindowResumed, time, window=window, clerk=clerk)

    def close(self, time: str | int, window: str) -> int:
        clerk = self._clerk[window]
        return self.add(WindowClosed, time, window=window, clerk=clerk)

    def end(self, time: str | int) -> int:
        return self.add(DayClosed, time, overdue=False)

    # Tickets.

    def issue(self, time: str | int, number: str, **changes: Any) -> int:
        self._issued += 1
        instant = at(time) if isinstance(time, str) else time
        queue = next(q.queue for q in self.rules.queues if q.letter in number)
        item = next(i.item for i in self.rules.items if i.queue == queue)
        values: dict[str, Any] = {
            "ticket": number,
            "number": number,
            "sequence": self._issued,
            "queue": queue,
            "items": [item],
            "ticket_class": "ordinary",
            "channel": "kiosk",
            "language": "zh",
            "subject_key": "",
            "effective_at": instant,
            "booked_at": 0,
            "extended": False,
            "people_ahead": 0,
            "closing_soon": False,
            "offered_to": "",
        }
        version = self.add(TicketIssued, instant, **(values | changes))
        self._ticket[number] = self.pairs[-1][1]  # type: ignore[assignment]
        return version

    def call(self, time: str | int, number: str, window: str, **changes: Any) -> int:
        issued = self._ticket[number]
        values: dict[str, Any] = {
            "ticket": number,
            "number": number,
            "window": window,
            "clerk": self._clerk[window],
            "queue": issued.queue,
            "ground": "rule",
            "effective_at": issued.effective_at,
            "offset_seconds": 0,
        }
        return self.add(TicketCalled, time, **(values | changes))

    def recall(self, time: str | int, number: str, window: str, times: int = 2) -> int:
        values = {"ticket": number, "number": number, "window": window}
        return self.add(TicketRecalled, time, announcements=times, **values)

    def miss(self, time: str | int, number: str, window: str, misses: int = 1) -> int:
        values = {"ticket": number, "number": number, "window": window}
        values |= {"clerk": self._clerk[window], "reason": "未到窗口"}
        return self.add(TicketMissed, time, misses=misses, **values)

    def back(self, time: str | int, number: str) -> int:
        queue = self._ticket[number].queue
        values = {"ticket": number, "queue": queue, "window": "", "after_calls": 3}
        return self.add(TicketReturned, time, **values)

    def leave_line(self, time: str | int, number: str, until: str) -> int:
        return self.add(TicketPaused, time, ticket=number, until_at=at(until))

    def come_back(self, time: str | int, number: str) -> int:
        issued = self._ticket[number]
        values = {"queue": issued.queue, "window": ""}
        values["effective_at"] = issued.effective_at  # type: ignore[assignment]
        return self.add(TicketResumed, time, ticket=number, **values)

    def pin(self, time: str | int, number: str, reason: str) -> int:
        return self.add(TicketPinned, time, ticket=number, reason=reason)

    def start(self, time: str | int, number: str, window: str) -> int:
        nth = self._services[number] = self._services.get(number, 0) + 1
        values = {
            "service": f"{number}.{nth}",
            "ticket": number,
            "number": number,
            "window": window,
            "clerk": self._clerk[window],
            "items": self._ticket[number].items,
        }
        version = self.add(ServiceStarted, time, **values)
        self._service[number] = self.pairs[-1][1]  # type: ignore[assignment]
        return version

    def hold(self, time: str | int, number: str, window: str, reason: str = "") -> int:
        values = {"ticket": number, "number": number, "window": window}
        return self.add(TicketHeld, time, reason=reason, **values)

    def take_up(self, time: str | int, number: str, window: str) -> int:
        values = {"ticket": number, "number": number, "window": window}
        clerk = self._clerk[window]
        return self.add(HeldTicketResumed, time, clerk=clerk, **values)

    def transfer(
        self, time: str | int, number: str, window: str, queue: str, ready: str = ""
    ) -> int:
        values = {"ticket": number, "number": number, "from_window": window}
        values |= {"queue": queue, "to_window": "", "reason": "转办"}
        ready_at = at(ready) if ready else 0
        return self.add(TicketTransferred, time, ready_at=ready_at, **values)

    def add_item(self, time: str | int, number: str, window: str, item: str) -> int:
        values = {"ticket": number, "item": item, "window": window}
        return self.add(ItemAdded, time, in_service=True, **values)

    def next_step(self, time: str | int, number: str, queue: str, item: str) -> int:
        values: dict[str, Any] = {"ticket": number, "number": number, "queue": queue}
        effective = self._ticket[number].effective_at
        return self.add(
            StepQueued, time, items=[item], effective_at=effective, **values
        )

    def complete(
        self,
        time: str | int,
        number: str,
        outcome: str = "done",
        supplement: list[str] | None = None,
    ) -> int:
        started = self._service[number]
        return self.add(
            ServiceCompleted,
            time,
            service=started.service,
            ticket=number,
            number=number,
            window=started.window,
            clerk=started.clerk,
            items=started.items,
            outcome=outcome,
            supplement=supplement or [],
            note="",
            started_at=started.at,
        )

    def undo_miss(self, time: str | int, number: str, window: str) -> int:
        values = {"ticket": number, "number": number, "window": window}
        values |= {"clerk": self._clerk[window], "service": ""}
        undoes = len(self.pairs)
        return self.add(MissUndone, time, misses=0, items=[], undoes=undoes, **values)

    def undo_completion(self, time: str | int, number: str) -> int:
        started = self._service[number]
        return self.add(
            CompletionUndone,
            time,
            service=started.service,
            ticket=number,
            number=number,
            window=started.window,
            clerk=started.clerk,
            items=started.items,
            visit_items=started.items,
            queue=self._ticket[number].queue,
            started_at=started.at,
            undoes=len(self.pairs),
        )

    def finish(self, time: str | int, number: str, reason: str = "served") -> int:
        values = {"ticket": number, "number": number}
        return self.add(TicketEnded, time, reason=reason, **values)

    def evaluate(
        self, time: str, number: str, grade: Grade, text: str = "", code: str = ""
    ) -> None:
        started = self._service[number]
        given = EvaluationGiven(
            at=at(time),
            by="citizen",
            command_id=f"e{len(self.evaluations)}",
            service=started.service,
            hall="test",
            date=DATE,
            ticket=number,
            number=number,
            window=started.window,
            clerk=started.clerk,
            grade=grade,
            indicators=[code] if code else [],
            text=text,
            channel="pad",
            hall_version=len(self.pairs),
        )
        self.evaluations.append(given)
