"""Serving: start, hold and resume, transfer, add an item, complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queue_core.errors import (
    ItemUnknown,
    QueueUnknown,
    ServiceNotStarted,
    ServiceStartedAlready,
    SupplementMissing,
    TicketNotHeld,
    TransferTargetUnclear,
    WindowNotOpen,
    WindowUnknown,
)
from queue_core.events import (
    HallDayEvent,
    HeldTicketResumed,
    ItemAdded,
    ServiceCompleted,
    ServiceStarted,
    StepQueued,
    TicketEnded,
    TicketHeld,
    TicketTransferred,
)

from .issuing import require_no_live_ticket


if TYPE_CHECKING:
    from queue_core.commands import (
        AddItem,
        CompleteService,
        HoldTicket,
        ResumeHeldTicket,
        StartService,
        TransferTicket,
    )

    from .state import HallDay
    from .tickets import Ticket, Window


def start_service(state: HallDay, command: StartService) -> list[HallDayEvent]:
    """Begin the service; a held one that was called again goes on."""
    window = state.require_duty(command)
    ticket = state.require_ticket_at(window)
    if ticket.place == "serving":
        raise ServiceStartedAlready(window.window, ticket.number)
    if ticket.service:
        return [_resumed(command, ticket)]
    return [
        ServiceStarted(
            at=command.at,
            by=command.by,
            command_id=command.command_id,
            service=f"{ticket.ticket}.{ticket.services + 1}",
            ticket=ticket.ticket,
            number=ticket.number,
            window=window.window,
            clerk=command.clerk,
            items=_items_served_here(state, ticket),
        )
    ]


def hold_ticket(state: HallDay, command: HoldTicket) -> list[HallDayEvent]:
    """Set the ticket aside, so that the window can call another."""
    window = state.require_duty(command)
    ticket = state.require_ticket_at(window)
    return [
        TicketHeld(
            at=command.at,
            by=command.by,
            command_id=command.command_id,
            ticket=ticket.ticket,
            number=ticket.number,
            window=window.window,
            reason=command.reason,
        )
    ]


def resume_held_ticket(state: HallDay, command: ResumeHeldTicket) -> list[HallDayEvent]:
    """Take a held ticket back to its window."""
    window = state.require_duty(command)
    state.require_free(window)
    ticket = state.require_ticket(command.ticket)
    if ticket.ticket not in window.held:
        raise TicketNotHeld(ticket.ticket, window.window)
    return [_resumed(command, ticket)]


def transfer_ticket(state: HallDay, command: TransferTicket) -> list[HallDayEvent]:
    """Send the ticket on; it keeps the effective time of its visit."""
    window = state.require_duty(command)
    ticket = state.require_ticket_at(window)
    ready_at = 0
    if command.ready_after_seconds > 0:
        ready_at = command.at + command.ready_after_seconds * 1000
    return [
        TicketTransferred(
            at=command.at,
            by=command.by,
            command_id=command.command_id,
            ticket=ticket.ticket,
            number=ticket.number,
            from_window=window.window,
            queue=_transfer_queue(state, command, ticket),
            to_window=command.to_window,
            reason=command.reason,
            ready_at=ready_at,
        )
    ]


def add_item(state: HallDay, command: AddItem) -> list[HallDayEvent]:
    """Add an item to the visit, served here if the window may, else as a next step."""
    window = state.require_duty(command)
    ticket = _require_serving(state, window)
    item = state.items.get(command.item)
    if item is None:
        raise ItemUnknown(command.item)
    if command.item in ticket.items:
        return []
    require_no_live_ticket(state, ticket.subject_key, command.item)
    return [
        ItemAdded(
            at=command.at,
            by=command.by,
            command_id=command.command_id,
            ticket=ticket.ticket,
            item=command.item,
            window=window.window,
            in_service=item.queue in window.skills,
        )
    ]


def complete_service(state: HallDay, command: CompleteService) -> list[HallDayEvent]:
    """End the service; the visit goes on with its next item or is over."""
    window = state.require_duty(command)
    ticket = _require_serving(state, window)
    if command.outcome == "needs-supplement" and not command.supplement:
        raise SupplementMissing(ticket.number)
    completed = ServiceCompleted(
        at=command.at,
        by=command.by,
        command_id=command.command_id,
        service=ticket.service,
        ticket=ticket.ticket,
        number=ticket.number,
        window=window.window,
        clerk=command.clerk,
        items=list(ticket.service_items),
        outcome=command.outcome,
        supplement=list(command.supplement),
        note=command.note,
        started_at=ticket.started_at,
    )
    return [completed, _after_service(state, command, ticket)]


def _after_service(
    state: HallDay, command: CompleteService, ticket: Ticket
) -> HallDayEvent:
    left = [item for item in ticket.items if item not in ticket.service_items]
    if not left or command.outcome == "left":
        return TicketEnded(
            at=command.at,
            by=command.by,
            command_id=command.command_id,
            ticket=ticket.ticket,
            number=ticket.number,
            reason="served",
        )
    return StepQueued(
        at=command.at,
        by=command.by,
        command_id=command.command_id,
        ticket=ticket.ticket,
        number=ticket.number,
        queue=_queue_of(state, left[0]) or ticket.queue,
        items=left,
        effective_at=ticket.effective_at,
    )


def _resumed(
    command: StartService | ResumeHeldTicket, ticket: Ticket
) -> HeldTicketResumed:
    return HeldTicketResumed(
        at=command.at,
        by=command.by,
        command_id=command.command_id,
        ticket=ticket.ticket,
        number=ticket.number,
        window=command.window,
        clerk=command.clerk,
    )


def _require_serving(state: HallDay, window: Window) -> Ticket:
    ticket = state.require_ticket_at(window)
    if ticket.place != "serving":
        raise ServiceNotStarted(window.window, ticket.number)
    return ticket


def _queue_of(state: HallDay, item: str) -> str:
    """Return the item's queue; empty if a changed profile has dropped the item."""
    rules = state.items.get(item)
    return rules.queue if rules is not None else ""


def _items_served_here(state: HallDay, ticket: Ticket) -> list[str]:
    """Return the remaining items of the ticket's queue; the first if none is."""
    here = [i for i in ticket.items if _queue_of(state, i) == ticket.queue]
    return here or ticket.items[:1]


def _transfer_queue(state: HallDay, command: TransferTicket, ticket: Ticket) -> str:
    """Return the queue in which a transferred ticket waits.

    Raises:
        TransferTargetUnclear: not exactly one queue or one other window is named.
        QueueUnknown: there is no such queue.
        WindowUnknown: there is no such window.
        WindowNotOpen: nobody is on duty there.
    """
    if bool(command.queue) == bool(command.to_window):
        raise TransferTargetUnclear(command.queue, command.to_window)
    if command.queue:
        if command.queue not in state.queues:
            raise QueueUnknown(command.queue)
        return command.queue
    if command.to_window == command.window:
        raise TransferTargetUnclear(command.queue, command.to_window)
    if command.to_window not in state.window_rules:
        raise WindowUnknown(command.to_window)
    target = state.windows.get(command.to_window)
    if target is None:
        raise WindowNotOpen(command.to_window)
    return ticket.queue if ticket.queue in target.skills else next(iter(target.skills))
