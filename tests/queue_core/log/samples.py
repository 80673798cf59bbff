"""One event of every class, with a value in every field."""

from __future__ import annotations

from typing import TypedDict

from queue_core import events as e
from queue_core import events_of_persons as p
from queue_core.events_of_proof import DaySealed
from queue_core.values import (
    DayHours,
    HallRules,
    ItemRules,
    QueueRules,
    Seal,
    Session,
    Skill,
    WindowRules,
)


class Cause(TypedDict):
    """What every event carries."""

    at: int
    by: str
    command_id: str


AT = 1_793_581_200_000
"""2026-11-02 09:00 in Shanghai."""

CAUSE = Cause(at=AT, by="li", command_id="li:7f")

HOURS = DayHours(
    doors_at=AT - 1_800_000,
    sessions=[Session(opens_at=AT, closes_at=AT + 10_800_000)],
    closing_soon_at=AT + 9_000_000,
    cut_off_at=AT + 9_900_000,
    closes_at=AT + 10_800_000,
    ends_at=AT + 14_400_000,
)

RULES = HallRules(
    revision="5c1e",
    queues=[QueueRules(queue="tax", zone="z1", letter="A", daily_quota=300)],
    windows=[
        WindowRules(
            window="3",
            zone="z1",
            skills=[
                Skill(queue="tax"),
                Skill(queue="land", level="backup", offset_seconds=300),
            ],
        )
    ],
    items=[ItemRules(item="0107", queue="tax", daily_quota=20)],
    green_channels=["kiosk", "help-desk", "phone"],
    wait_target_seconds=600,
)

SAMPLES: list[e.Event] = [
    e.DayOpened(**CAUSE, date="2026-11-02", hours=HOURS, rules=RULES),
    e.RulesAdopted(**CAUSE, rules=RULES),
    e.DayClosed(**CAUSE, overdue=True),
    e.NoticeBroadcast(
        **CAUSE,
        notice="n1",
        zh="办税系统升级，暂停取号",
        en="Tax is upgrading: no numbers now",
        audience="everyone",
        zones=["tax"],
        windows=[],
        until_at=AT + 1_800_000,
    ),
    e.NoticeWithdrawn(**CAUSE, notice="n1"),
    e.WindowOpened(
        **CAUSE, window="3", clerk="li", skills=[Skill(queue="tax")], extended=True
    ),
    e.WindowPaused(**CAUSE, window="3", clerk="li", reason="补打材料"),
    e.WindowResumed(**CAUSE, window="3", clerk="li"),
    e.WindowClosed(**CAUSE, window="3", clerk="li"),
    e.TicketIssued(
        **CAUSE,
        ticket="t1",
        number="VA012",
        sequence=12,
        queue="tax",
        items=["0107", "0110"],
        ticket_class="green",
        channel="kiosk",
        language="en",
        subject_key="s9",
        effective_at=AT - 1_200_000,
        booked_at=0,
        extended=False,
        people_ahead=4,
        closing_soon=True,
        offered_to="3",
    ),
    e.TicketCalled(
        **CAUSE,
        ticket="t1",
        number="VA012",
        window="3",
        clerk="li",
        queue="tax",
        ground="pinned",
        effective_at=AT - 1_200_000,
        offset_seconds=300,
    ),
    e.TicketRecalled(**CAUSE, ticket="t1", number="VA012", window="3", announcements=2),
    e.TicketMissed(
        **CAUSE,
        ticket="t1",
        number="VA012",
        window="3",
        clerk="li",
        reason="三呼未到",
        misses=1,
    ),
    e.TicketReturned(**CAUSE, ticket="t1", queue="tax", window="3", after_calls=3),
    e.TicketPinned(**CAUSE, ticket="t1", reason="孕妇"),
    e.TicketPaused(**CAUSE, ticket="t1", until_at=AT + 1_800_000),
    e.TicketResumed(
        **CAUSE, ticket="t1", queue="tax", window="3", effective_at=AT - 1_200_000
    ),
    e.ServiceStarted(
        **CAUSE,
        service="t1.1",
        ticket="t1",
        number="VA012",
        window="3",
        clerk="li",
        items=["0107"],
    ),
    e.TicketHeld(**CAUSE, ticket="t1", number="VA012", window="3", reason="去复印"),
    e.HeldTicketResumed(**CAUSE, ticket="t1", number="VA012", window="3", clerk="li"),
    e.TicketTransferred(
        **CAUSE,
        ticket="t1",
        number="VA012",
        from_window="3",
        queue="land",
        to_window="5",
        reason="需测绘",
        ready_at=AT + 600_000,
    ),
    e.ItemAdded(**CAUSE, ticket="t1", item="0111", window="3", in_service=True),
    e.ServiceCompleted(
        **CAUSE,
        service="t1.1",
        ticket="t1",
        number="VA012",
        window="3",
        clerk="li",
        items=["0107"],
        outcome="needs-supplement",
        supplement=["营业执照副本", "公章"],
        note="下周再来",
        started_at=AT - 300_000,
    ),
    e.StepQueued(
        **CAUSE,
        ticket="t1",
        number="VA012",
        queue="land",
        items=["0110"],
        effective_at=AT - 1_200_000,
    ),
    e.TicketEnded(**CAUSE, ticket="t1", number="VA012", reason="served"),
    e.MissUndone(
        **CAUSE,
        ticket="t1",
        number="VA012",
        window="3",
        clerk="li",
        misses=1,
        service="t1.1",
        items=["0107"],
        undoes=1833,
    ),
    e.CompletionUndone(
        **CAUSE,
        service="t1.1",
        ticket="t1",
        number="VA012",
        window="3",
        clerk="li",
        items=["0107"],
        visit_items=["0107", "0110"],
        queue="tax",
        started_at=AT - 300_000,
        undoes=1833,
    ),
    e.EvaluationGiven(
        **CAUSE,
        service="t1.1",
        hall="city",
        date="2026-11-02",
        ticket="t1",
        number="VA012",
        window="3",
        clerk="li",
        grade="very-dissatisfied",
        indicators=["113"],
        text="跑了三个窗口",
        channel="counter-code",
        hall_version=1834,
    ),
    e.ProfileAdopted(**CAUSE, hall="city", revision="5c1e", content=b"\x81\xa1a\x01"),
    p.PersonsErased(**CAUSE, hall="city", subjects=["s1", "s2"], ground="days-over"),
    p.PersonsHeld(**CAUSE, hall="city", subjects=["s1"], reason="投诉 118"),
    p.PersonsReleased(**CAUSE, hall="city", subjects=["s1"]),
    e.AccessNoted(
        **CAUSE,
        action="role-changed",
        whom="wang",
        address="10.1.0.7",
        detail="inspector",
        times=1,
        since_at=AT,
    ),
    DaySealed(
        **CAUSE,
        hall="city",
        date="2026-11-02",
        seal=Seal(
            size=1834,
            root="9f" * 32,
            beside_upto=2001,
            beside_size=120,
            beside_root="0c" * 32,
            previous="77" * 32,
            algorithm="ed25519",
            key="31" * 32,
            public_key="302a",
            signature="e5" * 64,
            head="aa" * 32,
            audit_size=35,
            audit_root="d4" * 32,
        ),
    ),
]
