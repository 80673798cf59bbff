"""What citizens and kiosks ask about tickets, and what is answered."""

from __future__ import annotations

from typing import Annotated

import msgspec

from projections.answers import Answer, TicketState
from queue_core.interface.fields import ONE_LINE, SEVERAL_LINES, Instant, Reference
from queue_core.values import (
    Channel,
    EvaluationChannel,
    Grade,
    Language,
    TicketClass,
)


Remark = Annotated[str, msgspec.Meta(max_length=500, pattern=SEVERAL_LINES)]
"""What a citizen writes beside a grade."""


# Taking a number.


class MachineAnswer(Answer, frozen=True, kw_only=True):
    """How a ticket machine stands, so that it can say so before anybody presses."""

    place: str
    printer: str
    """``ready``, ``no-printer``, or what keeps the printer from printing."""
    version: int


class ReminderAsked(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A wish to be reminded by SMS."""

    phone: Annotated[str, msgspec.Meta(min_length=1, max_length=24, pattern=ONE_LINE)]
    """A mobile phone's eleven digits, however they are grouped."""


class TakeNumber(
    msgspec.Struct,
    forbid_unknown_fields=True,
    kw_only=True,
    rename={"class_": "class"},
):
    """A citizen's wish for a number, for one item or several."""

    channel: Channel
    item: Reference | None = None
    items: Annotated[list[Reference], msgspec.Meta(max_length=8)] = []
    class_: TicketClass = "ordinary"
    subject: Annotated[str, msgspec.Meta(max_length=64, pattern=ONE_LINE)] = ""
    """The person's identity number; the record only gets a random key in its place."""
    name: Annotated[str, msgspec.Meta(max_length=64, pattern=ONE_LINE)] = ""
    """The name on the card, where the hall's profile wants it."""
    reminder: ReminderAsked | None = None
    language: Language = "zh"
    booked_at: Instant = 0
    extended: bool = False
    print: bool = True
    large: bool = False
    """Print the slip in larger letters."""


class SlipAnswer(Answer, frozen=True, kw_only=True):
    """The slip of a kiosk: its text, and whether it came out of the printer."""

    text: list[str]
    printed: bool
    reason: str | None
    """Why it was not printed."""


class NumberTaken(Answer, frozen=True, kw_only=True):
    """A number, and the secret that belongs to its holder."""

    ticket: str
    number: str
    secret: str
    queue: str
    zone: str
    windows: list[str]
    """The open windows that serve it."""
    items: list[str]
    class_: TicketClass
    people_ahead: int
    estimate: None
    closing_soon: bool
    issued_at: int
    phone_path: str
    slip: SlipAnswer | None
    version: int


# The holder's ticket.


class PauseAnswer(Answer, frozen=True, kw_only=True):
    """How often the citizen has left the line, and until when now."""

    used: int
    limit: int
    until_at: int | None


class ServiceDone(Answer, frozen=True, kw_only=True):
    """A finished service of a ticket."""

    service: str
    window: str
    clerk_name: str | None
    outcome: str
    supplement: list[str]
    finished_at: int
    evaluated: bool


class TicketAnswer(Answer, frozen=True, kw_only=True):
    """A ticket as its holder sees it."""

    ticket: str
    number: str
    state: TicketState
    class_: TicketClass
    queue: str
    zone: str
    items: list[str]
    people_ahead: int | None
    window: str | None
    windows: list[str]
    call: int | None
    announcements: int
    issued_at: int
    called_at: int | None
    pause: PauseAnswer
    services: list[ServiceDone]
    ended_reason: str | None
    hall: str
    version: int


# Evaluation.


class GiveGrade(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A citizen's evaluation of a finished service, given of his own will."""

    grade: Grade
    channel: EvaluationChannel
    indicators: Annotated[list[Reference], msgspec.Meta(max_length=24)] = []
    text: Remark = ""


class ServiceAnswer(Answer, frozen=True, kw_only=True):
    """A finished service that may be evaluated once."""

    service: str
    ticket: str
    number: str
    hall: str
    window: str
    clerk: str | None
    """Who served, where the hall tells it: the number and the name."""
    clerk_name: str | None
    items: list[str]
    outcome: str
    supplement: list[str]
    started_at: int
    finished_at: int
    evaluated: bool
    version: int


class EvaluationAnswer(Answer, frozen=True, kw_only=True):
    """An evaluation that has been recorded."""

    service: str
    grade: Grade
    indicators: list[str]
    text: str
    channel: EvaluationChannel
    given_at: int
    version: int
    """The version of the hall-day in which the service was seen finished."""
