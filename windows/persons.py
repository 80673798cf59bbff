"""Persons: who stands at the window, behind masks; held and erased by the office."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from projections.answers import Answer
from projections.halls import Hall
from projections.house import House
from projections.persons_recorded import record_notes
from projections.persons_shown import shown, subject_recorded, subject_today
from queue_core import errors
from queue_core.interface.fields import ONE_LINE, FilledLine, Nothing, Reference
from queue_core.interface.refusals import NotAcceptable, PersonalNumber
from queue_core.interface.routes import Call, Route
from queue_core.persons.identifiers import Field
from queue_core.persons.persons import ASKED, Cause, Persons
from queue_core.persons.redaction import looks_personal
from queue_core.persons.refusals import PersonHeld, PersonUnknown


Identifier = Annotated[str, msgspec.Meta(max_length=64, pattern=ONE_LINE)]


class PersonAsked(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A person, by an identifier or by a ticket: one of the two."""

    subject: Identifier = ""
    """An identity number or a mobile phone."""
    ticket: Reference | None = None


class PersonHoldAsked(PersonAsked, forbid_unknown_fields=True, kw_only=True):
    """A person who must not be erased, and why."""

    reason: FilledLine
    """It stands in the record: the number of a complaint, and nobody's name."""


class PersonAtWindow(Answer, frozen=True, kw_only=True):
    """Who stands at a window, as far as a clerk may see it: masks only."""

    ticket: str | None
    name: str | None
    identity: str | None
    phone: str | None
    version: int


class PersonsDone(Answer, frozen=True, kw_only=True):
    """How many persons something was done about."""

    persons: int
    version: int


async def show_person(call: Call[House, Nothing]) -> PersonAtWindow:
    """Tell a clerk on duty who stands at his window, behind masks."""
    hall = call.house.hall(call.path["hall"])
    window = hall.live.windows.get(call.path["window"])
    if window is None:
        raise errors.WindowUnknown(call.path["window"])
    if window.clerk != call.principal.name:
        raise errors.NotOnDuty(window.window, call.principal.name)
    ticket = window.ticket.ticket if window.ticket else None
    known: dict[Field, str] = {}
    if ticket is not None:
        subject = subject_today(hall, ticket)
        wish = await call.house.persons.do(Persons.reminder, ticket)
        whose = [one for one in (subject, wish.subject if wish else "") if one]
        for one in dict.fromkeys(whose):
            known |= await call.house.persons.do(Persons.known, hall.hall, one)
    masks = shown(hall.profile, known)
    return PersonAtWindow(
        ticket=ticket,
        name=masks.get("name"),
        identity=masks.get("identity"),
        phone=masks.get("phone"),
        version=hall.live.version,
    )


async def erase_person(call: Call[House, PersonAsked]) -> PersonsDone:
    """Erase a person for ever; counts, orders and reports stay what they are."""
    hall, subjects = await persons_meant(call)
    cause = Cause(call.house.clock.now(), call.principal.by, ASKED)
    erased = await call.house.persons.do(Persons.erase, hall.hall, subjects, cause)
    await record_notes(hall, call.house.persons)
    return PersonsDone(persons=len(erased), version=hall.live.version)


async def hold_person(call: Call[House, PersonHoldAsked]) -> PersonsDone:
    """Let nobody erase a person while something is open, such as a complaint."""
    reason = call.asked.reason
    if looks_personal(reason):
        raise PersonalNumber(field="reason")
    return await hold_or_release(call, reason)


async def release_person(call: Call[House, PersonAsked]) -> PersonsDone:
    """Hold a person no longer."""
    return await hold_or_release(call, "")


async def hold_or_release(call: Call[House, Any], reason: str) -> PersonsDone:
    """Hold for a reason, or release without one, and record it."""
    hall, subjects = await persons_meant(call)
    cause = Cause(call.house.clock.now(), call.principal.by, reason)
    changed = await call.house.persons.do(Persons.hold, hall.hall, subjects, cause)
    await record_notes(hall, call.house.persons)
    return PersonsDone(persons=len(changed), version=hall.live.version)


async def persons_meant(call: Call[House, Any]) -> tuple[Hall, list[str]]:
    """Return the hall and the subject keys that are meant.

    Raises:
        NotAcceptable: Nobody is named, or in both ways.
        PersonUnknown: The ticket is nobody's whom the record knows.
    """
    hall, asked = call.house.hall(call.path["hall"]), call.asked
    if bool(asked.subject) == (asked.ticket is not None):
        raise NotAcceptable(field="subject", why="name a subject, or a ticket")
    if asked.subject:
        identifier = asked.subject
        found = await call.house.persons.do(Persons.find, hall.hall, identifier)
        return hall, found
    ticket = asked.ticket
    wish = await call.house.persons.do(Persons.reminder, ticket)
    found = [wish.subject] if wish and wish.hall == hall.hall else []
    subject = subject_today(hall, ticket) or await call.house.read(
        subject_recorded,
        call.house.log,
        hall.hall,
        ticket,
        hall.profile.retention.identifiers_days + 1,
    )
    return hall, [*found, *([subject] if subject else [])]


ABOUT_PERSONS = (PersonUnknown, errors.CommandIdReused)

ROUTES: list[Route[House, Any, Any]] = [
    Route(
        method="GET",
        path="/api/halls/{hall}/windows/{window}/person",
        summary="Tell a clerk on duty who stands at his window, behind masks.",
        right="see-person",
        handler=show_person,
        asks=Nothing,
        answers=PersonAtWindow,
        refuses=(errors.WindowUnknown, errors.NotOnDuty),
    ),
    Route(
        method="POST",
        path="/api/halls/{hall}/persons/erase",
        summary="Erase a person for ever; counts, orders and reports stay.",
        right="erase-person",
        handler=erase_person,
        asks=PersonAsked,
        answers=PersonsDone,
        refuses=(*ABOUT_PERSONS, PersonHeld),
    ),
    Route(
        method="POST",
        path="/api/halls/{hall}/persons/hold",
        summary="Let nobody erase a person while something is open.",
        right="erase-person",
        handler=hold_person,
        asks=PersonHoldAsked,
        answers=PersonsDone,
        refuses=(*ABOUT_PERSONS, PersonalNumber),
    ),
    Route(
        method="POST",
        path="/api/halls/{hall}/persons/release",
        summary="Hold a person no longer.",
        right="erase-person",
        handler=release_person,
        asks=PersonAsked,
        answers=PersonsDone,
        refuses=ABOUT_PERSONS,
    ),
]
