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


WIDE_PAPER = 48
"""Columns of 80 mm paper; 58 mm paper has 32."""

Style = Literal["plain", "title", "centre", "hero", "strong", "code"]

LARGEST_TIMES = 6
"""How much larger than the text the number may be."""

QR_MODULE = 6
"""Dots of one square of the code: about 30 mm for a ticket's address."""

CHINESE_TEXT = b"\x1c&"
"""FS &: from here two bytes are one Chinese character."""

PIECE = re.compile(r"[!-~]+ ?|.[，。；：、！？）”》]*")
"""What stays together on a line: a word, or a character with what closes it."""

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


class _Words(NamedTuple):
    """The fixed words of a slip in one language."""

    your_number: str
    classes: dict[str, str]
    items: str
    ahead: str
    next_one: str
    area: str
    windows: str
    and_: str
    ask: str
    issued: str
    closing_soon: str
    missed: str
    missed_ends: str
    scan: str


WORDS: dict[Language, _Words] = {
    "zh": _Words(
        your_number="您的排队号",
        classes={"green": "绿色通道", "appointment": "预约"},
        items="办理事项：",
        ahead="前面等候：{people} 人",
        next_one="前面等候：0 人，请留意叫号",
        area="办理区域：{zone}（{place}）",
        windows="办理窗口：{windows} 号",
        and_="、",
        ask="办理窗口：请留意叫号屏",
        issued="取号时间：{issued}",
        closing_soon="临近下班，今天可能办不完，敬请谅解。",
        missed="请留意叫号。过号不用重新取号，再叫 {calls} 个号后会重新叫您；"
        "第 {limit} 次过号，号票作废。",
        missed_ends="请留意叫号。过号后号票作废，需重新取号。",
        scan="扫码看排队进度，可暂离、取消、评价",
    ),
    "en": _Words(
        your_number="Your number",
        classes={"green": "Green channel", "appointment": "Appointment"},
        items="For: ",
        ahead="Ahead of you: {people}",
        next_one="Ahead of you: 0. Please listen for your number",
        area="Area: {zone} ({place})",
        windows="Windows: {windows}",
        and_=", ",
        ask="Window: please watch the screens",
        issued="Taken at: {issued}",
        closing_soon="We close soon. You may not be served today.",
        missed="Please listen for your number. If you miss your call, keep this slip: "
        "you are called again after {calls} others. Missed call {limit} ends it.",
        missed_ends="Please listen for your number. If you miss your call, this number "
        "ends and you need a new one.",
        scan="Scan to follow your number, pause or cancel it",
    ),
}


def make_slip(facts: SlipFacts, columns: int = WIDE_PAPER, name: str = "") -> Slip:
    """Return the slip for paper of so many columns.

    The first slip takes half a second: make it in a worker thread.
    """
    lines = slip_lines(facts, columns)
    return Slip(
        name=name or facts.number,
        text=[line.text for line in lines],
        data=_bytes(lines, facts.address, columns),
    )


def slip_lines(facts: SlipFacts, columns: int = WIDE_PAPER) -> list[Line]:
    """Return the lines of the slip, none wider than the paper."""
    words = WORDS[facts.language]
    rule = Line("-" * columns)
    lines = [
        *_wrapped(facts.hall, columns, "title"),
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
        lines += _wrapped(text, columns, "plain")
    lines.append(rule)
    if facts.closing_soon:
        lines += _wrapped(words.closing_soon, columns, "strong")
    missed = words.missed if facts.missed_limit > 1 else words.missed_ends
    missed = missed.format(calls=facts.return_after_calls, limit=facts.missed_limit)
    lines += _wrapped(missed, columns, "plain")
    lines.append(Line(_clean(facts.address), "code"))
    lines += _wrapped(words.scan, columns, "centre")
    return lines


# What is told.


def _told(facts: SlipFacts, words: _Words) -> list[str]:
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


def _wrapped(text: str, columns: int, style: Style) -> list[Line]:
    """Break a text into lines at spaces, or between Chinese characters."""
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
    return [Line(line.rstrip(), style) for line in lines]


def _clean(text: str) -> str:
    """Replace what a printer would take for a command."""
    return CONTROL.sub(" ", text)


# Bytes.


def _bytes(lines: list[Line], address: str, columns: int) -> bytes:
    printer = _dummy_printer()
    printer.hw("INIT")
    printer._raw(CHINESE_TEXT)
    for line in lines:
        if line.style == "code":
            printer.set(align="center")
            printer.qr(_clean(address), ec=1, size=QR_MODULE, native=True)
            printer._raw(b"\n")
            continue
        _set_style(printer, line, columns)
        printer._raw(line.text.encode("gb18030", "replace") + b"\n")
    printer.cut()
    return bytes(printer.output)


def _set_style(printer: Any, line: Line, columns: int) -> None:
    times = 1
    if line.style == "hero":
        times = max(1, min(LARGEST_TIMES, columns // (width_of(line.text) + 1)))
    height = 2 if line.style == "title" else times
    printer.set(
        align="left" if line.style == "plain" else "center",
        bold=line.style in ("title", "hero", "strong"),
        custom_size=True,
        width=times,
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
