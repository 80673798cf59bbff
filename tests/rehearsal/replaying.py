"""Decide every call of a recorded day once more, from the record alone."""

from __future__ import annotations

from itertools import groupby

from queue_core.commands import CallNext
from queue_core.events import HallDayEvent, TicketCalled
from queue_core.rules.hall_day import HallDay, decide, evolve


def calls_decided_again(
    day: list[HallDayEvent],
) -> list[tuple[list[HallDayEvent], list[HallDayEvent]]]:
    """Pair what each call by the rule recorded with what the rules decide now."""
    state = HallDay()
    pairs = []
    for _, group in groupby(day, key=lambda event: event.command_id):
        recorded = list(group)
        for event in recorded:
            if isinstance(event, TicketCalled) and event.ground == "rule":
                ask = CallNext(
                    command_id=event.command_id,
                    at=event.at,
                    by=event.by,
                    window=event.window,
                    clerk=event.clerk,
                )
                pairs.append((recorded, decide(state, ask)))
        for event in recorded:
            evolve(state, event)
    return pairs
