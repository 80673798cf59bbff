"""Taking a number: what is refused, and what the ticket says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queue_core.errors import (
    ClassNotAllowed,
    DoorsClosed,
    ItemUnknown,
    LiveTicketExists,
    NoWindowServes,
    QuotaReached,
)
from queue_core.events import HallDayEvent, TicketIssued

from . import dispatch, numbering


if TYPE_CHECKING:
    from queue_core.commands import IssueTicket
    from queue_core.values import ItemRules

    from .state import HallDay


def issue_ticket(state: HallDay, command: IssueTicket) -> list[HallDayEvent]:
    """Give the next number of the queue that serves the first item."""
    items = [_require_item(state, item) for item in dict.fromkeys(command.items)]
    _require_doors_open(state, command)
    _require_class_allowed(state, command)
    for item in items:
        _require_window_serves(state, item, command.at)
        require_no_live_ticket(state, command.subject_key, item.item)
    _require_quota(state, command, items)
    queue = state.queues[items[0].queue]
    ticket_class, effective_at = dispatch.place(
        state.rules, command.ticket_class, at=command.at, booked_at=command.booked_at
    )
    sequence = len(state.by_sequence) + 1
    key = (effective_at, dispatch.rank_of(ticket_class), sequence)
    line = state.line(queue.queue, command.extended)
    closing_soon = command.at >= state.hours.closing_soon_at and not command.extended
    return [
        TicketIssued(
            at=command.at,
            by=command.by,
            command_id=command.command_id,
            ticket=command.ticket,
            number=numbering.next_number(state, queue, ticket_class),
            sequence=sequence,
            queue=queue.queue,
            items=[item.item for item in items],
            ticket_class=ticket_class,
            channel=command.channel,
            language=command.language,
            subject_key=command.subject_key,
            effective_at=effective_at,
            booked_at=command.booked_at,
            extended=command.extended,
            people_ahead=line.people_ahead(key),
            closing_soon=closing_soon,
            offered_to=dispatch.window_to_offer(state, queue.queue, command.extended),
        )
    ]


def require_no_live_ticket(state: HallDay, subject_key: str, item: str) -> None:
    """Pass if the person holds no live ticket for the item (anonymous: always)."""
    if not subject_key:
        return
    live = state.live_items.get((subject_key, item))
    if live is not None:
        raise LiveTicketExists(item, live.ticket, live.number)


def _require_item(state: HallDay, item: str) -> ItemRules:
    found = state.items.get(item)
    if found is None:
        raise ItemUnknown(item)
    return found


def _require_doors_open(state: HallDay, command: IssueTicket) -> None:
    """Walk-ins come until the cut-off, the booked until closing."""
    hours = state.hours
    if command.extended:
        until = hours.ends_at
    elif command.ticket_class == "appointment":
        until = hours.closes_at
    else:
        until = hours.cut_off_at
    if not hours.doors_at <= command.at < until:
        raise DoorsClosed(hours.doors_at, until)


def _require_class_allowed(state: HallDay, command: IssueTicket) -> None:
    green = command.ticket_class == "green"
    if green and command.channel not in state.rules.green_channels:
        raise ClassNotAllowed(command.ticket_class, command.channel)
    booked = command.ticket_class == "appointment"
    if booked and command.booked_at <= 0:
        raise ClassNotAllowed("appointment without a booked time", command.channel)


def _require_window_serves(state: HallDay, item: ItemRules, at: int) -> None:
    """Before the first session the staff is still coming, so nobody is turned away."""
    sessions = state.hours.sessions
    if sessions and at < sessions[0].opens_at:
        serves = any(
            skill.queue == item.queue
            for window in state.rules.windows
            for skill in window.skills
        )
    else:
        serves = bool(state.windows_of_queue.get(item.queue))
    if not serves:
        raise NoWindowServes(item.item, state.rules.help_desk)


def _require_quota(
    state: HallDay, command: IssueTicket, items: list[ItemRules]
) -> None:
    queue = state.queues[items[0].queue]
    if 0 < queue.daily_quota <= state.issued_in_queue[queue.queue]:
        raise QuotaReached(f"queue {queue.queue}", queue.daily_quota)
    for item in items:
        if 0 < item.daily_quota <= state.issued_for_item[item.item]:
            raise QuotaReached(f"item {item.item}", item.daily_quota)
    limit = state.rules.subject_daily_limit
    subject = command.subject_key
    if subject and 0 < limit <= state.issued_to_subject[subject]:
        raise QuotaReached("one person", limit)
