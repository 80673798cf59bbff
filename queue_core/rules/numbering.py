"""Ticket numbers: prefix, queue letter, at least three digits; gap-free in a series.

Prefixes are V for the green channel and Y for a booked ticket. Prefix, letter and the
first number of a queue's range make a series, which starts anew each day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from queue_core.errors import NumbersExhausted


if TYPE_CHECKING:
    from queue_core.values import QueueRules, TicketClass

    from .state import HallDay

Series = tuple[str, int]
"""The letters of its numbers, and the first of them."""

PREFIXES: dict[str, str] = {"green": "V", "appointment": "Y", "ordinary": ""}


def prefix_of(ticket_class: TicketClass) -> str:
    """Return the letter in front of the queue's letter."""
    return PREFIXES[ticket_class]


def series_of(queue: QueueRules, ticket_class: TicketClass) -> Series:
    """Return the series from which a queue gives numbers to a class."""
    return prefix_of(ticket_class) + queue.letter, queue.first_number


def serial_of(number: str, series: Series) -> int:
    """Return what follows the letters in a number of a series."""
    return int(number[len(series[0]) :])


def next_number(state: HallDay, queue: QueueRules, ticket_class: TicketClass) -> str:
    """Return the number that follows the last one of the series.

    After a change of ranges in the day it may have been given before, in another
    series: then the first one that was not.

    Raises:
        NumbersExhausted: the queue's range is used up.
    """
    series = series_of(queue, ticket_class)
    letters, first = series
    last = state.last_in_series.get(series, first - 1)
    for serial in range(last + 1, queue.last_number + 1):
        number = f"{letters}{serial:03d}"
        if number not in state.numbers:
            return number
    raise NumbersExhausted(queue.queue, queue.last_number)
