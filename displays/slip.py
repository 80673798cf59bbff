"""The printed slip: what it says, line by line, and its bytes for a thermal printer.

A slip carries what a citizen needs on the way to the window and nothing about the
person: no name, no telephone and no identity number. The code on it opens the
ticket's own page.
"""

from __future__ import annotations

import logging
import re
from typing import Any, Literal, NamedTuple

import msgspec

from queue_core.values import Language, TicketClass

from .slip_words import WORDS, SlipWords


WIDE_PAPER = 48
"""Columns of 80 mm paper; 58 mm paper has 32."""

Style = Literal["plain", "title", "centre", "hero", "strong", "code"]

LARGEST_TIMES = 6
"""How much larger than the text the number may be."""

QR_MODULE = 6
"""Dots of one square of the code: about 30 mm for a ticket's address."""

CHINESE_TEXT = b"\x1c&"
"""FS &: from here two bytes are one Chinese character."""

PIECE = re.compile(r"[!-~]+ ?[号人]?|[（“《]?.[，。；：、！？）”》]*")
"""What stays together on a line: a word or figure, or a character and its marks."""

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class SlipFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a slip tells. Names and places are in the slip's own language."""

    hall: str
    number: str
    items: list[str]
    """Names of the items, in the order in which they will be served."""
    people_ahead: int
    zone: str
    place: str
    """Floor and direction of the zone."""
    windows: list[str]
    """The open windows that serve the ticket."""
    issued: str
    """Local date and time, such as ``2026-03-02 09:05``."""
    address: str
    """Where the ticket's page is; printed as a code."""
    return_after_calls: int
    """A missed ticket is called again after so many others."""
    missed_limit: int
    """The missed call that ends the ticket."""
    ticket_class: TicketClass = "ordinary"
    closing_soon: bool = False
    language: Language = "zh"


class Line(NamedTuple):
    """One line of a slip and how it is printed."""

    text: str
    style: Style = "plain"


class Slip(NamedTuple):
    """A slip ready for a printer."""

    name: str
    """Tells slips apart where each is a file."""
    text: list[str]
    data: bytes
    """ESC/POS bytes."""


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """How a printer wants its slips."""

    columns: int = WIDE_PAPER
    font: str = ""
    """A font file to draw slips with; empty: the printer's own characters."""
    large: bool = False
    """For eyes that want it larger."""

    @property
    def text_columns(self) -> int:
        """Return how many half-width characters stand on a line."""
        if self.font:
            from .slip_raster import columns_when  # noqa: PLC0415

            return columns_when(self.columns, large=self.large)
        return self.columns // 2 if self.large else self.columns


PLAIN_FORM = Form()


def make_slip(facts: SlipFacts, form: Form = PLAIN_FORM, name: str = "") -> Slip:
    """Return the slip in the form that a printer wants.

    The first slip takes half a second: make it in a worker thread.
    """
    return slip_of(slip_lines(facts, form.text_columns), form, name or facts.number)


def slip_of(lines: list[Line], form: Form, name: str) -> Slip:
    """Return lines in the form that a printer wants; none may be wider than that."""
    return Slip(
        name=name,
        text=[line.text for line in lines],
        data=_drawn_bytes(lines, form) if form.font else _bytes(lines, form),
    )


def slip_lines(facts: SlipFacts, columns: int = WIDE_PAPER) -> list[Line]:
    """Return the lines of the slip, none wider than the paper."""
    words = WORDS[facts.language]
    rule = Line("-" * columns)
    lines = [
        *wrapped(facts.hall, columns, "title"),
        Line(words.your_number, "centre"),
        Line(_clean(facts.number), "hero"),
        *(
            Line(words.classes[one], "strong")
            for one in [facts.ticket_class]
            if one in words.classes
        ),
        rule,
    ]
    for text in _told(facts, words):
        lines += wrapped(text, columns, "plain")
    lines.append(rule)
    if facts.closing_soon:
        lines += wrapped(words.closing_soon, columns, "strong")
    missed = words.missed if facts.missed_limit > 1 else words.missed_ends
    missed = missed.format(calls=facts.return_after_calls, limit=facts.missed_limit)
    lines += wrapped(missed, columns, "plain")
    lines.append(Line(_clean(facts.address), "code"))
    lines += wrapped(words.scan, columns, "centre")
    return lines


# What is told.


def _told(facts: SlipFacts, words: SlipWords) -> list[str]:
    """Return the lines between the rules, not yet wrapped."""
    windows = words.and_.join(window_ranges(facts.windows))
    ahead = words.ahead if facts.people_ahead else words.next_one
    return [
        words.items + words.and_.join(facts.items),
        ahead.format(people=facts.people_ahead),
        words.area.format(zone=facts.zone, place=facts.place),
        words.windows.format(windows=windows) if windows else words.ask,
        words.issued.format(issued=facts.issued),
    ]


def window_ranges(windows: list[str]) -> list[str]:
    """Write windows shortly: 1, 2, 3, 5 are 1-3 and 5."""
    ranges: list[list[str]] = []
    for window in windows:
        last = ranges[-1][-1] if ranges else ""
        if last.isdigit() and window.isdigit() and int(window) == int(last) + 1:
            ranges[-1].append(window)
        else:
            ranges.append([window])
    return [one[0] if len(one) == 1 else f"{one[0]}-{one[-1]}" for one in ranges]


# Width.


def width_of(text: str) -> int:
    """Return the columns of a text: all but ASCII is printed two columns wide."""
    return sum(1 if character.isascii() else 2 for character in text)


def wrapped(text: str, columns: int, style: Style) -> list[Line]:
    """Break a text into lines at spaces, or between Chinese characters.

    Lines that stand in the middle are made as long as each other. What a printer
    would take for a command is replaced.
    """
    lines = _broken(text, columns)
    if style != "plain" and len(lines) > 1:
        narrower = (_broken(text, width) for width in range(columns - 1, 0, -1))
        for tried in narrower:
            if len(tried) > len(lines):
                break
            lines = tried
    return [Line(line, style) for line in lines]


def _broken(text: str, columns: int) -> list[str]:
    lines = [""]
    for piece in PIECE.findall(_clean(text)):
        if lines[-1] and width_of(lines[-1] + piece.rstrip()) > columns:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        whole = piece if lines[-1] else piece.lstrip()
        while width_of(whole.rstrip()) > columns:
            lines[-1:] = [whole[:columns], ""]
            whole = whole[columns:]
        lines[-1] += whole
    return [line.rstrip() for line in lines]


def _clean(text: str) -> str:
    """Replace what a printer would take for a command."""
    return CONTROL.sub(" ", text)


# Bytes.


def _drawn_bytes(lines: list[Line], form: Form) -> bytes:
    # Few printers want pictures, and what makes them takes 4 MB.
    from .slip_raster import drawn, raster_commands  # noqa: PLC0415

    picture = drawn(
        [(line.text, line.style) for line in lines],
        form.columns,
        form.font,
        large=form.large,
    )
    printer = _dummy_printer()
    printer.hw("INIT")
    printer._raw(raster_commands(picture))
    printer.cut()
    return bytes(printer.output)


def _bytes(lines: list[Line], form: Form) -> bytes:
    printer = _dummy_printer()
    printer.hw("INIT")
    printer._raw(CHINESE_TEXT)
    for line in lines:
        if line.style == "code":
            printer.set(align="center")
            printer.qr(line.text, ec=1, size=QR_MODULE, native=True)
            printer._raw(b"\n")
            continue
        _set_style(printer, line, form)
        printer._raw(line.text.encode("gb18030", "replace") + b"\n")
    printer.cut()
    return bytes(printer.output)


def _set_style(printer: Any, line: Line, form: Form) -> None:
    usual = 2 if form.large else 1
    width = height = usual
    if line.style == "hero":
        most = form.columns // (width_of(line.text) + 1)
        width = height = max(1, min(LARGEST_TIMES, most))
    elif line.style == "title":
        height = usual + 1
    printer.set(
        align="left" if line.style == "plain" else "center",
        bold=line.style in ("title", "hero", "strong"),
        custom_size=True,
        width=width,
        height=height,
    )


def _dummy_printer() -> Any:
    """Return a printer that keeps its bytes.

    python-escpos is imported when the first slip is made: it reads half a second of
    printer descriptions, and it configures the root logger, which is not its business.
    """
    root = logging.getLogger()
    handlers = root.handlers[:]
    from escpos.printer import Dummy  # noqa: PLC0415

    root.handlers[:] = handlers
    return Dummy()
