"""The parts of a hall profile that say how the hall works: hours, rules, screens."""

from __future__ import annotations

from typing import Any

import msgspec

from queue_core.values import Channel

from .kinds import (
    ClockTime,
    Count,
    DateOrRange,
    DayMinutes,
    Limit,
    MonthDay,
    NameMask,
    NumberMask,
    Positive,
    Seconds,
    SessionText,
    Text,
    Weekday,
)


def usual(*values: Any) -> Any:
    """Give a list field its usual values: a new list for every struct."""
    if not values:
        return msgspec.field(default_factory=list)
    return msgspec.field(default_factory=lambda: list(values))


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of a profile."""


class Words(Part, frozen=True, kw_only=True, omit_defaults=True):
    """The same words in Chinese and in English."""

    zh: Text
    en: Text


# Hours.


class DayTimes(Part, frozen=True, kw_only=True, omit_defaults=True):
    """The local times of one business day."""

    doors: ClockTime
    sessions: list[SessionText]
    cut_off: ClockTime
    day_ends: ClockTime
    closing_soon_minutes: DayMinutes = 60
    """The note "closing soon" begins this long before the last session ends."""


class SpecialHours(Part, frozen=True, kw_only=True, omit_defaults=True):
    """Times for some days only. What is empty is as on every other day."""

    weekdays: list[Weekday] = usual()
    dates: list[DateOrRange] = usual()
    from_day: MonthDay = ""
    until_day: MonthDay = ""
    """With ``from_day`` a season, such as summer; both days included."""
    doors: ClockTime = ""
    sessions: list[SessionText] = usual()
    cut_off: ClockTime = ""
    day_ends: ClockTime = ""
    closing_soon_minutes: DayMinutes | None = None


class Hours(DayTimes, frozen=True, kw_only=True, omit_defaults=True):
    """When the hall is open."""

    open_weekdays: list[Weekday] = usual("mon", "tue", "wed", "thu", "fri")
    closed_dates: list[DateOrRange] = usual()
    extra_open_dates: list[DateOrRange] = usual()
    """Days worked in place of others (调休上班)."""
    special: list[SpecialHours] = usual()
    """The first that fits a day gives its times."""


# Rules.


class Credits(Part, frozen=True, kw_only=True, omit_defaults=True):
    """Minutes by which a class of tickets is moved forward."""

    green_minutes: DayMinutes = 20
    appointment_minutes: DayMinutes = 10
    ordinary_minutes: DayMinutes = 0


class Appointments(Part, frozen=True, kw_only=True, omit_defaults=True):
    """How early and how late a booked citizen may check in and keep the booked time."""

    early_minutes: DayMinutes = 30
    late_minutes: DayMinutes = 10


class Calls(Part, frozen=True, kw_only=True, omit_defaults=True):
    """Calls, recalls (重呼) and missed calls (过号)."""

    announcements: Limit = 3
    """How often one call may be announced, the first time included."""
    missed_limit: Limit = 3
    """The last missed call ends the ticket."""
    return_after_calls: Limit = 3
    return_not_before_seconds: Seconds = 60
    undo_seconds: Seconds = 30
    """A mistaken miss or completion may be undone for so long; 0: never."""


class Pauses(Part, frozen=True, kw_only=True, omit_defaults=True):
    """How often and how long a citizen may leave the line."""

    times: Count = 1
    minutes: DayMinutes = 30


class Waits(Part, frozen=True, kw_only=True, omit_defaults=True):
    """How long a citizen is to wait at most. Reports say how many waited no longer."""

    target_minutes: DayMinutes = 15


class Quotas(Part, frozen=True, kw_only=True, omit_defaults=True):
    """How many tickets in a day; 0: no quota."""

    per_person: Count = 5
    items: dict[str, Count] = {}


class Green(Part, frozen=True, kw_only=True, omit_defaults=True):
    """The green channel (绿色通道): where its tickets are taken, and who may."""

    channels: list[Channel] = usual("kiosk", "help-desk")
    who: Words = Words(
        zh="老年人、残疾人、孕产妇、现役军人、消防救援人员",
        en="Older people, people with disabilities, expectant mothers, "
        "service members and firefighters",
    )


class Phrases(Part, frozen=True, kw_only=True, omit_defaults=True):
    """The reasons a clerk chooses from."""

    missed: list[Words] = usual(
        Words(zh="呼叫后无人到窗口", en="Nobody came to the window")
    )
    pause: list[Words] = usual(Words(zh="暂时离开", en="Away for a moment"))
    transfer: list[Words] = usual(
        Words(zh="需其他窗口继续办理", en="To be continued at another window")
    )
    hold: list[Words] = usual(
        Words(zh="等待补充材料", en="Waiting for further documents")
    )


# Screens, voice, retention.


class EvaluationSettings(Part, frozen=True, kw_only=True, omit_defaults=True):
    """How the evaluation pad behaves."""

    pad_timeout_seconds: Seconds = 60
    """A pad that nobody touches so long records nothing."""
    show_clerk: bool = True


class Voice(Part, frozen=True, kw_only=True, omit_defaults=True):
    """How calls are spoken."""

    enabled: bool = True
    chime: bool = True
    times: Limit = 2
    english: bool = True
    rate: Positive = 1.0


class PersonSettings(Part, frozen=True, kw_only=True, omit_defaults=True):
    """What is kept of persons, and what of it is shown. Nothing is ever shown whole."""

    keep_identity: bool = True
    """Keep the identity number, encrypted; otherwise only its keyed hash."""
    keep_name: bool = False
    """Keep the name that the card reader tells."""
    mask_identity: NumberMask = "keep 3 and 4"
    mask_phone: NumberMask = "keep 3 and 4"
    mask_name: NameMask = "keep 1 and 0"
    remind_ahead: Limit = 3
    """Who wants to be reminded is told when so many are ahead."""


class Retention(Part, frozen=True, kw_only=True, omit_defaults=True):
    """How long what identifies a person is kept, and days stay in the log."""

    identifiers_days: Count = 30
    record_days: Count = 400
    """Closed days that are older may be archived; 0: none."""
