"""Any event of a hall's day in words, for whoever looks back at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.ticket_history import HistoryLine, history_line
from queue_core.events import (
    DayClosed,
    DayOpened,
    HallDayEvent,
    NoticeBroadcast,
    NoticeWithdrawn,
    RulesAdopted,
    TicketIssued,
    WindowClosed,
    WindowOpened,
    WindowPaused,
    WindowResumed,
)

from .hall_words import HALL_SENTENCES


if TYPE_CHECKING:
    from projections.labels import Labels
    from projections.live_hall import LiveHall

Told = tuple[str, dict[str, str]]


def hall_line(
    version: int, event: HallDayEvent, labels: Labels, live: LiveHall
) -> HistoryLine:
    """Return the line of any event of a day.

    ``live`` is the hall at this version or shortly before: it knows the numbers of
    tickets and the words of notices that events only refer to.
    """
    told = _told_of_hall(event, labels, live)
    if told is None:
        return _number_line(version, event, labels, live)
    key, values = told
    return HistoryLine(
        version=version,
        at=event.at,
        time=labels.clock_seconds(event.at),
        event=type(event).__name__,
        by=event.by,
        text=HALL_SENTENCES[key][labels.language].format(**values),
    )


def _told_of_hall(event: HallDayEvent, labels: Labels, live: LiveHall) -> Told | None:
    match event:
        case DayOpened():
            return "day-opened", {}
        case RulesAdopted():
            return "rules-adopted", {}
        case DayClosed(overdue=overdue):
            return "day-closed-overdue" if overdue else "day-closed", {}
        case NoticeBroadcast():
            return _told_of_notice(event, labels)
        case NoticeWithdrawn(notice=name):
            notice = live.notices.get(name)
            text = _said(notice.zh, notice.en, labels) if notice else ""
            return "notice-withdrawn", {"text": text}
        case WindowOpened(window=window, clerk=clerk):
            clerks = {"window": labels.window(window), "clerk": labels.clerk(clerk)}
            return "window-opened", clerks
        case WindowPaused(window=window, reason=reason):
            return "window-paused", {"window": labels.window(window), "reason": reason}
        case WindowResumed(window=window):
            return "window-resumed", {"window": labels.window(window)}
        case WindowClosed(window=window):
            return "window-closed", {"window": labels.window(window)}
        case _:
            return None


def _told_of_notice(event: NoticeBroadcast, labels: Labels) -> Told:
    text = _said(event.zh, event.en, labels)
    joint = "、" if labels.language == "zh" else ", "
    if event.windows:
        places = joint.join(map(labels.window, event.windows))
        return "notice-windows", {"places": places, "text": text}
    places = joint.join(map(labels.zone, event.zones))
    staff = event.audience == "staff"
    if event.zones:
        key = "notice-staff-zones" if staff else "notice-zones"
        return key, {"places": places, "text": text}
    return "notice-staff" if staff else "notice-hall", {"text": text}


def _said(zh: str, en: str, labels: Labels) -> str:
    return zh if labels.language == "zh" else en or zh


def _number_line(
    version: int, event: HallDayEvent, labels: Labels, live: LiveHall
) -> HistoryLine:
    line = history_line(version, event, labels)
    if isinstance(event, TicketIssued):
        return line
    ticket = live.tickets.get(getattr(event, "ticket", ""))
    number = ticket.number if ticket else getattr(event, "number", "")
    sentence = HALL_SENTENCES["of-a-number"][labels.language]
    text = sentence.format(number=number, text=line.text)
    return HistoryLine(
        version=line.version,
        at=line.at,
        time=line.time,
        event=line.event,
        by=line.by,
        text=text,
    )
