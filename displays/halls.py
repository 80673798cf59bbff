"""What everybody may see: the halls, their items, and how they stand now."""

from __future__ import annotations

from typing import Any

import msgspec

from projections.answers import DAY_STATES, Words
from projections.halls import Hall
from projections.house import House
from projections.live_hall import LiveCall, ZoneCounts
from queue_core.interface.fields import Nothing
from queue_core.interface.refusals import NotFound
from queue_core.interface.routes import Call, Route
from queue_core.profiles import parts
from queue_core.profiles.hours import business_date, day_hours, is_open_day
from queue_core.profiles.profile import HallProfile, Item, Window
from queue_core.rules.indicators import INDICATORS
from queue_core.values import DayHours, Grade

from .hall_answers import (
    CallShown,
    ClockNow,
    FoundItem,
    HallAnswer,
    HallList,
    HallName,
    HoursToday,
    IndicatorLabel,
    ItemAnswer,
    ItemList,
    ItemQuery,
    LiveAnswer,
    Phrases,
    QueueLabel,
    RulesToday,
    ScreenSettings,
    SessionHours,
    SkillLabel,
    VoiceSettings,
    WindowLabel,
    ZoneLabel,
    ZoneShown,
)


FOUND_LIMIT = 3


async def list_halls(call: Call[House, Nothing]) -> HallList:
    """List the halls of this house."""
    return HallList(
        halls=[
            HallName(hall=hall.hall, name=words(hall.profile.name))
            for hall in call.house.halls.values()
        ]
    )


async def show_hall(call: Call[House, Nothing]) -> HallAnswer:
    """Tell a hall's labels, rules, hours, and where its live link is."""
    hall = call.house.hall(call.path["hall"])
    profile, live, now = hall.profile, hall.live, call.house.clock.now()
    today = business_date(profile, now)
    hours = live.hours if live.date == today else None
    if hours is None and is_open_day(profile, today):
        hours = day_hours(profile, today)
    return HallAnswer(
        hall=hall.hall,
        name=words(profile.name),
        date=today,
        state=DAY_STATES[live.day_state if live.date == today else 0],
        clock=ClockNow(now=now, speed=call.house.clock.speed),
        link=call.house.link(call.host),
        labels=hall.labels,
        zones=[
            ZoneLabel(zone=z.zone, name=words(z.name), place=words(z.place))
            for z in profile.zones
        ],
        queues=[
            QueueLabel(queue=q.queue, zone=q.zone, letter=q.letter, name=words(q.name))
            for q in profile.queues
        ],
        windows=[window_label(window) for window in profile.windows],
        help_desk=words(profile.help_desk),
        hours=hours_today(hours) if hours else None,
        rules=rules_today(profile),
        phrases=phrases_of(profile),
        indicators=indicators(),
        screen=screen_settings(profile),
        version=live.version,
    )


async def search_items(call: Call[House, ItemQuery]) -> ItemList:
    """Search items in spoken words; without words, list them."""
    hall = call.house.hall(call.path["hall"])
    asked = call.asked
    if asked.q.strip():
        limit = asked.limit or FOUND_LIMIT
        found = [
            found_item(one.item, one.score)
            for one in hall.search.find(asked.q, limit, asked.zone)
        ]
    else:
        found = [
            found_item(item, None)
            for item in hall.profile.items
            if asked.zone in {"", item.zone}
        ][: asked.limit]
    return ItemList(items=found, version=hall.live.version)


async def show_item(call: Call[House, Nothing]) -> ItemAnswer:
    """Tell everything about one item."""
    hall = call.house.hall(call.path["hall"])
    item = hall.require_item(call.path["item"])
    fields = msgspec.structs.asdict(found_item(item, None))
    return ItemAnswer(**fields, version=hall.live.version)


async def show_live(call: Call[House, Nothing]) -> LiveAnswer:
    """Tell the public live state: the calls on the board and who waits where."""
    hall = call.house.hall(call.path["hall"])
    live = hall.live
    return LiveAnswer(
        date=live.date or business_date(hall.profile, call.house.clock.now()),
        state=DAY_STATES[live.day_state],
        calls=[call_shown(hall, shown) for shown in live.calls.values()],
        zones=[
            zone_shown(live.zones.get(zone.zone) or ZoneCounts(zone.zone))
            for zone in hall.profile.zones
        ],
        version=live.version,
    )


ROUTES: list[Route[House, Any, Any]] = [
    Route(
        method="GET",
        path="/api/halls",
        summary="List the halls of this house.",
        right="see-hall",
        handler=list_halls,
        asks=Nothing,
        answers=HallList,
    ),
    Route(
        method="GET",
        path="/api/halls/{hall}",
        summary="Tell a hall's labels, rules, hours, and where its live link is.",
        right="see-hall",
        handler=show_hall,
        asks=Nothing,
        answers=HallAnswer,
        refuses=(NotFound,),
    ),
    Route(
        method="GET",
        path="/api/halls/{hall}/items",
        summary="Search items in spoken words; without words, list them.",
        right="see-hall",
        handler=search_items,
        asks=ItemQuery,
        answers=ItemList,
    ),
    Route(
        method="GET",
        path="/api/halls/{hall}/items/{item}",
        summary="Tell everything about one item.",
        right="see-hall",
        handler=show_item,
        asks=Nothing,
        answers=ItemAnswer,
    ),
    Route(
        method="GET",
        path="/api/halls/{hall}/live",
        summary="Tell the public live state of a hall.",
        right="see-hall",
        handler=show_live,
        asks=Nothing,
        answers=LiveAnswer,
    ),
]


# Labels and settings.


def words(given: parts.Words) -> Words:
    """Return a profile's words for an answer."""
    return Words(zh=given.zh, en=given.en)


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


def rules_today(profile: HallProfile) -> RulesToday:
    """Return the rules that citizens and screens need."""
    return RulesToday(
        green_channels=list(profile.green.channels),
        green_who=words(profile.green.who),
        announcements_limit=profile.calls.announcements,
        missed_limit=profile.calls.missed_limit,
        missed_return_after_calls=profile.calls.return_after_calls,
        pause_limit_seconds=profile.pauses.minutes * 60,
        pauses_limit=profile.pauses.times,
        green_credit_seconds=profile.credits.green_minutes * 60,
        appointment_credit_seconds=profile.credits.appointment_minutes * 60,
        appointment_early_seconds=profile.appointments.early_minutes * 60,
        appointment_late_seconds=profile.appointments.late_minutes * 60,
        subject_daily_limit=profile.quotas.per_person,
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


def screen_settings(profile: HallProfile) -> ScreenSettings:
    """Return how the hall's screens look, speak and wait."""
    voice = profile.voice
    return ScreenSettings(
        accent=profile.accent,
        voice=VoiceSettings(
            enabled=voice.enabled,
            chime=voice.chime,
            times=voice.times,
            english=voice.english,
            rate=voice.rate,
        ),
        pad_timeout_seconds=profile.evaluation.pad_timeout_seconds,
        show_clerk=profile.evaluation.show_clerk,
    )


# Items, calls, zones.


def found_item(item: Item, score: float | None) -> FoundItem:
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
