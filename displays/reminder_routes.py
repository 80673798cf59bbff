"""The wish to be reminded by SMS, and its end."""

from __future__ import annotations

from typing import Any

from projections.answers import Answer
from projections.halls import Hall
from projections.house import House
from projections.live_hall import LiveTicket
from projections.persons_shown import shown
from queue_core import errors
from queue_core.interface.fields import Nothing
from queue_core.interface.refusals import NotAcceptable
from queue_core.interface.routes import Call, Route
from queue_core.persons.persons import Persons

from .persons import desk_of, phone_of
from .reminders import ReminderDesk
from .ticket_answers import ReminderAsked


class ReminderAnswer(Answer, frozen=True, kw_only=True):
    """Whether and how a ticket's holder is reminded."""

    ticket: str
    ahead: int
    """When so many are ahead he is told; 0: nobody is reminded here."""
    phone: str | None
    """The phone's mask; null: it is not wished."""
    version: int


async def show_reminder(call: Call[House, Nothing]) -> ReminderAnswer:
    """Tell whether a ticket's holder is reminded, and at which phone."""
    hall, ticket = await call.house.ticket(call.path["ticket"])
    if not isinstance(call.house.reminders, ReminderDesk):
        return answer_of(hall, ticket, None, ahead=0)
    return await reminder_of(call, hall, ticket)


async def want_reminder(call: Call[House, ReminderAsked]) -> ReminderAnswer:
    """Remind a ticket's holder by SMS, when few are ahead and at the call."""
    desk = desk_of(call.house, "phone")
    phone = phone_of(call.asked, "phone")
    hall, ticket = await call.house.ticket(call.path["ticket"])
    if ticket.place == "ended":
        reason = ticket.ended_reason or "served"
        raise errors.TicketGone(ticket.ticket, ticket.number, reason)
    if desk.is_full and not desk.wants(ticket.ticket):
        raise NotAcceptable(field="phone", why="too many are reminded already")
    await desk.want(hall, ticket, phone)
    return await reminder_of(call, hall, ticket)


async def forget_reminder(call: Call[House, Nothing]) -> ReminderAnswer:
    """Remind a ticket's holder no longer, and forget the phone."""
    desk = desk_of(call.house, "ticket")
    hall, ticket = await call.house.ticket(call.path["ticket"])
    await desk.forget(ticket.ticket)
    return await reminder_of(call, hall, ticket)


async def reminder_of(
    call: Call[House, Any], hall: Hall, ticket: LiveTicket
) -> ReminderAnswer:
    """Return how a ticket's holder is reminded."""
    wish = await call.house.persons.do(Persons.reminder, ticket.ticket)
    phone = None
    if wish is not None:
        known = await call.house.persons.do(Persons.known, hall.hall, wish.subject)
        phone = shown(hall.profile, known).get("phone")
    return answer_of(hall, ticket, phone, ahead=hall.profile.persons.remind_ahead)


def answer_of(
    hall: Hall, ticket: LiveTicket, phone: str | None, *, ahead: int
) -> ReminderAnswer:
    """Return the answer about a ticket's reminder."""
    return ReminderAnswer(
        ticket=ticket.ticket, ahead=ahead, phone=phone, version=hall.live.version
    )


ROUTES: list[Route[House, Any, Any]] = [
    Route(
        method="GET",
        path="/api/tickets/{ticket}/reminder",
        summary="Tell whether a ticket's holder is reminded, and at which phone.",
        right="hear-of-ticket",
        handler=show_reminder,
        asks=Nothing,
        answers=ReminderAnswer,
        refuses=(errors.TicketUnknown,),
    ),
    Route(
        method="POST",
        path="/api/tickets/{ticket}/reminder",
        summary="Remind a ticket's holder by SMS, when few are ahead and at the call.",
        right="hear-of-ticket",
        handler=want_reminder,
        asks=ReminderAsked,
        answers=ReminderAnswer,
        remembered=False,
        refuses=(errors.TicketUnknown, errors.TicketGone),
    ),
    Route(
        method="POST",
        path="/api/tickets/{ticket}/reminder/forget",
        summary="Remind a ticket's holder no longer, and forget the phone.",
        right="hear-of-ticket",
        handler=forget_reminder,
        asks=Nothing,
        answers=ReminderAnswer,
        remembered=False,
        refuses=(errors.TicketUnknown,),
    ),
]
