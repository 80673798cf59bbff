"""The hall as it stood at any version of any day, from the log alone."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from projections.halls import Hall
from projections.house import House
from projections.labels import Labels, labels_of
from projections.live_hall import LineKey, LiveHall, LiveTicket
from projections.past.past_day import PastDay
from projections.past.telling import hall_line
from projections.places_told import hours_today, places_of
from projections.topics.board import board_state
from projections.topics.manager import manager_state
from queue_core.interface.refusals import NotAcceptable, NotFound
from queue_core.interface.routes import Call, Route
from queue_core.profiles.hours import business_date

from .moment_answers import (
    LineShown,
    Moment,
    MomentQuery,
    ParkedShown,
    WaitingShown,
)
from .staff_answers import HistoryRow


FIRST_INSTANT = 10_000_000_000
"""A smaller number is a version: no day has so many, and no hall is so old."""


class When(NamedTuple):
    """What was asked for: a day, and a version or an instant of it."""

    date: str
    version: int | None = None
    at: int = 0
    """With neither the latest is meant."""


async def show_moment(call: Call[House, MomentQuery]) -> Moment:
    """Tell how the hall stood at a version, or at an instant, of any of its days."""
    hall = call.house.hall(call.path["hall"])
    when = moment_asked(hall, call.asked, call.house.clock.now())
    clerks = await call.house.staff_names()
    return await call.house.read(
        make_moment, call.house, hall, when, call.asked, clerks
    )


ROUTES: list[Route[House, Any, Any]] = [
    Route(
        method="GET",
        path="/api/halls/{hall}/history",
        summary="Tell how the hall stood at any version or instant of any day.",
        right="see-manager-page",
        handler=show_moment,
        asks=MomentQuery,
        answers=Moment,
        refuses=(NotFound, NotAcceptable),
    ),
]


def moment_asked(hall: Hall, asked: MomentQuery, now: int) -> When:
    """Return which moment is meant.

    Raises:
        NotAcceptable: It is no time that ever was, or lies on another day than asked.
    """
    today = hall.live.date or business_date(hall.profile, now)
    if not asked.at:
        return When(asked.date or today)
    if asked.at.isdigit() and int(asked.at) < FIRST_INSTANT:
        return When(asked.date or today, version=int(asked.at))
    at = int(asked.at) if asked.at.isdigit() else _local(hall, asked.at)
    date = business_date(hall.profile, at)
    if asked.date not in {None, date}:
        raise NotAcceptable(field="at", why=f"lies on {date}")
    return When(date, at=at)


def make_moment(
    house: House,
    hall: Hall,
    when: When,
    asked: MomentQuery,
    clerks: dict[str, str],
) -> Moment:
    """Fold the day up to the moment and tell how it stood. It blocks.

    Raises:
        NotFound: The hall was not open on the date, or had no such version then.
        LogError: The record cannot be read.
    """
    upto = hall.live.version if when.date == hall.live.date else 0
    day = house.past.day(hall.hall, when.date, upto=upto)
    if day is None:
        raise NotFound(what="day", name=when.date)
    version = version_of(day, when)
    live = house.past.picture(day, version)
    assert live.rules is not None
    profile = house.past.profile(day, live.rules)
    labels = dataclasses.replace(labels_of(profile, asked.language), clerks=clerks)
    event = told(day, version, labels, live)
    assert event is not None
    return Moment(
        hall=hall.hall,
        date=when.date,
        version=version,
        at=max(when.at, event.at),
        first_version=1,
        last_version=day.last_version,
        first_at=day.events[0].at,
        last_at=day.events[-1].at,
        event=event,
        previous=told(day, version - 1, labels, live),
        next=told(day, version + 1, labels, live),
        board=board_state(live),
        manager=manager_state(live),
        lines=lines_of(live),
        parked=parked_of(live),
        wait_target_seconds=live.rules.wait_target_seconds,
        hours=hours_today(live.hours) if live.hours else None,
        labels=profile.revision,
        places=None if asked.labels == profile.revision else places_of(profile),
    )


def version_of(day: PastDay, when: When) -> int:
    """Return the version of a day at which it stood then.

    An instant before the day began shows how it began.

    Raises:
        NotFound: The day has no such version.
    """
    if when.at:
        return max(1, day.version_at(when.at))
    version = day.last_version if when.version is None else when.version
    if not 0 < version <= day.last_version:
        raise NotFound(what="version", name=str(version))
    return version


def told(
    day: PastDay, version: int, labels: Labels, live: LiveHall
) -> HistoryRow | None:
    """Return an event of the day in words; None before the first, after the last."""
    event = day.event(version)
    if event is None:
        return None
    line = hall_line(version, event, labels, live)
    return HistoryRow(
        version=line.version,
        at=line.at,
        time=line.time,
        event=line.event,
        by=line.by,
        text=line.text,
    )


def lines_of(live: LiveHall) -> list[LineShown]:
    """Return everybody who waits, line by line in the hall's order."""
    places = {zone: place for place, zone in enumerate(live.zone_order)}
    shown = [
        LineShown(
            queue=key.queue,
            window=key.only_window or None,
            extended=key.extended,
            zone=_zone_of(live, key),
            waiting=[_waiting(ticket) for ticket in line],
        )
        for key, line in live.lines.items()
        if line
    ]
    shown.sort(key=lambda one: (places.get(one.zone, len(places)), one.queue == ""))
    return shown


def parked_of(live: LiveHall) -> list[ParkedShown]:
    """Return who is not in line for a while, in the order of leaving it."""
    parked = sorted(live.parked.values(), key=lambda t: (t.since_at, t.ticket))
    return [
        ParkedShown(
            ticket=ticket.ticket,
            number=ticket.number,
            queue=ticket.queue,
            zone=ticket.zone,
            reason=ticket.parked_reason or "",
            since_at=ticket.since_at,
        )
        for ticket in parked
    ]


def _zone_of(live: LiveHall, key: LineKey) -> str:
    if key.only_window:
        window = live.windows.get(key.only_window)
        return window.zone if window else ""
    return live.zone_of_queue.get(key.queue, "")


def _waiting(ticket: LiveTicket) -> WaitingShown:
    return WaitingShown(
        ticket=ticket.ticket,
        number=ticket.number,
        class_=ticket.ticket_class,
        items=list(ticket.items),
        issued_at=ticket.issued_at,
        waiting_since=ticket.waiting_since,
        effective_at=ticket.effective_at,
        pinned=ticket.pinned,
        returned=ticket.returned,
    )


def _local(hall: Hall, text: str) -> int:
    try:
        local = datetime.fromisoformat(text)
        there = local.replace(tzinfo=ZoneInfo(hall.profile.timezone))
        return int(there.timestamp() * 1000)
    except (ValueError, OverflowError) as error:
        raise NotAcceptable(field="at", why="is no date and time") from error
