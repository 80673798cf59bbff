"""The topics of the live link by name."""

from __future__ import annotations

from typing import NamedTuple

from queue_core.access.roles import TOPICS
from queue_core.access.roles import TopicKind as Kind
from queue_core.errors import ParseError


KINDS: frozenset[str] = frozenset(TOPICS)

PATTERNS: dict[str, tuple[Kind, str]] = {
    "board/{hall}": ("board", "What the hall's boards show."),
    "board/{hall}/{zone}": ("board", "What the boards of a zone show."),
    "window/{hall}/{window}": ("window", "What the sign of a window shows."),
    "ticket/{ticket}": ("ticket", "One number's place; its secret opens it, too."),
    "console/{hall}/{window}": ("console", "What the clerk at a window works with."),
    "manager/{hall}": ("manager", "The whole hall, for those who answer for it."),
}
"""All names of topics, and what each is for: the description is made from it."""

NAME_LIMIT = 200
"""The longest topic name that is read."""


class Topic(NamedTuple):
    """A topic: its kind, its hall (none for a ticket), its zone, window or ticket."""

    kind: Kind
    hall: str
    place: str = ""

    @property
    def name(self) -> str:
        """The topic as it stands in frames."""
        return "/".join(part for part in self if part)


def parse_topic(name: str) -> Topic:
    """Read a topic's name.

    Raises:
        ParseError: it is none of the names that the link serves.
    """
    kind, *places = name.split("/")
    well_formed = len(name) <= NAME_LIMIT and all(places) and name.isprintable()
    if well_formed:
        match kind, places:
            case "board", [hall]:
                return Topic("board", hall)
            case "board", [hall, zone]:
                return Topic("board", hall, zone)
            case "window", [hall, window]:
                return Topic("window", hall, window)
            case "console", [hall, window]:
                return Topic("console", hall, window)
            case "manager", [hall]:
                return Topic("manager", hall)
            case "ticket", [ticket]:
                return Topic("ticket", "", ticket)
    raise ParseError(f"there is no topic {name[:NAME_LIMIT]!r}", field="topic")
