"""What everybody may see: the halls, their items, and how they stand now."""

from __future__ import annotations

from typing import Any

import msgspec

from projections.answers import DAY_STATES
from projections.house import House
from projections.live_hall import ZoneCounts
from projections.places_told import hours_today, places_of, words
from queue_core.interface.fields import Nothing
from queue_core.interface.refusals import NotFound
from queue_core.interface.routes import Call, Route
from queue_core.profiles.hours import (
    business_date,
    day_hours,
    is_open_day,
    utc_offset_minutes,
)

from .hall_answers import (
    ClockNow,
    HallAnswer,
    HallList,
    HallName,
    ItemAnswer,
    ItemList,
    ItemQuery,
    LiveAnswer,
)
from .hall_labels import (
    call_shown,
    found_item,
    indicators,
    notice_shown,
    phrases_of,
    rules_today,
    screen_settings,
    zone_shown,
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
    voice = call.house.voice
    places, today = places_of(profile), business_date(profile, now)
    hours = live.hours if live.date == today else None
    if hours is None and is_open_day(profile, today):
        hours = day_hours(profile, today)
    return HallAnswer(
        hall=hall.hall,
        name=words(profile.name),
        date=today,
        state=DAY_STATES[live.day_state if live.date == today else 0],
        timezone=profile.timezone,
        clock=ClockNow(
            now=now,
            speed=call.house.clock.speed,
            utc_offset_minutes=utc_offset_minutes(profile, now),
        ),
        link=call.house.link(call.host, secure=call.secure),
        labels=hall.labels,
        zones=places.zones,
        floors=places.floors,
        queues=places.queues,
        windows=places.windows,
        help_desk=words(profile.help_desk),
        hours=hours_today(hours) if hours else None,
        rules=rules_today(profile, reminds=call.house.reminders is not None),
        phrases=phrases_of(profile),
        indicators=indicators(),
        screen=screen_settings(profile, voice.languages if voice else []),
        version=live.version,
    )


async def search_items(call: Call[House, ItemQuery]) -> ItemList:
    """Search items in spoken words; without words, list them."""
    hall = call.house.hall(call.path["hall"])
    asked = call.asked
    if asked.q.strip():
        limit = asked.limit or FOUND_LIMIT
        best = await hall.search(asked.q, limit, asked.zone)
        found = [found_item(hall, one.item, one.score) for one in best]
    else:
        found = [
            found_item(hall, item, None)
            for item in hall.profile.items
            if asked.zone in {"", item.zone}
        ][: asked.limit]
    return ItemList(items=found, version=hall.live.version)


async def show_item(call: Call[House, Nothing]) -> ItemAnswer:
    """Tell everything about one item."""
    hall = call.house.hall(call.path["hall"])
    item = hall.require_item(call.path["item"])
    fields = msgspec.structs.asdict(found_item(hall, item, None))
    return ItemAnswer(**fields, version=hall.live.version)


async def show_live(call: Call[House, Nothing]) -> LiveAnswer:
    """Tell the public live state: the calls on the board and who waits where."""
    hall = call.house.hall(call.path["hall"])
    live, now = hall.live, call.house.clock.now()
    return LiveAnswer(
        date=live.date or business_date(hall.profile, now),
        state=DAY_STATES[live.day_state],
        calls=[call_shown(hall, shown) for shown in live.calls.values()],
        zones=[
            zone_shown(live.zones.get(zone.zone) or ZoneCounts(zone.zone))
            for zone in hall.profile.zones
        ],
        notices=[
            notice_shown(notice)
            for notice in live.notices.values()
            if notice.concerns_citizens() and now < notice.until_at
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
