"""Random days: what people and clerks might do, as data that hypothesis can shrink."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
from hypothesis import strategies as st

from queue_core import commands as c
from queue_core.errors import Refused
from queue_core.values import HallRules, QueueRules

from .hall import CLERKS, MINUTE, RULES, Hall, rules_with


class Move(NamedTuple):
    """Something that is tried in the hall after ``seconds``."""

    kind: str
    seconds: int
    window: str
    pick: int
    """Chooses among tickets, items or targets, whatever the move needs."""


KINDS = (
    ["take"] * 6
    + ["take-green", "take-booked", "take-two", "take-extended"]
    + ["next"] * 8
    + ["serve"] * 5
    + ["miss"] * 3
    + ["start", "recall", "hold", "resume-held", "call-pinned", "pin", "add"]
    + ["transfer-queue", "transfer-window", "transfer-later"]
    + ["undo"] * 3
    + ["pause", "resume", "cancel", "close", "open", "pause-window", "resume-window"]
    + ["tell", "withdraw", "adopt"]
)

moves = st.lists(
    st.builds(
        Move,
        kind=st.sampled_from(KINDS),
        seconds=st.sampled_from([0, 0, 5, 20, 61, 130, 400]),
        window=st.sampled_from("123"),
        pick=st.integers(0, 7),
    ),
    max_size=120,
)

some_rules: st.SearchStrategy[HallRules] = st.builds(
    rules_with,
    green_credit_seconds=st.sampled_from([0, 300, 1200]),
    appointment_credit_seconds=st.sampled_from([0, 600]),
    missed_return_after_calls=st.sampled_from([1, 3]),
    missed_limit=st.sampled_from([2, 3]),
)


OF_CITIZENS: dict[str, type[c.HallDayCommand]] = {
    "pause": c.PauseTicket,
    "resume": c.ResumeTicket,
    "cancel": c.CancelTicket,
}

CHANGES: list[dict[str, Any]] = [
    {"queues": RULES.queues, "items": RULES.items, "windows": RULES.windows},
    {
        "queues": [
            QueueRules(queue="A", zone="z2", letter="B"),
            QueueRules(queue="B", zone="z1", letter="A", first_number=3),
        ]
    },
    {"queues": RULES.queues[:1], "items": RULES.items[:2]},
    {"windows": RULES.windows[:1]},
]
"""Changes of the profile in the day: as before, letters and zones exchanged, without
queue B, without windows 2 and 3. How tickets are ordered stays as it is."""


def play(hall: Hall, day: list[Move]) -> Hall:
    """Try every move; what the rules refuse does not happen."""
    for move in day:
        hall.wait(seconds=move.seconds)
        try:
            _try(hall, move)
        except Refused:
            continue
    return hall


def _ticket(hall: Hall, pick: int) -> str:
    live = list(hall.state.live)
    return live[pick % len(live)] if live else "none"


def _held(hall: Hall, window: str) -> str:
    on_duty = hall.state.windows.get(window)
    return next(iter(on_duty.held), "none") if on_duty else "none"


def _pinned(hall: Hall) -> str:
    return next((t.ticket for t in hall.state.live.values() if t.pinned), "none")


def _adopt(hall: Hall, pick: int) -> None:
    changes = CHANGES[pick % len(CHANGES)]
    rules = msgspec.structs.replace(
        hall.state.rules, revision=f"r{len(hall.log)}", **changes
    )
    hall.do(c.AdoptRules, rules=rules)


def _tell(hall: Hall, move: Move) -> None:
    hall.do(
        c.BroadcastNotice,
        notice=f"n{len(hall.log)}",
        zh="请稍候",
        zones=[[], ["z1"], ["z2"]][move.pick % 3],
        windows=[move.window] if move.pick == 7 else [],
        audience="staff" if move.pick > 4 else "everyone",
        until_at=hall.at + (1 + move.pick) * MINUTE,
    )


def _take(hall: Hall, move: Move) -> None:
    item = ("a1", "b1", "a2")[move.pick % 3]
    if move.kind == "take-green":
        hall.take(item, ticket_class="green")
    elif move.kind == "take-booked":
        booked_at = hall.at + (move.pick - 3) * 10 * MINUTE
        hall.take(item, ticket_class="appointment", booked_at=booked_at)
    elif move.kind == "take-two":
        hall.take("a1", "b1")
    elif move.kind == "take-extended":
        hall.take(item, extended=True)
    else:
        hall.take(item)


def _try(hall: Hall, move: Move) -> None:  # noqa: C901, PLR0912
    window, pick = move.window, move.pick
    match move.kind:
        case "next":
            hall.at_window(c.CallNext, window)
        case "serve":
            hall.serve(window)
        case "start":
            hall.at_window(c.StartService, window)
        case "miss":
            hall.miss(window)
        case "recall":
            hall.at_window(c.RecallTicket, window)
        case "hold":
            hall.at_window(c.HoldTicket, window)
        case "resume-held":
            hall.at_window(c.ResumeHeldTicket, window, ticket=_held(hall, window))
        case "call-pinned":
            hall.at_window(c.CallTicket, window, ticket=_pinned(hall))
        case "undo":
            hall.at_window(c.UndoLast, window)
        case "pin":
            hall.do(c.PinTicket, ticket=_ticket(hall, pick), reason="why")
        case "add":
            hall.at_window(c.AddItem, window, item=("a1", "b1", "a2")[pick % 3])
        case "transfer-queue":
            hall.at_window(c.TransferTicket, window, queue="AB"[pick % 2])
        case "transfer-window":
            hall.at_window(c.TransferTicket, window, to_window="123"[pick % 3])
        case "transfer-later":
            hall.at_window(
                c.TransferTicket,
                window,
                queue="AB"[pick % 2],
                ready_after_seconds=pick * 60,
            )
        case "pause" | "resume" | "cancel":
            hall.do(OF_CITIZENS[move.kind], ticket=_ticket(hall, pick))
        case "close":
            hall.at_window(c.CloseWindow, window)
        case "open":
            hall.do(
                c.OpenWindow,
                window=window,
                clerk=CLERKS[window],
                queues=["B"] if window == "2" and pick > 4 else None,
                extended=pick % 2 == 0,
            )
        case "adopt":
            _adopt(hall, pick)
        case "tell":
            _tell(hall, move)
        case "withdraw":
            hall.do(c.WithdrawNotice, notice=next(iter(hall.state.notices), "none"))
        case "pause-window":
            hall.at_window(c.PauseWindow, window, reason="tea")
        case "resume-window":
            hall.at_window(c.ResumeWindow, window)
        case _:
            _take(hall, move)
