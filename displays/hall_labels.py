"""A hall's profile and live picture in the form in which everybody is told of them."""

from __future__ import annotations

from projections.answers import Words
from projections.halls import Hall
from projections.live_hall import LiveCall, LiveNotice, ZoneCounts
from projections.places_told import words
from queue_core.profiles.profile import HallProfile, Item
from queue_core.rules.indicators import INDICATORS
from queue_core.values import Grade, Language

from .hall_answers import (
    CallShown,
    FoundItem,
    IndicatorLabel,
    NoticeShown,
    Phrases,
    RulesToday,
    ScreenSettings,
    VoiceSettings,
    ZoneShown,
)


# Settings.


def rules_today(profile: HallProfile, *, reminds: bool) -> RulesToday:
    """Return the rules that citizens and screens need."""
    return RulesToday(
        green_channels=list(profile.green.channels),
        green_who=words(profile.green.who),
        announcements_limit=profile.calls.announcements,
        missed_limit=profile.calls.missed_limit,
        missed_return_after_calls=profile.calls.return_after_calls,
        missed_not_before_seconds=profile.calls.return_not_before_seconds,
        pause_limit_seconds=profile.pauses.minutes * 60,
        pauses_limit=profile.pauses.times,
        ordinary_credit_seconds=profile.credits.ordinary_minutes * 60,
        green_credit_seconds=profile.credits.green_minutes * 60,
        appointment_credit_seconds=profile.credits.appointment_minutes * 60,
        appointment_early_seconds=profile.appointments.early_minutes * 60,
        appointment_late_seconds=profile.appointments.late_minutes * 60,
        subject_daily_limit=profile.quotas.per_person,
        wait_target_seconds=profile.waits.target_minutes * 60,
        undo_seconds=profile.calls.undo_seconds,
        reminder_ahead=profile.persons.remind_ahead if reminds else 0,
        card_name=profile.persons.keep_name,
    )


def phrases_of(profile: HallProfile) -> Phrases:
    """Return the reasons a clerk chooses from, as they are recorded."""
    lists = profile.phrases
    return Phrases(
        missed=[phrase.zh for phrase in lists.missed],
        pause=[phrase.zh for phrase in lists.pause],
        transfer=[phrase.zh for phrase in lists.transfer],
        hold=[phrase.zh for phrase in lists.hold],
    )


def indicators() -> dict[Grade, list[IndicatorLabel]]:
    """Return the indicators of every grade."""
    found: dict[Grade, list[IndicatorLabel]] = {}
    for one in INDICATORS.values():
        label = IndicatorLabel(
            code=one.code, text=Words(zh=one.zh, en=one.en), basic=one.basic
        )
        found.setdefault(one.grade, []).append(label)
    return found


def screen_settings(profile: HallProfile, clips: list[Language]) -> ScreenSettings:
    """Return how the hall's screens look, speak and wait.

    ``clips`` are the languages that the house itself can speak.
    """
    voice = profile.voice
    return ScreenSettings(
        accent=profile.accent,
        voice=VoiceSettings(
            enabled=voice.enabled,
            chime=voice.chime,
            times=voice.times,
            english=voice.english,
            rate=voice.rate,
            clips=clips,
        ),
        pad_timeout_seconds=profile.evaluation.pad_timeout_seconds,
        show_clerk=profile.evaluation.show_clerk,
    )


# Items, calls, zones.


def found_item(hall: Hall, item: Item, score: float | None) -> FoundItem:
    """Return an item for a list."""
    return FoundItem(
        item=item.item,
        name=item.name,
        name_en=item.name_en,
        department=item.department,
        zone=item.zone,
        queue=item.queue,
        aliases=item.aliases,
        minutes=item.minutes,
        kind=item.kind,
        materials=item.materials,
        score=score,
        open_windows=len(hall.live.windows_serving(item.queue)),
    )


def call_shown(hall: Hall, call: LiveCall) -> CallShown:
    """Return a call as the board shows it."""
    return CallShown(
        call=call.call,
        ticket_number=call.number,
        window=call.window,
        zone=hall.live.windows[call.window].zone,
        called_at=call.called_at,
        announcements=call.announcements,
        state="here" if call.here else "called",
    )


def zone_shown(counts: ZoneCounts) -> ZoneShown:
    """Return how many wait in a zone."""
    return ZoneShown(
        zone=counts.zone,
        waiting=counts.waiting,
        parked=counts.parked,
        serving=counts.called + counts.serving + counts.held,
        open_windows=counts.open_windows,
    )


def notice_shown(notice: LiveNotice) -> NoticeShown:
    """Return a notice as everybody is told it."""
    return NoticeShown(
        notice=notice.notice,
        text=Words(zh=notice.zh, en=notice.en or notice.zh),
        zones=list(notice.zones),
        at=notice.at,
        until_at=notice.until_at,
    )
