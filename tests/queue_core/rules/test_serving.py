"""Start, hold, transfer, add an item, complete."""

from __future__ import annotations

from queue_core import commands as c
from queue_core import events as e
from queue_core.errors import (
    ItemUnknown,
    LiveTicketExists,
    NoTicketAtWindow,
    QueueUnknown,
    ServiceNotStarted,
    ServiceStartedAlready,
    SupplementMissing,
    TicketNotHeld,
    TransferTargetUnclear,
    WindowBusy,
    WindowNotOpen,
    WindowUnknown,
)
from queue_core.values import ItemRules

from .given import given
from .hall import MINUTE, NINE, Hall, rules_with


def serving(*items: str, windows: str = "123", **values: str) -> Hall:
    """Return a hall in which window 1 serves a ticket for ``items``."""
    hall = Hall(windows=windows)
    hall.take(*(items or ("a1",)), **values)
    hall.next("1")
    hall.at_window(c.StartService, "1")
    return hall


def test_a_service_starts_once_with_every_item_of_the_queue() -> None:
    hall = Hall()
    hall.take("a1", "b1", "a2")
    given(hall).when(c.StartService, window="1").then_refused(NoTicketAtWindow)
    hall.next("1")

    given(hall).when(c.StartService, window="1").then(
        (e.ServiceStarted, {"service": "t1.1", "items": ["a1", "a2"], "clerk": "li"})
    )
    hall.at_window(c.StartService, "1")
    given(hall).when(c.StartService, window="1").then_refused(ServiceStartedAlready)


def test_a_completed_service_ends_the_visit() -> None:
    hall = serving().wait(minutes=7)

    given(hall).when(c.CompleteService, window="1", outcome="done").then(
        (
            e.ServiceCompleted,
            {"service": "t1.1", "outcome": "done", "started_at": NINE, "items": ["a1"]},
        ),
        (e.TicketEnded, {"reason": "served"}),
    )


def test_a_service_that_has_not_started_cannot_be_completed() -> None:
    hall = Hall()
    hall.take()
    hall.next("1")

    given(hall).when(c.CompleteService, window="1", outcome="done").then_refused(
        ServiceNotStarted, number="A001"
    )


def test_what_must_be_brought_is_told_once_and_whole() -> None:
    hall = serving()

    given(hall).when(
        c.CompleteService, window="1", outcome="needs-supplement"
    ).then_refused(SupplementMissing, number="A001")
    given(hall).when(
        c.CompleteService,
        window="1",
        outcome="needs-supplement",
        supplement=["identity card", "photograph"],
    ).then(
        (e.ServiceCompleted, {"supplement": ["identity card", "photograph"]}),
        (e.TicketEnded, {"reason": "served"}),
    )


def test_the_visit_goes_on_with_its_next_item_and_keeps_its_place() -> None:
    hall = serving("a1", "b1").wait(minutes=10)

    given(hall).when(c.CompleteService, window="1", outcome="accepted").then(
        (e.ServiceCompleted, {"items": ["a1"]}),
        (e.StepQueued, {"queue": "B", "items": ["b1"], "effective_at": NINE}),
    )
    hall.at_window(c.CompleteService, "1", outcome="accepted")
    hall.take("b1")
    assert hall.next("3") == "t1"
    assert hall.at_window(c.StartService, "3")[0].service == "t1.2"  # type: ignore[attr-defined]


def test_who_leaves_during_the_service_takes_no_further_step() -> None:
    hall = serving("a1", "b1")

    given(hall).when(c.CompleteService, window="1", outcome="left").then(
        (e.ServiceCompleted, {"outcome": "left"}), (e.TicketEnded, {"reason": "served"})
    )


def test_a_held_ticket_frees_the_window_and_comes_back_to_it() -> None:
    hall = serving()
    hall.take("a1")
    given(hall).when(c.HoldTicket, window="1", reason="form").then(
        (e.TicketHeld, {"ticket": "t1", "window": "1"})
    )

    hall.at_window(c.HoldTicket, "1", reason="form")
    assert hall.next("1") == "t2"
    given(hall).when(c.ResumeHeldTicket, window="1", ticket="t1").then_refused(
        WindowBusy, number="A002"
    )
    hall.serve("1")
    given(hall).when(c.ResumeHeldTicket, window="2", ticket="t1").then_refused(
        TicketNotHeld, window="2"
    )
    hall.at_window(c.ResumeHeldTicket, "1", ticket="t1")
    assert hall.place("t1") == "serving"


def test_a_ticket_held_before_its_service_comes_back_as_called() -> None:
    hall = Hall(windows="1")
    hall.take()
    hall.next("1")
    hall.at_window(c.HoldTicket, "1")

    hall.at_window(c.ResumeHeldTicket, "1", ticket="t1")

    assert hall.place("t1") == "called"


def test_a_transfer_to_a_queue_keeps_the_place_of_the_visit() -> None:
    hall = serving().wait(minutes=9)
    hall.take("b1")
    given(hall).when(c.TransferTicket, window="1", queue="B", reason="wrong zone").then(
        (e.TicketTransferred, {"queue": "B", "to_window": "", "from_window": "1"})
    )

    hall.at_window(c.TransferTicket, "1", queue="B")

    assert hall.next("3") == "t1"
    assert hall.all(e.TicketCalled)[-1].effective_at == NINE


def test_a_transfer_to_a_window_waits_for_that_window_alone() -> None:
    hall = serving()
    hall.at_window(c.TransferTicket, "1", to_window="2")

    assert hall.next("1") is None
    assert hall.next("2") == "t1"
    assert hall.all(e.TicketCalled)[-1].ground == "transferred"


def test_a_transfer_to_a_window_without_the_skill_takes_that_windows_queue() -> None:
    given(serving()).when(c.TransferTicket, window="1", to_window="3").then(
        (e.TicketTransferred, {"queue": "B", "to_window": "3"})
    )


def test_a_transfer_names_exactly_one_known_target() -> None:
    hall = serving(windows="12")
    transfer = given(hall)

    for values in ({}, {"queue": "A", "to_window": "2"}, {"to_window": "1"}):
        transfer.when(c.TransferTicket, window="1", **values).then_refused(
            TransferTargetUnclear
        )
    transfer.when(c.TransferTicket, window="1", queue="Z").then_refused(QueueUnknown)
    transfer.when(c.TransferTicket, window="1", to_window="9").then_refused(
        WindowUnknown
    )
    transfer.when(c.TransferTicket, window="1", to_window="3").then_refused(
        WindowNotOpen
    )


def test_a_step_that_needs_preparation_waits_aside_until_it_is_ready() -> None:
    hall = serving()
    hall.at_window(c.TransferTicket, "1", queue="B", ready_after_seconds=600)

    assert hall.place("t1") == "preparing"
    assert hall.wait(seconds=599).next("3") is None
    assert hall.wait(seconds=1).next("3") == "t1"
    assert hall.all(e.TicketReturned)[0].ticket == "t1"


def test_a_closed_window_sends_its_own_tickets_back_to_their_queue() -> None:
    hall = serving()
    hall.at_window(c.TransferTicket, "1", to_window="2")
    given(hall).when(c.CloseWindow, window="2").then(
        (e.TicketTransferred, {"queue": "A", "to_window": "", "from_window": "2"}),
        (e.WindowClosed, {"window": "2"}),
    )

    hall.at_window(c.CloseWindow, "2")

    assert hall.next("1") == "t1"


def test_a_missed_ticket_of_a_closed_window_returns_to_its_queue() -> None:
    hall = serving()
    hall.at_window(c.TransferTicket, "1", to_window="2")
    hall.next("2")
    hall.miss("2")
    hall.at_window(c.CloseWindow, "2")

    assert hall.wait(minutes=2).next("1") == "t1"


def test_an_item_is_added_here_or_as_a_later_step() -> None:
    hall = serving("a1")
    given(hall).when(c.AddItem, window="1", item="a2").then(
        (e.ItemAdded, {"item": "a2", "in_service": True})
    )
    given(hall).when(c.AddItem, window="1", item="b1").then(
        (e.ItemAdded, {"item": "b1", "in_service": False})
    )
    given(hall).when(c.AddItem, window="1", item="a1").then_nothing()
    given(hall).when(c.AddItem, window="1", item="x").then_refused(ItemUnknown)

    hall.at_window(c.AddItem, "1", item="a2")
    hall.at_window(c.AddItem, "1", item="b1")
    completed, step = hall.at_window(c.CompleteService, "1", outcome="done")

    assert completed.items == ["a1", "a2"]  # type: ignore[attr-defined]
    assert step.items == ["b1"]  # type: ignore[attr-defined]


def test_an_item_for_which_the_person_holds_another_ticket_is_not_added() -> None:
    hall = serving("a1", subject_key="s")
    hall.take("b1", subject_key="s")

    given(hall).when(c.AddItem, window="1", item="b1").then_refused(
        LiveTicketExists, number="B001"
    )


def test_a_step_whose_item_was_dropped_by_a_new_profile_stays_in_its_queue() -> None:
    hall = serving("a1", "b1")
    items = [ItemRules(item="a1", queue="A")]
    hall.do(c.AdoptRules, rules=rules_with(revision="r2", items=items))

    given(hall).when(c.CompleteService, window="1", outcome="done").then(
        (e.ServiceCompleted, {}), (e.StepQueued, {"queue": "A", "items": ["b1"]})
    )


def test_preparation_and_queue_are_told_apart_by_the_event() -> None:
    hall = serving()

    given(hall).when(
        c.TransferTicket, window="1", queue="B", ready_after_seconds=60
    ).then((e.TicketTransferred, {"ready_at": hall.at + MINUTE}))


def test_after_a_transfer_a_new_service_starts() -> None:
    hall = serving()
    hall.at_window(c.TransferTicket, "1", queue="B")
    hall.next("3")

    given(hall).when(c.StartService, window="3").then(
        (e.ServiceStarted, {"service": "t1.2", "window": "3"})
    )
