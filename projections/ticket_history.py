"""One number's way through the day, line by line, each with version and time.

Lines are plain sentences in Chinese or English. A line says what the record says and
nothing that it does not; the version lets anybody find the record again.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from queue_core.events import (
    CompletionUndone,
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
)

from .history_words import PHRASES, SENTENCES
from .labels import Labels


PLAIN: dict[type[HallDayEvent], str] = {
    TicketHeld: "held",
    HeldTicketResumed: "held-resumed",
    MissUndone: "miss-undone",
    CompletionUndone: "completion-undone",
}
"""Events at a window of which nothing is told but the window and the reason."""


class HistoryLine(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened to a number."""

    version: int
    """Version of the hall-day at which it stands."""
    at: int
    time: str
    """Local time, as ``09:05:31``."""
    event: str
    """The event's name in the record, such as ``TicketCalled``."""
    by: str
    text: str


def tickets_with_number(
    pairs: Iterable[tuple[int, HallDayEvent]], number: str
) -> list[str]:
    """Return the ids of the day's tickets that carry this number, in order of issue."""
    wanted = number.strip().upper()
    return [
        event.ticket
        for _, event in pairs
        if isinstance(event, TicketIssued) and event.number == wanted
    ]


def ticket_history(
    pairs: Iterable[tuple[int, HallDayEvent]],
    ticket: str,
    labels: Labels,
    evaluations: Iterable[EvaluationGiven] = (),
) -> list[HistoryLine]:
    """Return every line of one ticket's day, in the order of the record.

    An evaluation stands in a stream of its own; its line carries the version of the
    hall-day in which the finished service was seen, and comes when it was given.
    """
    lines = [
        history_line(version, event, labels)
        for version, event in pairs
        if getattr(event, "ticket", "") == ticket
    ]
    for event in evaluations:
        if event.ticket == ticket:
            line = _evaluation_line(event, labels)
            before = [n for n, other in enumerate(lines, 1) if other.at <= line.at]
            lines.insert(max(before, default=0), line)
    return lines


def history_line(version: int, event: HallDayEvent, labels: Labels) -> HistoryLine:
    """Return the line of one ticket event.

    Raises:
        TypeError: the event does not belong to a ticket's life.
    """
    key, values = _told(event, labels)
    return HistoryLine(
        version=version,
        at=event.at,
        time=labels.clock_seconds(event.at),
        event=type(event).__name__,
        by=event.by,
        text=SENTENCES[key][labels.language].format(**values),
    )


def history_text(lines: Iterable[HistoryLine]) -> str:
    """Return the lines as a table for a terminal: version, time, sentence."""
    return "\n".join(f"#{x.version:<6} {x.time}  {x.text}" for x in lines)


# The sentence of every event.


def _told(event: HallDayEvent, labels: Labels) -> tuple[str, dict[str, object]]:
    match event:
        case TicketIssued() | StepQueued() | TicketReturned() | TicketResumed():
            return _told_of_line(event, labels)
        case TicketPaused(until_at=until_at):
            return "paused", {"until": labels.clock(until_at)}
        case TicketPinned(reason=reason):
            return "pinned", {"reason": reason}
        case TicketEnded(reason=reason):
            return f"ended-{reason}", {}
        case ItemAdded(item=item, in_service=now):
            key = "item-added-now" if now else "item-added-later"
            return key, {"item": labels.item(item)}
        case _:
            return _told_of_window(event, labels)


def _told_of_line(
    event: TicketIssued | StepQueued | TicketReturned | TicketResumed, labels: Labels
) -> tuple[str, dict[str, object]]:
    match event:
        case TicketIssued():
            values: dict[str, object] = {
                "number": event.number,
                "queue": labels.queue(event.queue),
                "items": labels.item_list(event.items),
                "ticket_class": _phrase(event.ticket_class, labels),
                "channel": _phrase(event.channel, labels),
                "ahead": event.people_ahead,
                "effective": labels.clock_seconds(event.effective_at),
            }
            if event.booked_at:
                values["booked"] = labels.clock(event.booked_at)
                return "issued-booked", values
            return "issued", values
        case StepQueued(queue=queue, items=items):
            names = labels.item_list(items)
            return "step-queued", {"queue": labels.queue(queue), "items": names}
        case TicketReturned(queue=queue, window=window, after_calls=calls):
            place = labels.window(window) if window else labels.queue(queue)
            return "returned", {"place": place, "calls": calls}
        case TicketResumed(effective_at=effective_at):
            return "resumed", {"effective": labels.clock_seconds(effective_at)}


def _told_of_window(
    event: HallDayEvent, labels: Labels
) -> tuple[str, dict[str, object]]:
    values: dict[str, object] = {
        "window": labels.window(getattr(event, "window", "")),
        "reason": _because(getattr(event, "reason", ""), labels),
    }
    if type(event) in PLAIN:
        return PLAIN[type(event)], values
    match event:
        case TicketCalled(ground=ground):
            offset = labels.duration(event.offset_seconds)
            values["effective"] = labels.clock_seconds(event.effective_at)
            values["offset"] = offset
            backup = "-backup" if ground == "rule" and event.offset_seconds else ""
            return f"called-{ground}{backup}", values
        case TicketRecalled(announcements=announcements):
            return "recalled", values | {"times": announcements}
        case TicketMissed(misses=misses):
            return "missed", values | {"times": misses}
        case ServiceStarted(items=items):
            return "started", values | {"items": labels.item_list(items)}
        case TicketTransferred():
            return _told_of_transfer(event, values, labels)
        case ServiceCompleted():
            return _told_of_outcome(event, values, labels)
        case _:
            raise TypeError(f"{type(event).__name__} is not about a ticket")


def _told_of_transfer(
    event: TicketTransferred, values: dict[str, object], labels: Labels
) -> tuple[str, dict[str, object]]:
    target = event.to_window and labels.window(event.to_window)
    values["window"] = labels.window(event.from_window)
    values["target"] = target or labels.queue(event.queue)
    if event.ready_at > event.at:
        return "transferred-later", values | {"ready": labels.clock(event.ready_at)}
    return "transferred", values


def _told_of_outcome(
    event: ServiceCompleted, values: dict[str, object], labels: Labels
) -> tuple[str, dict[str, object]]:
    seconds = (event.at - event.started_at) / 1000
    values["outcome"] = _phrase(event.outcome, labels)
    values["duration"] = labels.duration(seconds)
    joint = "；" if labels.language == "zh" else "; "
    values["supplement"] = joint.join(event.supplement)
    return ("completed-supplement" if event.supplement else "completed"), values


def _evaluation_line(event: EvaluationGiven, labels: Labels) -> HistoryLine:
    joint = "；" if labels.language == "zh" else "; "
    said = [*map(labels.indicator, event.indicators), event.text]
    values = {
        "grade": _phrase(event.grade, labels),
        "channel": _phrase(event.channel, labels),
        "said": _because(joint.join(word for word in said if word), labels),
    }
    return HistoryLine(
        version=event.hall_version,
        at=event.at,
        time=labels.clock_seconds(event.at),
        event=type(event).__name__,
        by=event.by,
        text=SENTENCES["evaluated"][labels.language].format(**values),
    )


def _phrase(code: str, labels: Labels) -> str:
    return PHRASES[code][labels.language]


def _because(reason: str, labels: Labels) -> str:
    if not reason:
        return ""
    return f"：{reason}" if labels.language == "zh" else f": {reason}"
