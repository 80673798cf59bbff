"""The kinds of values that a profile's fields hold, and how to describe each.

``description`` and ``zh`` are the words a fault uses: "must be …, not …".
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta


CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]"
DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
WINDOW = r"[A-Za-z]{0,3}[0-9]{1,4}"
RANGE = rf"{WINDOW}( *- *{WINDOW})?"

Weekday = Annotated[
    Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    Meta(
        description='a weekday: "mon", "tue", "wed", "thu", "fri", "sat" or "sun"',
        extra={"zh": '星期："mon"、"tue"、"wed"、"thu"、"fri"、"sat" 或 "sun"'},
    ),
]

Text = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=300,
        description="text of 1 to 300 characters",
        extra={"zh": "1 至 300 个字的文字"},
    ),
]

Slug = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9-]{0,39}$",
        description="a short name of a-z, 0-9 and -, such as social-affairs",
        extra={"zh": "由小写字母、数字和 - 组成的代号，如 social-affairs"},
    ),
]

Letter = Annotated[
    str,
    Meta(
        pattern=r"^[A-Z]$",
        description="one capital letter A-Z",
        extra={"zh": "一个大写字母 A-Z"},
    ),
]

ClockTime = Annotated[
    str,
    Meta(
        pattern=rf"^({CLOCK})?$",
        description='a time such as "09:00"',
        extra={"zh": '时间，如 "09:00"'},
    ),
]

SessionText = Annotated[
    str,
    Meta(
        pattern=rf"^{CLOCK} *[-–—~至] *{CLOCK}$",
        description='a stretch of time such as "09:00-12:00"',
        extra={"zh": '时间段，如 "09:00-12:00"'},
    ),
]

DateOrRange = Annotated[
    str,
    Meta(
        pattern=rf"^{DATE}( *(\.\.|至) *{DATE})?$",
        description='a date such as 2026-10-01, or "2026-10-01..2026-10-07"',
        extra={"zh": '日期，如 2026-10-01，或日期段 "2026-10-01..2026-10-07"'},
    ),
]

MonthDay = Annotated[
    str,
    Meta(
        pattern=r"^([0-9]{2}-[0-9]{2})?$",
        description='a day of the year such as "06-01"',
        extra={"zh": '月日，如 "06-01"'},
    ),
]

Accent = Annotated[
    str,
    Meta(
        pattern=r"^#[0-9A-Fa-f]{6}$",
        description='a colour such as "#0B5CAD"',
        extra={"zh": '颜色，如 "#0B5CAD"'},
    ),
]

WindowRanges = Annotated[
    str,
    Meta(
        pattern=rf"^{RANGE}( *[,，、] *{RANGE})*$",
        description='window numbers such as "1-8" or "1-4, 7, 9-12"',
        extra={"zh": '窗口号，如 "1-8" 或 "1-4, 7, 9-12"'},
    ),
]

NumberMask = Annotated[
    str,
    Meta(
        pattern=r"^keep [0-3] and [0-4]$",
        description='"keep 3 and 4" or less: so many signs are shown at both ends',
        extra={"zh": '"keep 3 and 4" 或更少：最多显示前 3 位和后 4 位'},
    ),
]

NameMask = Annotated[
    str,
    Meta(
        pattern=r"^keep [01] and [01]$",
        description='"keep 1 and 0" or "keep 1 and 1": at most one sign at each end',
        extra={"zh": '"keep 1 and 0" 或 "keep 1 and 1"：两端最多各显示一个字'},
    ),
]

Count = Annotated[int, Meta(ge=0, le=100_000)]
Limit = Annotated[int, Meta(ge=1, le=100_000)]
Number = Annotated[int, Meta(ge=1, le=9999)]
DayMinutes = Annotated[int, Meta(ge=0, le=720)]
Seconds = Annotated[int, Meta(ge=0, le=3600)]
Percent = Annotated[float, Meta(ge=0, le=100)]
Share = Annotated[float, Meta(ge=0, le=100)]
Positive = Annotated[float, Meta(gt=0, le=1000)]
