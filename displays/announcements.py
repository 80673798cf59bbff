"""Announcements as sound, for screens whose browser has no voice."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from projections.house import House
from queue_core.interface.fields import END, Line
from queue_core.interface.refusals import NotFound, shortened
from queue_core.interface.routes import Call, Document, Route
from queue_core.values import Language


WAV = "audio/wav"
NUMBER = r"^[A-Z]{1,3}[0-9]{1,4}" + END


class AnnouncementQuery(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What is announced: a number, and the window it is called to."""

    number: Annotated[str, msgspec.Meta(pattern=NUMBER)]
    window: Line
    language: Language = "zh"


async def speak_announcement(call: Call[House, AnnouncementQuery]) -> Document:
    """Return the announcement of a call as a WAV file."""
    hall, asked, voice = (
        call.house.hall(call.path["hall"]),
        call.asked,
        call.house.voice,
    )
    if asked.window not in hall.live.windows:
        raise NotFound(what="window", name=shortened(asked.window))
    found = voice and voice.announcement(asked.number, asked.window, asked.language)
    if not found:
        raise NotFound(what="voice", name=asked.language)
    return Document(WAV, found)


ROUTES: list[Route[House, Any, Any]] = [
    Route(
        method="GET",
        path="/api/halls/{hall}/announcement",
        summary="Speak a call, where the hall has a voice.",
        right="see-hall",
        handler=speak_announcement,
        asks=AnnouncementQuery,
        answers=Document,
        media=(WAV,),
        refuses=(NotFound,),
    ),
]
