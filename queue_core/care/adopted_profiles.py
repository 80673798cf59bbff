"""The profiles that a log holds: who works here, and how long their days stay."""

from __future__ import annotations

import msgspec

from queue_core.errors import ParseError
from queue_core.events import ProfileAdopted
from queue_core.log import codec
from queue_core.log.event_log import Unreadable
from queue_core.log.streams import PROFILE
from queue_core.profiles.profile import HallProfile, parse_profile

from .opening import reading
from .places import Place
from .rows import Row


def profiles_in(place: Place) -> dict[str, HallProfile]:
    """Return the newest profile of every hall of a log, by the hall's name.

    Raises:
        Unreadable: a profile cannot be understood.
        LogError: the log cannot be read.
    """
    with reading(place) as rows:
        newest = {row.stream: row for row in rows.of_streams(rows.streams(PROFILE))}
    profiles = [_profile(row) for row in newest.values()]
    return {profile.hall: profile for profile in profiles}


def _profile(row: Row) -> HallProfile:
    try:
        event = codec.decode(row.topic, row.state)
        if not isinstance(event, ProfileAdopted):
            raise ParseError(f"{type(event).__name__} adopts no profile")
        return parse_profile(event.content)
    except (ParseError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Unreadable(row.stream, row.version, str(error)) from error
