"""Ticket numbers: prefix, queue letter, at least three digits; gap-free in a series.

Prefixes are V for the green channel and Y for a booked ticket. Every (prefix, queue)
is a series of its own that starts anew each day at the queue's first number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from queue_core.errors import NumbersExhausted


if TYPE_CHECKING:
    from queue_core.values import QueueRules, TicketClass

    from .state import HallDay

PREFIXES: dict[str, str] = {"green": "V", "appointment": "Y", "ordinary": ""}


def prefix_of(ticket_class: TicketClass) -> str:
    """Return the letter in front of the queue's letter."""
    return PREFIXES[ticket_class]


def next_number(state: HallDay, queue: QueueRules, ticket_class: TicketClass) -> str:
    """Return the number that follows the last one of the series.

    After a change of letters or ranges in the day it may have been given before: then
    the first one that was not.

    Raises:
        NumbersExhausted: the queue's range is used up.
    """
    prefix = prefix_of(ticket_class)
    first = queue.first_number + state.issued_in_series[prefix, queue.queue]
    for serial in range(first, queue.last_number + 1):
        number = f"{prefix}{queue.letter}{serial:03d}"
        if number not in state.numbers:
            return number
    raise NumbersExhausted(queue.queue, queue.last_number)
