"""The screens of the hall: which are there, which are stale, and which have gone."""

from __future__ import annotations

from typing import Any, Literal

from projections.answers import Answer
from projections.house import House
from projections.screens import Watched
from queue_core.interface.fields import Nothing
from queue_core.interface.routes import Call, Route


ScreenKind = Literal["board", "window"]
"""Boards and kiosks follow a board; signs and pads follow their window."""


class ScreensShown(Answer, frozen=True, kw_only=True):
    """The screens that follow one board or one window."""

    kind: ScreenKind
    place: str
    """The zone of a board, empty for the whole hall; or the window."""
    screens: int
    stale: int
    """Those of them that show an old picture, or have not reported for long."""
    stale_seconds: int
    missing: int
    """Those that were there, and have gone in the last hours."""
    missing_seconds: int


class ScreenList(Answer, frozen=True, kw_only=True):
    """The screens of a hall that tell what they have drawn."""

    screens: list[ScreensShown]
    version: int


async def list_screens(call: Call[House, Nothing]) -> ScreenList:
    """Tell how the screens of the hall are, by their own reports."""
    hall = call.house.hall(call.path["hall"])
    watched = await call.house.screens(hall.hall)
    shown = [screens_shown(one) for one in watched]
    return ScreenList(
        screens=[one for one in shown if one is not None], version=hall.live.version
    )


ROUTES: list[Route[House, Any, Any]] = [
    Route(
        method="GET",
        path="/api/halls/{hall}/screens",
        summary="Tell which screens of the hall are there, stale or gone.",
        right="see-manager-page",
        handler=list_screens,
        asks=Nothing,
        answers=ScreenList,
    ),
]


def screens_shown(watched: Watched) -> ScreensShown | None:
    """Return the screens of a topic; None where it is no screen of the hall."""
    kind = watched.topic.kind
    if kind not in ("board", "window"):
        return None
    return ScreensShown(
        kind=kind,
        place=watched.topic.place,
        screens=watched.screens,
        stale=watched.stale,
        stale_seconds=round(watched.stale_seconds),
        missing=watched.missing,
        missing_seconds=round(watched.missing_seconds),
    )
