"""Who takes a number: recognised by a keyed hash, kept as far as the hall wants it."""

from __future__ import annotations

from typing import Any

from projections.halls import Hall
from projections.house import House
from queue_core.events import TicketIssued
from queue_core.interface.refusals import NotAcceptable
from queue_core.interface.routes import Call
from queue_core.persons.identifiers import (
    Field,
    plain_identity,
    plain_name,
    plain_phone,
)
from queue_core.persons.persons import Persons

from .reminders import ReminderDesk
from .ticket_answers import ReminderAsked, TakeNumber


def require_wishes(call: Call[House, TakeNumber], hall: Hall) -> None:
    """Pass if the hall wants what is told of a person, and can do what is wished.

    Raises:
        NotAcceptable: It keeps no names, or sends no reminders, or not to this phone.
    """
    asked = call.asked
    if asked.name:
        if not hall.profile.persons.keep_name or asked.channel == "phone":
            raise NotAcceptable(field="name", why="no name is wanted here")
        if not plain_identity(asked.subject):
            raise NotAcceptable(field="name", why="comes with the subject of its card")
    if asked.reminder is not None:
        desk_of(call.house, "reminder")
        phone_of(asked.reminder, "reminder.phone")


async def subject_of(call: Call[House, TakeNumber], hall: Hall) -> str:
    """Return the subject key for whoever takes a number; empty if he stays unknown."""
    if not call.asked.subject:
        return ""
    now, identity = call.house.clock.now(), call.asked.subject
    return await call.house.persons.do(Persons.recognise, hall.hall, identity, now)


async def keep_person(
    call: Call[House, TakeNumber], hall: Hall, issued: TicketIssued
) -> None:
    """Keep of whoever got a number what the hall keeps, and what he wished."""
    asked, wanted = call.asked, hall.profile.persons
    known: dict[Field, str] = {}
    if wanted.keep_identity and (identity := plain_identity(asked.subject)):
        known["identity"] = identity
    if name := plain_name(asked.name):
        known["name"] = name
    if subject := issued.subject_key:
        now = call.house.clock.now()
        await call.house.persons.do(Persons.keep, hall.hall, subject, now, known)
    ticket = hall.live.tickets.get(issued.ticket)
    if asked.reminder is not None and ticket is not None:
        desk = desk_of(call.house, "reminder")
        await desk.want(hall, ticket, phone_of(asked.reminder, "reminder.phone"))


def desk_of(house: House, field: str) -> ReminderDesk:
    """Return who reminds by SMS.

    Raises:
        NotAcceptable: Nobody does here.
    """
    desk: Any = house.reminders
    if not isinstance(desk, ReminderDesk):
        raise NotAcceptable(field=field, why="nobody is reminded by SMS here")
    return desk


def phone_of(asked: ReminderAsked, field: str) -> str:
    """Return the phone that is to be told.

    Raises:
        NotAcceptable: It is none.
    """
    phone = plain_phone(asked.phone)
    if not phone:
        raise NotAcceptable(field=field, why="is no mobile number of eleven digits")
    return phone
