"""What a citizen is told to bring (一次性告知), as it goes on paper from the record."""

from __future__ import annotations

import msgspec

from queue_core.values import Language

from .labels import labels_of
from .services import FinishedService


class Supplement(msgspec.Struct, frozen=True, kw_only=True):
    """One list of what is missing, told at a window once and whole.

    Names are in the citizen's language. Nothing here says who the citizen is.
    """

    hall: str
    number: str
    items: list[str]
    """Names of the items that were served."""
    missing: list[str]
    window: str
    clerk: str
    """The clerk's account: his number at work."""
    told: str
    """Local date and time, such as ``2026-03-02 09:05``."""
    language: Language


def supplement_of(service: FinishedService) -> Supplement:
    """Return what a service has told its citizen to bring; perhaps nothing."""
    hall = service.hall
    ticket = hall.live.tickets.get(service.ticket)
    language = ticket.language if ticket is not None else "zh"
    labels = labels_of(hall.profile, language)
    return Supplement(
        hall=labels.hall,
        number=service.number,
        items=[labels.item(item) for item in service.items],
        missing=list(service.supplement),
        window=service.window,
        clerk=service.clerk,
        told=f"{labels.local(service.finished_at):%Y-%m-%d %H:%M}",
        language=language,
    )
