"""What can be checked without replaying the day: numbers, keys, the board."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from .violations import Violation
from .witness import Sight, Witness


NUMBER = re.compile(r"^([A-Z]+)(\d+)$")


def number_faults(witness: Witness) -> Iterator[Violation]:
    """Check that numbers are unique, gap-free and given in order, series by series."""
    for number, tickets in witness.numbers.items():
        if len(tickets) > 1:
            yield Violation("numbers", f"{number} was given to {len(tickets)} tickets")
    series: dict[str, set[int]] = defaultdict(set)
    own: dict[str, set[int]] = defaultdict(set)
    issued = {sight.number for sight in witness.sights if sight.what == "issued"}
    for number in witness.numbers:
        if match := NUMBER.match(number):
            (own if number in issued else series)[match[1]].add(int(match[2]))
        else:
            yield Violation("numbers", f"{number} is no letter and digits")
    for prefix, given in own.items():
        # Of numbers given before the rehearsal began only the live ones are seen.
        missing = sorted(set(range(min(given), max(given))) - given - series[prefix])
        if missing:
            gaps = ", ".join(f"{prefix}{n:03}" for n in missing[:5])
            yield Violation("numbers", f"series {prefix} has gaps: {gaps}")
    yield from _order_of_numbers(witness)


def _order_of_numbers(witness: Witness) -> Iterator[Violation]:
    last: dict[str, tuple[int, str]] = {}
    issued = [sight for sight in witness.sights if sight.what == "issued"]
    for sight in sorted(issued, key=lambda s: s.version):
        if match := NUMBER.match(sight.number):
            digits, before = int(match[2]), last.get(match[1])
            if before and digits <= before[0]:
                text = f"{sight.number} was given after {before[1]}"
                yield Violation("numbers", text, sight.version)
            last[match[1]] = (digits, sight.number)


def expected_key(sight: Sight, hall: dict[str, Any]) -> tuple[str, int]:
    """Return the class and the effective time a ticket must have, by the rules."""
    rules, more = hall["rules"], sight.more
    issued_at, booked_at = more["issued_at"], more["booked_at"]
    asked = more["asked_class"]
    if asked == "green":
        return "green", issued_at - rules["green_credit_seconds"] * 1000
    late_after = booked_at + rules["appointment_late_seconds"] * 1000
    if asked == "appointment" and issued_at <= late_after:
        credit = rules["appointment_credit_seconds"] * 1000
        return "appointment", booked_at - credit
    return "ordinary", issued_at - rules.get("ordinary_credit_seconds", 0) * 1000


def key_faults(witness: Witness, hall: dict[str, Any]) -> Iterator[Violation]:
    """Check every effective time that a console showed (P10, P11, P12, P17)."""
    resumed: dict[str, list[Sight]] = defaultdict(list)
    for sight in witness.sights:
        if sight.what == "resumed":
            resumed[sight.ticket].append(sight)
    for sight in witness.sights:
        if sight.what != "issued":
            continue
        ticket_class, key = expected_key(sight, hall)
        if sight.more["class"] != ticket_class:
            text = f"{sight.number} is {sight.more['class']}, not {ticket_class}"
            yield Violation("P11", text, sight.version)
        for (effective_at, _), version in witness.rows.get(sight.ticket, {}).items():
            back = [r for r in resumed[sight.ticket] if r.after < version]
            is_late = any(r.asked_at <= effective_at <= r.heard_at for r in back)
            if effective_at != key and not is_late:
                off = (effective_at - key) / 1000
                text = f"the effective time of {sight.number} is {off:+.0f} s off"
                yield Violation("P10", text, version)


def board_faults(witness: Witness) -> Iterator[Violation]:
    """Check that the board announced every call and recall, and each call once."""
    recalls: dict[int, int] = defaultdict(int)
    last_call: dict[str, int] = {}
    for sight in sorted(witness.sights, key=lambda s: s.version):
        if sight.what == "called":
            last_call[sight.ticket] = sight.version
            yield from _announced_faults(witness, sight)
        elif sight.what == "recalled" and sight.ticket in last_call:
            recalls[last_call[sight.ticket]] += 1
    for call, times in recalls.items():
        shown = witness.board.get(call)
        if shown and shown.recalls < times:
            text = f"{shown.number} was recalled {times} times, shown {shown.recalls}"
            yield Violation("board", text, call)
    for shown in witness.board.values():
        if shown.times > 1:
            text = f"the call of {shown.number} was announced {shown.times} times"
            yield Violation("board", text, shown.call)


def _announced_faults(witness: Witness, sight: Sight) -> Iterator[Violation]:
    shown = witness.board.get(sight.version)
    if shown is None:
        text = f"the call of {sight.number} to {sight.window} was never announced"
        yield Violation("board", text, sight.version)
    elif (shown.number, shown.window) != (sight.number, sight.window):
        text = (
            f"{sight.number} was called to {sight.window}, "
            f"the board said {shown.number} to {shown.window}"
        )
        yield Violation("board", text, sight.version)
