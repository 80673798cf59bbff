"""Taking a number, and what its holder may do with it."""

from __future__ import annotations

import secrets
from typing import Any

from projections.halls import Hall
from projections.house import House
from queue_core import errors
from queue_core.access import roles
from queue_core.commands import CancelTicket, IssueTicket, PauseTicket, ResumeTicket
from queue_core.desk import Answer
from queue_core.events import TicketIssued
from queue_core.interface.fields import Nothing
from queue_core.interface.principals import Principal
from queue_core.interface.refusals import NotAcceptable, NotAllowed, NotSignedIn
from queue_core.interface.routes import Call, Route

from .persons import keep_person, require_wishes, subject_of
from .ticket_answers import (
    MachineAnswer,
    NumberTaken,
    SlipAnswer,
    TakeNumber,
    TicketAnswer,
)
from .ticket_state import ticket_answer


CITIZENS_OWN = (errors.TicketUnknown, errors.TicketGone, errors.DayNotOpen)


async def show_machine(call: Call[House, Nothing]) -> MachineAnswer:
    """Tell a ticket machine how the printer beside it stands."""
    hall = call.house.hall(call.path["hall"])
    require_hall(call.principal, hall)
    place = call.principal.place
    return MachineAnswer(
        place=place,
        printer=await call.house.slips.stands(place),
        version=hall.live.version,
    )


async def take_number(call: Call[House, TakeNumber]) -> NumberTaken:
    """Give a citizen the next number for one item or several."""
    hall = call.house.hall(call.path["hall"])
    asked = call.asked
    require_channel(call.principal, hall, asked)
    require_wishes(call, hall)
    answer = await hall.submit(
        IssueTicket(
            command_id=call.command_id,
            at=call.house.clock.now(),
            by=call.principal.by,
            ticket=new_ticket_id(),
            items=items_of(asked),
            channel=asked.channel,
            ticket_class=asked.class_,
            subject_key=await subject_of(call, hall),
            booked_at=asked.booked_at,
            extended=asked.extended,
            language=asked.language,
        )
    )
    issued = answer.find(TicketIssued)
    if issued is None:
        raise errors.CommandIdReused(command_id=call.command_id)
    await keep_person(call, hall, issued)
    return await number_taken(call, hall, issued, answer)


async def show_ticket(call: Call[House, Nothing]) -> TicketAnswer:
    """Tell a ticket's place, as its holder sees it."""
    hall, ticket = await call.house.ticket(call.path["ticket"])
    require_hall(call.principal, hall)
    return await ticket_answer(call.house, hall, ticket)


async def pause_ticket(call: Call[House, Nothing]) -> TicketAnswer:
    """Leave the line for a while; the place is kept."""
    return await change(call, PauseTicket)


async def resume_ticket(call: Call[House, Nothing]) -> TicketAnswer:
    """Come back into the line."""
    return await change(call, ResumeTicket)


async def cancel_ticket(call: Call[House, Nothing]) -> TicketAnswer:
    """Give the number back."""
    return await change(call, CancelTicket)


ROUTES: list[Route[House, Any, Any]] = [
    Route(
        method="GET",
        path="/api/halls/{hall}/machine",
        summary="Tell a ticket machine how the printer beside it stands.",
        right="see-printer",
        handler=show_machine,
        asks=Nothing,
        answers=MachineAnswer,
        refuses=(NotAllowed,),
    ),
    Route(
        method="POST",
        path="/api/halls/{hall}/tickets",
        summary="Give a citizen the next number for one item or several.",
        right="take-number",
        handler=take_number,
        asks=TakeNumber,
        answers=NumberTaken,
        status=201,
        refuses=(
            NotAllowed,
            errors.DayNotOpen,
            errors.DayEnded,
            errors.DoorsClosed,
            errors.ItemUnknown,
            errors.NoWindowServes,
            errors.LiveTicketExists,
            errors.QuotaReached,
            errors.NumbersExhausted,
            errors.ClassNotAllowed,
            errors.CommandIdReused,
        ),
    ),
    Route(
        method="GET",
        path="/api/tickets/{ticket}",
        summary="Tell a ticket's place, as its holder sees it.",
        right="see-ticket",
        handler=show_ticket,
        asks=Nothing,
        answers=TicketAnswer,
        refuses=(errors.TicketUnknown,),
    ),
    Route(
        method="POST",
        path="/api/tickets/{ticket}/pause",
        summary="Leave the line for a while; the place is kept.",
        right="change-ticket",
        handler=pause_ticket,
        asks=Nothing,
        answers=TicketAnswer,
        refuses=(*CITIZENS_OWN, errors.DayEnded, errors.TicketBusy, errors.PauseUsed),
    ),
    Route(
        method="POST",
        path="/api/tickets/{ticket}/resume",
        summary="Come back into the line.",
        right="change-ticket",
        handler=resume_ticket,
        asks=Nothing,
        answers=TicketAnswer,
        refuses=(*CITIZENS_OWN, errors.DayEnded, errors.TicketBusy),
    ),
    Route(
        method="POST",
        path="/api/tickets/{ticket}/cancel",
        summary="Give the number back.",
        right="change-ticket",
        handler=cancel_ticket,
        asks=Nothing,
        answers=TicketAnswer,
        refuses=(*CITIZENS_OWN, errors.DayEnded, errors.TicketBusy),
    ),
]


# Taking a number.


def require_channel(principal: Principal, hall: Hall, asked: TakeNumber) -> None:
    """Pass if the caller may take numbers through the channel he names.

    Raises:
        NotSignedIn: Nobody is known, and the channel is not the phone's.
        NotAllowed: He is no kiosk of the hall, or does not work at its help desk.
        ClassNotAllowed: What is booked is checked in at a machine or by staff.
    """
    if asked.channel == "phone":
        if asked.class_ == "appointment" or asked.booked_at or asked.extended:
            raise errors.ClassNotAllowed(ticket_class="booked", channel="phone")
        return
    if principal.kind == "anyone":
        raise NotSignedIn
    may = principal.role == "kiosk"
    if asked.channel == "help-desk":
        may = principal.kind == "staff" and roles.has_right(
            principal.role, "take-number-for-others"
        )
    if not may:
        why = f"a {principal.role or principal.kind} is no {asked.channel}"
        raise NotAllowed(right="take-number-for-others", why=why)
    require_hall(principal, hall)


def require_hall(principal: Principal, hall: Hall) -> None:
    """Pass if the caller belongs to the hall, or to every hall.

    Raises:
        NotAllowed: He belongs to another one.
    """
    if principal.hall not in {"", hall.hall}:
        why = f"{principal.name} belongs to hall {principal.hall}"
        raise NotAllowed(right="see-ticket", why=why)


def items_of(asked: TakeNumber) -> list[str]:
    """Return the items asked for, each once.

    Raises:
        NotAcceptable: None is named, or they are named in both ways.
    """
    if (asked.item is None) == (not asked.items):
        raise NotAcceptable(field="items", why="name one item, or a list of items")
    return list(dict.fromkeys(asked.items)) or [str(asked.item)]


def new_ticket_id() -> str:
    """Return an id that nobody can guess from another ticket's."""
    return secrets.token_hex(8)


async def number_taken(
    call: Call[House, TakeNumber], hall: Hall, issued: TicketIssued, answer: Answer
) -> NumberTaken:
    """Return the answer to a number, made from its event alone; print its slip."""
    secret = call.house.secrets.ticket_secret(issued.ticket)
    path = f"/t/{issued.ticket}#{secret}"
    slip = None
    if issued.channel == "kiosk":
        outcome = await call.house.slips.hand_out(
            hall,
            issued,
            address=call.house.address(call.host, secure=call.secure) + path,
            place=call.principal.place,
            wanted=call.asked.print and not answer.repeated,
            large=call.asked.large,
        )
        slip = SlipAnswer(
            text=outcome.text, printed=outcome.printed, reason=outcome.reason
        )
    return NumberTaken(
        ticket=issued.ticket,
        number=issued.number,
        secret=secret,
        queue=issued.queue,
        zone=hall.live.zone_of_queue.get(issued.queue, ""),
        windows=hall.live.windows_serving(issued.queue),
        items=issued.items,
        class_=issued.ticket_class,
        people_ahead=issued.people_ahead,
        estimate=None,
        closing_soon=issued.closing_soon,
        issued_at=issued.at,
        phone_path=path,
        slip=slip,
        version=answer.version,
    )


# The holder's ticket.


async def change(
    call: Call[House, Nothing],
    kind: type[PauseTicket | ResumeTicket | CancelTicket],
) -> TicketAnswer:
    """Give a citizen's command about his ticket, and tell how it stands then."""
    hall, ticket = await call.house.ticket(call.path["ticket"])
    require_hall(call.principal, hall)
    await hall.submit(
        kind(
            command_id=call.command_id,
            at=call.house.clock.now(),
            by=call.principal.by,
            ticket=ticket.ticket,
        )
    )
    return await ticket_answer(call.house, hall, ticket)
