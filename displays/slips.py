"""Handing out a slip after its number is recorded, and saying what became of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

import msgspec

from projections.halls import Hall
from projections.house import SlipOutcome
from projections.labels import labels_of
from projections.supplements import Supplement
from queue_core.events import TicketIssued
from queue_core.profiles.parts import Words
from queue_core.values import Language

from .printer_watch import READY, PrinterWatch
from .printing import PrinterError, SlipPrinter
from .slip import PLAIN_FORM, Slip, SlipFacts, make_slip, slip_of
from .supplement_slip import supplement_lines


logger = logging.getLogger(__name__)

ANY_PLACE = ""
WINDOW = "window/"
"""Before a window's name, the place of the printer that its clerk uses."""


class SlipDesk:
    """Prints slips at the printers of the kiosks, each at its own place."""

    def __init__(self, printers: Mapping[str, SlipPrinter]) -> None:
        """Take the printers by place; under an empty place, the one for all others."""
        self.printers = dict(printers)
        self._watches: dict[str, PrinterWatch] = {}

    async def stands(self, place: str) -> str:
        """Tell how the printer of a place stands, before a slip is wanted."""
        watch = self._watch(place)
        return await watch.stands() if watch else "no-printer"

    def _watch(self, place: str) -> PrinterWatch | None:
        """Return the watch over the printer that a place uses."""
        at = place if place in self.printers else ANY_PLACE
        printer = self.printers.get(at)
        if printer is None:
            return None
        watch = self._watches.get(at)
        if watch is None or watch.printer is not printer:
            watch = self._watches[at] = PrinterWatch(printer)
        return watch

    async def hand_out(
        self,
        hall: Hall,
        issued: TicketIssued,
        *,
        address: str,
        place: str,
        wanted: bool,
        large: bool = False,
    ) -> SlipOutcome:
        """Make the slip of a number and print it, if it is wanted and can be.

        What goes wrong at the printer is told and never undoes the number.
        """
        watch = self._watch(place)
        facts = facts_of(hall, issued, address)
        form = watch.printer.form if watch else PLAIN_FORM
        form = msgspec.structs.replace(form, large=large)
        name = f"{hall.hall}-{issued.number}"
        slip = await asyncio.to_thread(make_slip, facts, form, name)
        if not wanted:
            outcome = "not-asked"
        elif watch is None:
            outcome = "no-printer"
        else:
            outcome = await printed(watch.printer, slip)
            watch.note(READY if outcome == "printed" else outcome)
        hall.slips[outcome] += 1
        is_printed = outcome == "printed"
        return SlipOutcome(slip.text, is_printed, None if is_printed else outcome)

    async def hand_out_supplement(self, hall: Hall, told: Supplement) -> SlipOutcome:
        """Print what a citizen must bring, at the printer of the clerk's window.

        No other printer will do: the citizen stands at the window.
        """
        printer = self.printers.get(f"{WINDOW}{told.window}")
        form = printer.form if printer is not None else PLAIN_FORM
        name = f"{hall.hall}-{told.number}-supplement"
        lines = supplement_lines(told, form.text_columns)
        slip = await asyncio.to_thread(slip_of, lines, form, name)
        if printer is None:
            return SlipOutcome(slip.text, printed=False, reason="no-printer")
        outcome = await printed(printer, slip)
        hall.slips[outcome] += 1
        is_printed = outcome == "printed"
        return SlipOutcome(slip.text, is_printed, None if is_printed else outcome)


async def printed(printer: SlipPrinter, slip: Slip) -> str:
    """Print a slip; return ``printed``, or the code of what went wrong."""
    try:
        await printer.print_slip(slip)
    except PrinterError as error:
        logger.warning("a slip was not printed: %s", error)
        return error.code
    return "printed"


def facts_of(hall: Hall, issued: TicketIssued, address: str) -> SlipFacts:
    """Return what the slip of a number tells, in the citizen's language."""
    profile, language = hall.profile, issued.language
    labels = labels_of(profile, language)
    zone = next(
        zone
        for zone in profile.zones
        if zone.zone == hall.live.zone_of_queue[issued.queue]
    )
    return SlipFacts(
        hall=labels.hall,
        number=issued.number,
        items=[labels.item(item) for item in issued.items],
        people_ahead=issued.people_ahead,
        zone=said(zone.name, language),
        place=said(zone.place, language),
        windows=hall.live.windows_serving(issued.queue),
        issued=f"{labels.local(issued.at):%Y-%m-%d %H:%M}",
        address=address,
        return_after_calls=profile.calls.return_after_calls,
        missed_limit=profile.calls.missed_limit,
        ticket_class=issued.ticket_class,
        closing_soon=issued.closing_soon,
        language=language,
    )


def said(words: Words, language: Language) -> str:
    """Return words in one language."""
    return words.en if language == "en" else words.zh
