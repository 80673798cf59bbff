"""What a manager tells the hall, its zones or its clerks, and takes back."""

from __future__ import annotations

import secrets
from typing import Annotated, Any

import msgspec

from projections.answers import Answer
from projections.house import House
from queue_core import errors
from queue_core.commands import BroadcastNotice, WithdrawNotice
from queue_core.events import NoticeBroadcast
from queue_core.interface.fields import FILLED, ONE_LINE, Nothing, Reference
from queue_core.interface.refusals import PersonalNumber
from queue_core.interface.routes import Call, Route
from queue_core.persons.redaction import looks_personal
from queue_core.values import Audience

from .staff_answers import Asked


MINUTE_MS = 60_000
DAY_MINUTES = 24 * 60

ZONES = 50
WINDOWS = 200


class NoticeAsked(Asked, kw_only=True):
    """What to say, to whom, and for how long.

    The texts are as long as a board shows them in two lines.
    """

    zh: Annotated[str, msgspec.Meta(min_length=1, max_length=60, pattern=FILLED)]
    en: Annotated[str, msgspec.Meta(max_length=140, pattern=ONE_LINE)] = ""
    """Empty: the Chinese words stand for both."""
    audience: Audience = "everyone"
    """Everyone in the hall, or only the clerks at their consoles."""
    zones: Annotated[list[Reference], msgspec.Meta(max_length=ZONES)] = msgspec.field(
        default_factory=list
    )
    """Only these zones; empty: the whole hall."""
    windows: Annotated[list[Reference], msgspec.Meta(max_length=WINDOWS)] = (
        msgspec.field(default_factory=list)
    )
    """Only the clerks at these windows."""
    minutes: Annotated[int, msgspec.Meta(ge=1, le=DAY_MINUTES)] | None = None
    """None: until the day ends."""


class NoticeAnswer(Answer, frozen=True, kw_only=True):
    """A notice as it is recorded."""

    notice: str
    zh: str
    en: str
    audience: Audience
    zones: list[str]
    windows: list[str]
    at: int
    until_at: int
    version: int


class NoticeTakenBack(Answer, frozen=True, kw_only=True):
    """A notice that nobody shows any longer."""

    notice: str
    version: int


async def broadcast_notice(call: Call[House, NoticeAsked]) -> NoticeAnswer:
    """Tell the hall, some zones or some clerks something, on their screens at once."""
    hall = call.house.hall(call.path["hall"])
    asked, now = call.asked, call.house.clock.now()
    for field in ("zh", "en"):
        if looks_personal(getattr(asked, field)):
            raise PersonalNumber(field=field)
    answer = await hall.submit(
        BroadcastNotice(
            command_id=call.command_id,
            at=now,
            by=call.principal.by,
            notice=secrets.token_hex(8),
            zh=asked.zh,
            en=asked.en,
            audience=asked.audience,
            zones=asked.zones,
            windows=asked.windows,
            until_at=now + asked.minutes * MINUTE_MS if asked.minutes else 0,
        )
    )
    told = answer.find(NoticeBroadcast)
    if told is None:
        raise errors.CommandIdReused(command_id=call.command_id)
    return NoticeAnswer(
        notice=told.notice,
        zh=told.zh,
        en=told.en,
        audience=told.audience,
        zones=told.zones,
        windows=told.windows,
        at=told.at,
        until_at=told.until_at,
        version=answer.version,
    )


async def withdraw_notice(call: Call[House, Nothing]) -> NoticeTakenBack:
    """Take a notice back before it is over."""
    hall = call.house.hall(call.path["hall"])
    answer = await hall.submit(
        WithdrawNotice(
            command_id=call.command_id,
            at=call.house.clock.now(),
            by=call.principal.by,
            notice=call.path["notice"],
        )
    )
    return NoticeTakenBack(notice=call.path["notice"], version=answer.version)


ROUTES: list[Route[House, Any, Any]] = [
    Route(
        method="POST",
        path="/api/halls/{hall}/notices",
        summary="Tell the hall, some zones or some clerks something until a time.",
        right="broadcast-notice",
        handler=broadcast_notice,
        asks=NoticeAsked,
        answers=NoticeAnswer,
        status=201,
        refuses=(
            errors.DayNotOpen,
            errors.DayEnded,
            errors.ZoneUnknown,
            errors.WindowUnknown,
            errors.NoticesEnough,
            errors.NoticeOver,
            errors.CommandIdReused,
            PersonalNumber,
        ),
    ),
    Route(
        method="POST",
        path="/api/halls/{hall}/notices/{notice}/withdraw",
        summary="Take a notice back before it is over.",
        right="broadcast-notice",
        handler=withdraw_notice,
        asks=Nothing,
        answers=NoticeTakenBack,
        refuses=(
            errors.DayNotOpen,
            errors.DayEnded,
            errors.NoticeUnknown,
            errors.CommandIdReused,
        ),
    ),
]
