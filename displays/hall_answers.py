"""What everybody may ask about a hall, and what is answered."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from projections.answers import Answer, DayState, Words
from projections.places_told import (
    FloorLabel,
    HoursToday,
    QueueLabel,
    WindowLabel,
    ZoneLabel,
)
from queue_core.interface.fields import ONE_LINE, Line
from queue_core.values import Grade, Language


# The hall.


class HallName(Answer, frozen=True, kw_only=True):
    """A hall of this house."""

    hall: str
    name: Words


class HallList(Answer, frozen=True, kw_only=True):
    """The halls of this house."""

    halls: list[HallName]


class ClockNow(Answer, frozen=True, kw_only=True):
    """The hall's clock: its instant now, and how fast it runs (1: real time)."""

    now: int
    speed: float
    utc_offset_minutes: int
    """How far the hall's time is ahead of UTC now."""


class RulesToday(Answer, frozen=True, kw_only=True):
    """The hall's rules that screens and citizens need to know."""

    green_channels: list[str]
    green_who: Words
    announcements_limit: int
    missed_limit: int
    missed_return_after_calls: int
    missed_not_before_seconds: int
    pause_limit_seconds: int
    pauses_limit: int
    ordinary_credit_seconds: int
    green_credit_seconds: int
    appointment_credit_seconds: int
    appointment_early_seconds: int
    appointment_late_seconds: int
    subject_daily_limit: int
    wait_target_seconds: int
    """How long nobody should wait."""
    undo_seconds: int
    """A clerk may undo a mistaken miss or completion for so long; 0: never."""
    reminder_ahead: int
    """Who wants it is told by SMS when so many are ahead; 0: nobody is."""
    card_name: bool
    """The hall wants the name that a card tells."""


class Phrases(Answer, frozen=True, kw_only=True):
    """The reasons a clerk chooses from."""

    missed: list[str]
    pause: list[str]
    transfer: list[str]
    hold: list[str]


class IndicatorLabel(Answer, frozen=True, kw_only=True):
    """An indicator that explains a grade."""

    code: str
    text: Words
    basic: bool
    """Offered first."""


class VoiceSettings(Answer, frozen=True, kw_only=True):
    """How calls are spoken."""

    enabled: bool
    chime: bool
    times: int
    english: bool
    rate: float
    clips: list[Language]
    """What the house itself can speak, for screens without a voice of their own."""


class ScreenSettings(Answer, frozen=True, kw_only=True):
    """How the hall's screens look, speak and wait."""

    accent: str
    voice: VoiceSettings
    pad_timeout_seconds: int
    show_clerk: bool


class HallAnswer(Answer, frozen=True, kw_only=True):
    """A hall: its labels, its rules and where its live link is."""

    hall: str
    name: Words
    date: str
    state: DayState
    timezone: str
    """By its name, as ``Asia/Shanghai``: all times of the hall are told in it."""
    clock: ClockNow
    link: str
    labels: str
    """Changes when any label of the hall does."""
    zones: list[ZoneLabel]
    floors: list[FloorLabel]
    queues: list[QueueLabel]
    windows: list[WindowLabel]
    help_desk: Words
    hours: HoursToday | None
    rules: RulesToday
    phrases: Phrases
    indicators: dict[Grade, list[IndicatorLabel]]
    screen: ScreenSettings
    version: int


# Items.


class ItemQuery(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A search in spoken words; without words, all items of the hall or a zone."""

    q: Annotated[str, msgspec.Meta(max_length=64, pattern=ONE_LINE)] = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=2000)] | None = None
    zone: Line = ""


class FoundItem(Answer, frozen=True, kw_only=True):
    """An item (事项) that citizens come for."""

    item: str
    name: str
    name_en: str
    department: str
    zone: str
    queue: str
    aliases: list[str]
    minutes: float
    kind: str
    materials: list[str]
    score: float | None
    """How well the item fits the words of a search."""
    open_windows: int
    """How many windows on duty serve it now."""


class ItemAnswer(FoundItem, frozen=True, kw_only=True):
    """One item."""

    version: int


class ItemList(Answer, frozen=True, kw_only=True):
    """Items, the best fit first."""

    items: list[FoundItem]
    version: int


# The public live state.


class CallShown(Answer, frozen=True, kw_only=True):
    """A call that stands on the board."""

    call: int
    ticket_number: str
    window: str
    zone: str
    called_at: int
    announcements: int
    state: Literal["called", "here"]


class ZoneShown(Answer, frozen=True, kw_only=True):
    """How many wait in a zone, and how many windows serve there."""

    zone: str
    waiting: int
    parked: int
    serving: int
    open_windows: int


class NoticeShown(Answer, frozen=True, kw_only=True):
    """A notice to all who are in the hall, or in some zones."""

    notice: str
    text: Words
    zones: list[str]
    """Empty: the whole hall."""
    at: int
    until_at: int


class LiveAnswer(Answer, frozen=True, kw_only=True):
    """The hall as everybody may see it."""

    date: str
    state: DayState
    calls: list[CallShown]
    zones: list[ZoneShown]
    notices: list[NoticeShown]
    version: int
