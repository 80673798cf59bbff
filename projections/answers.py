"""The form that all answers of the house have in common."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec


DayState = Literal["not-open", "open", "closed"]

DAY_STATES: tuple[DayState, ...] = get_args(DayState)
"""The states of a business day, as the live picture numbers them."""

TicketState = Literal[
    "waiting",
    "missed",
    "paused",
    "preparing",
    "called",
    "serving",
    "held",
    "ended",
]

TICKET_STATES: tuple[TicketState, ...] = get_args(TicketState)
"""The states of a ticket, as the live link numbers them."""


class Answer(msgspec.Struct, frozen=True, kw_only=True, rename={"class_": "class"}):
    """An answer of the house."""


class Words(Answer, frozen=True, kw_only=True):
    """The same words in Chinese and in English."""

    zh: str
    en: str
