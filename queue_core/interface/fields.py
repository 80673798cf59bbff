"""The bounded texts, numbers and lists that requests are made of.

Every text that comes from outside has a longest length and no characters that are not
seen, so that it can stand in a log, on a slip, on a board and in a spreadsheet.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from queue_core.values import UNSEEN


END = r"$(?!\n)"
"""The end of a text. In Python ``$`` alone lets a line break follow."""

ONE_LINE = rf"^[^{UNSEEN}]*{END}"
FILLED = rf"^[ \u3000]*[^ \u3000{UNSEEN}][^{UNSEEN}]*{END}"
"""One line that does not consist of spaces."""
SEVERAL_LINES = rf"^(?:[^{UNSEEN}]|[\n\t])*$"
NAME = rf"^[A-Za-z0-9_.-]+{END}"
DATE = rf"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{END}"

Name = Annotated[
    str,
    msgspec.Meta(
        min_length=1, max_length=64, pattern=NAME, description="A short plain name."
    ),
]
"""An account, a place: letters, digits, dot, dash and underscore."""

Reference = Annotated[str, msgspec.Meta(min_length=1, max_length=64, pattern=ONE_LINE)]
"""A code that the profile or the house has given out: item, queue, window, ticket."""

Line = Annotated[str, msgspec.Meta(max_length=200, pattern=ONE_LINE)]
"""A text of one line, possibly empty."""

FilledLine = Annotated[
    str, msgspec.Meta(min_length=1, max_length=200, pattern=ONE_LINE)
]
"""A text of one line with something in it."""

Paragraph = Annotated[str, msgspec.Meta(max_length=1000, pattern=SEVERAL_LINES)]
"""What a person wrote in his own words."""

Password = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
NewPassword = Annotated[str, msgspec.Meta(min_length=8, max_length=200)]

CalendarDate = Annotated[str, msgspec.Meta(pattern=DATE, description="YYYY-MM-DD")]

Instant = Annotated[
    int,
    msgspec.Meta(ge=0, le=4102444800000, description="Milliseconds since 1970 UTC."),
]

Seconds = Annotated[int, msgspec.Meta(ge=0, le=86400)]


class Nothing(msgspec.Struct, forbid_unknown_fields=True):
    """A request without fields: an empty body, or an empty object."""
