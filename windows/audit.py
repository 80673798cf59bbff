"""The auditor's reading: who did what, when, from where, and what was refused."""

from __future__ import annotations

from datetime import date
from typing import Any

from projections.audit import AuditAsked, AuditLine, audit_csv, read_audit
from projections.house import House
from queue_core.interface.refusals import NotAcceptable, NotAllowed, NotFound
from queue_core.interface.routes import Call, Document, Route
from queue_core.log.streams import HOUSE
from queue_core.profiles.hours import business_date

from .audit_answers import AuditList, AuditQuery, AuditRow


CSV = "text/csv; charset=utf-8"
LONGEST_DAYS = 31


async def show_audit(call: Call[House, AuditQuery]) -> AuditList:
    """List what was done around accounts and devices, and what staff commanded."""
    lines = await read(call)
    return AuditList(
        lines=[AuditRow(**line._asdict()) for line in lines[: call.asked.limit]],
        count=len(lines),
    )


async def audit_sheet(call: Call[House, AuditQuery]) -> Document:
    """Write the same as a sheet of text for a spreadsheet."""
    lines = await read(call)
    return Document(CSV, audit_csv(lines), "audit.csv")


ROUTES: list[Route[House, Any, Any]] = [
    Route(
        method="GET",
        path="/api/audit",
        summary="List who did what to accounts, devices and tickets, and was refused.",
        right="see-audit",
        handler=show_audit,
        asks=AuditQuery,
        answers=AuditList,
        refuses=(NotFound,),
    ),
    Route(
        method="GET",
        path="/api/audit/sheet",
        summary="Write the audit as a sheet of text.",
        right="see-audit",
        handler=audit_sheet,
        asks=AuditQuery,
        answers=Document,
        media=("text/csv",),
        refuses=(NotFound,),
    ),
]


async def read(call: Call[House, AuditQuery]) -> list[AuditLine]:
    """Read what was asked for, as far as the auditor may see it.

    Raises:
        NotAcceptable: The dates are none, or too many.
        NotAllowed: He belongs to another hall.
        NotFound: The house has no such hall.
    """
    asked, house = call.asked, call.house
    halls = halls_of(call)
    last = asked.last or asked.first or today(house)
    first = asked.first or last
    require_dates(first, last)
    await house.audit.move(with_counts=True)
    wanted = AuditAsked(
        halls=halls,
        first=first,
        last=last,
        account=asked.account,
        action=asked.action,
        commands=asked.commands,
    )
    return await house.read(read_audit, house, wanted)


def halls_of(call: Call[House, AuditQuery]) -> tuple[str, ...]:
    """Return whose audit is read; one who belongs to a hall reads that hall's."""
    asked, own = call.asked.hall, call.principal.hall
    if own and asked not in {"", own}:
        why = f"{call.principal.name} belongs to hall {own}"
        raise NotAllowed(right="see-audit", why=why)
    if asked and asked != HOUSE and not call.house.has_hall(asked):
        raise NotFound(what="hall", name=asked)
    if asked or own:
        return (asked or own,)
    return (HOUSE, *call.house.halls)


def today(house: House) -> str:
    """Return the house's date: that of its first hall, at the accounts' own time."""
    now = house.accounts.notes.now()
    return business_date(next(iter(house.halls.values())).profile, now)


def require_dates(first: str, last: str) -> None:
    """Pass if these are dates, in order, and not too many at once.

    Raises:
        NotAcceptable: They are not.
    """
    for field, text in (("first", first), ("last", last)):
        try:
            date.fromisoformat(text)
        except ValueError as error:
            raise NotAcceptable(field=field, why="is no date") from error
    length = (date.fromisoformat(last) - date.fromisoformat(first)).days
    if not 0 <= length < LONGEST_DAYS:
        why = f"must be first's day or one of the {LONGEST_DAYS - 1} after it"
        raise NotAcceptable(field="last", why=why)
