"""A hall's zones, queues, windows, floors and hours, as everybody is told of them."""

from __future__ import annotations

from queue_core.profiles import parts
from queue_core.profiles.profile import (
    Floor,
    HallProfile,
    Queue,
    Window,
    Zone,
    floors_of,
)
from queue_core.values import DayHours, SkillLevel

from .answers import Answer, Words


class FloorLabel(Answer, frozen=True, kw_only=True):
    """A floor of the hall: rows of zones, each from left to right."""

    name: Words | None
    rows: list[list[str]]


class ZoneLabel(Answer, frozen=True, kw_only=True):
    """A zone of the hall and where it is."""

    zone: str
    name: Words
    place: Words


class QueueLabel(Answer, frozen=True, kw_only=True):
    """A queue and the letter of its numbers."""

    queue: str
    zone: str
    letter: str
    name: Words


class SkillLabel(Answer, frozen=True, kw_only=True):
    """A queue that a window serves, as a backup only after the offset."""

    queue: str
    level: SkillLevel
    offset_seconds: int


class WindowLabel(Answer, frozen=True, kw_only=True):
    """A window, and what it serves."""

    window: str
    zone: str
    name: Words | None
    skills: list[SkillLabel]


class SessionHours(Answer, frozen=True, kw_only=True):
    """A stretch of the day in which windows serve."""

    opens_at: int
    closes_at: int


class HoursToday(Answer, frozen=True, kw_only=True):
    """The instants of the business day."""

    doors_at: int
    sessions: list[SessionHours]
    closing_soon_at: int
    cut_off_at: int
    closes_at: int


class Places(Answer, frozen=True, kw_only=True):
    """The places of a hall, and what they are called."""

    zones: list[ZoneLabel]
    floors: list[FloorLabel]
    queues: list[QueueLabel]
    windows: list[WindowLabel]


def places_of(profile: HallProfile) -> Places:
    """Return the places of a profile's hall."""
    return Places(
        zones=[zone_label(zone) for zone in profile.zones],
        floors=[floor_label(floor) for floor in floors_of(profile)],
        queues=[queue_label(queue) for queue in profile.queues],
        windows=[window_label(window) for window in profile.windows],
    )


def words(given: parts.Words) -> Words:
    """Return a profile's words for an answer."""
    return Words(zh=given.zh, en=given.en)


def zone_label(zone: Zone) -> ZoneLabel:
    """Return what a zone is called and where it is."""
    return ZoneLabel(zone=zone.zone, name=words(zone.name), place=words(zone.place))


def floor_label(floor: Floor) -> FloorLabel:
    """Return a floor of the hall's plan."""
    return FloorLabel(
        name=words(floor.name) if floor.name else None,
        rows=[list(row) for row in floor.rows],
    )


def queue_label(queue: Queue) -> QueueLabel:
    """Return what a queue is called and its letter."""
    return QueueLabel(
        queue=queue.queue,
        zone=queue.zone,
        letter=queue.letter,
        name=words(queue.name),
    )


def window_label(window: Window) -> WindowLabel:
    """Return what a window is called and what it serves."""
    return WindowLabel(
        window=window.window,
        zone=window.zone,
        name=words(window.name) if window.name else None,
        skills=[
            SkillLabel(
                queue=skill.queue,
                level=skill.level,
                offset_seconds=skill.offset_seconds,
            )
            for skill in window.skills
        ],
    )


def hours_today(hours: DayHours) -> HoursToday:
    """Return the instants of the day that citizens need."""
    return HoursToday(
        doors_at=hours.doors_at,
        sessions=[
            SessionHours(opens_at=one.opens_at, closes_at=one.closes_at)
            for one in hours.sessions
        ],
        closing_soon_at=hours.closing_soon_at,
        cut_off_at=hours.cut_off_at,
        closes_at=hours.closes_at,
    )
