"""Proving that the record is whole, to whoever holds a ticket or just wants to know."""

from __future__ import annotations

from typing import Any

from projections.halls import Hall
from projections.house import House
from projections.proof.day_proofs import DAYS, LeafProof
from queue_core import errors
from queue_core.events_of_proof import DaySealed
from queue_core.interface.fields import Nothing
from queue_core.interface.refusals import NotAcceptable, NotFound, shortened
from queue_core.interface.routes import Call, Route
from queue_core.log.streams import date_of
from queue_core.proof.heads import head_of, key_id

from .proof_answers import (
    BeginningAnswer,
    BeginningQuery,
    DateQuery,
    HeadAnswer,
    HeadsAnswer,
    HeadsQuery,
    KeyAnswer,
    SignedHead,
    TicketProofAnswer,
)
from .tickets import require_hall


async def show_key(call: Call[House, Nothing]) -> KeyAnswer:
    """Tell the key with which the days of the hall are signed."""
    hall = call.house.hall(call.path["hall"])
    signer = call.house.signer
    return KeyAnswer(
        algorithm=signer.algorithm,
        key=key_id(signer.public_key),
        public_key=signer.public_key.hex(),
        version=hall.live.version,
    )


async def show_head(call: Call[House, DateQuery]) -> HeadAnswer:
    """Tell what the events of a day come to, signed if the day is over."""
    hall = call.house.hall(call.path["hall"])
    date = call.asked.date or date_of(hall.desk.stream)
    proofs = call.house.proofs
    sealed = await call.house.read(proofs.sealed, hall.hall, date)
    if sealed is not None:
        size, root = sealed.seal.size, sealed.seal.root
    else:
        day = await call.house.read(proofs.day, hall.hall, date) if date else None
        if day is None:
            raise NotFound(what="day", name=date)
        size, root = len(day.tree), day.tree.root().hex()
    signed = signed_head(sealed) if sealed else None
    return HeadAnswer(
        hall=hall.hall,
        date=date,
        size=size,
        root=root,
        signed=signed,
        version=hall.live.version,
    )


async def list_heads(call: Call[House, HeadsQuery]) -> HeadsAnswer:
    """List the signed heads of a hall's days: a chain from its first day on."""
    hall = call.house.hall(call.path["hall"])
    sealed = await call.house.read(call.house.proofs.seals, hall.hall)
    first, last = call.asked.from_date or "", call.asked.to_date or "9999-12-31"
    heads = [signed_head(one) for one in sealed if first <= one.date <= last]
    return HeadsAnswer(hall=hall.hall, heads=heads, version=hall.live.version)


async def prove_beginning(call: Call[House, BeginningQuery]) -> BeginningAnswer:
    """Prove that a day as it stood earlier is the beginning of what it is now."""
    hall = call.house.hall(call.path["hall"])
    day = await call.house.read(call.house.proofs.day, hall.hall, call.asked.date)
    if day is None:
        raise NotFound(what="day", name=call.asked.date)
    tree, first = day.tree, call.asked.size
    size = len(tree)
    if first > size:
        why = f"the day has {size} events"
        raise NotAcceptable(field="size", why=why)
    return BeginningAnswer(
        first_size=first,
        first_root=tree.root(first).hex(),
        size=size,
        root=tree.root(size).hex(),
        path=[one.hex() for one in tree.consistency(first, size)],
        version=hall.live.version,
    )


async def prove_ticket(call: Call[House, DateQuery]) -> TicketProofAnswer:
    """Prove that a ticket's number stands in the record of its day."""
    house, ticket, proofs = call.house, call.path["ticket"], call.house.proofs
    for hall in house.halls.values():
        dates = (
            [call.asked.date] if call.asked.date else await newest_dates(house, hall)
        )
        for date in dates:
            found = await house.read(proofs.ticket, hall.hall, date, ticket)
            if found is not None:
                require_hall(call.principal, hall)
                return ticket_proof(hall, date, ticket, found)
    raise errors.TicketUnknown(shortened(ticket))


ROUTES: list[Route[House, Any, Any]] = [
    Route(
        method="GET",
        path="/api/halls/{hall}/proof/key",
        summary="Tell the key with which the days of the hall are signed.",
        right="see-hall",
        handler=show_key,
        asks=Nothing,
        answers=KeyAnswer,
    ),
    Route(
        method="GET",
        path="/api/halls/{hall}/proof/head",
        summary="Tell what the events of a day come to, signed if the day is over.",
        right="see-hall",
        handler=show_head,
        asks=DateQuery,
        answers=HeadAnswer,
        refuses=(NotFound,),
    ),
    Route(
        method="GET",
        path="/api/halls/{hall}/proof/heads",
        summary="List the signed heads of a hall's days.",
        right="see-hall",
        handler=list_heads,
        asks=HeadsQuery,
        answers=HeadsAnswer,
    ),
    Route(
        method="GET",
        path="/api/halls/{hall}/proof/beginning",
        summary="Prove that a day as it stood is the beginning of what it is now.",
        right="see-hall",
        handler=prove_beginning,
        asks=BeginningQuery,
        answers=BeginningAnswer,
        refuses=(NotFound,),
    ),
    Route(
        method="GET",
        path="/api/tickets/{ticket}/proof",
        summary="Prove that a ticket's number stands in the record of its day.",
        right="see-ticket",
        handler=prove_ticket,
        asks=DateQuery,
        answers=TicketProofAnswer,
        refuses=(errors.TicketUnknown,),
    ),
]


async def newest_dates(house: House, hall: Hall) -> list[str]:
    """Return the days in which a ticket without a date is looked for."""
    sealed = await house.read(house.proofs.seals, hall.hall)
    dates = {one.date for one in sealed[-DAYS:]} | {hall.live.date} - {""}
    return sorted(dates, reverse=True)[:DAYS]


def signed_head(sealed: DaySealed) -> SignedHead:
    """Return a signed head as it is told."""
    return SignedHead(
        text=head_of(sealed).text().decode(),
        signature=sealed.seal.signature,
        algorithm=sealed.seal.algorithm,
        public_key=sealed.seal.public_key,
        head=sealed.seal.head,
    )


def ticket_proof(
    hall: Hall, date: str, ticket: str, found: LeafProof
) -> TicketProofAnswer:
    """Return what is proven of a ticket."""
    return TicketProofAnswer(
        ticket=ticket,
        hall=hall.hall,
        date=date,
        leaf=found.leaf.hex(),
        index=found.leaf_index,
        size=found.size,
        root=found.root.hex(),
        path=[one.hex() for one in found.path],
        signed=signed_head(found.sealed) if found.sealed else None,
        version=hall.live.version,
    )
