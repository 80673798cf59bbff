"""A printer's trouble is known before anybody presses for a number."""

from __future__ import annotations

import asyncio

from displays.printer_watch import FRESH_SECONDS, READY, PrinterWatch
from displays.printing import NetworkPrinter
from displays.slips import SlipDesk
from tests.displays.fake_printer import PAPER_OUT, FakePrinter
from tests.displays.fake_printer import READY as ALL_WELL
from tests.open_house import CIVIL, OpenHouse


class HandSeconds:
    """Seconds that a test counts."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def network(printer: FakePrinter) -> NetworkPrinter:
    """Return the house's side of a fake printer."""
    return NetworkPrinter("127.0.0.1", printer.port)


async def test_a_printer_is_asked_again_only_when_its_answer_is_old() -> None:
    seconds = HandSeconds()
    async with FakePrinter().on() as printer:
        watch = PrinterWatch(network(printer), seconds)

        assert [await watch.stands() for _ in range(5)] == [READY] * 5
        assert printer.asked == 1

        printer.status = PAPER_OUT
        seconds.now += FRESH_SECONDS
        assert [await watch.stands() for _ in range(5)] == ["paper-out"] * 5
        assert printer.asked == 2


async def test_many_who_ask_at_once_are_one_question_to_the_printer() -> None:
    async with FakePrinter(PAPER_OUT).on() as printer:
        watch = PrinterWatch(network(printer))

        told = await asyncio.gather(*(watch.stands() for _ in range(8)))

        assert told == ["paper-out"] * 8
        assert printer.connections == 1


async def test_what_a_slip_met_is_known_without_a_question() -> None:
    async with FakePrinter().on() as printer:
        watch = PrinterWatch(network(printer), HandSeconds())

        watch.note("cover-open")

        assert await watch.stands() == "cover-open"
        assert printer.connections == 0


async def test_a_machine_is_told_how_its_own_printer_stands(house: OpenHouse) -> None:
    kiosk = await house.device("kiosk", "entrance")
    slips = house.house.slips
    assert isinstance(slips, SlipDesk)
    async with FakePrinter(PAPER_OUT).on() as printer:
        slips.printers = {"entrance": network(printer)}

        told = await kiosk.get(f"{house.path}/machine")

    assert told.says["printer"] == "paper-out"
    assert told.says["place"] == "entrance"
    assert told.says["version"] == house.hall.live.version


async def test_a_number_taken_when_the_paper_is_out_is_recorded_and_told(
    house: OpenHouse,
) -> None:
    await house.clerk_at("1")
    kiosk = await house.device("kiosk", "entrance")
    slips = house.house.slips
    assert isinstance(slips, SlipDesk)
    async with FakePrinter(ALL_WELL).on() as printer:
        slips.printers = {"entrance": network(printer)}
        assert (await kiosk.get(f"{house.path}/machine")).says["printer"] == READY

        printer.status = PAPER_OUT
        taken = await kiosk.post(
            f"{house.path}/tickets", {"item": CIVIL, "channel": "kiosk"}
        )
        after = await kiosk.get(f"{house.path}/machine")

    assert (taken.status, taken.says["slip"]["reason"]) == (201, "paper-out")
    assert after.says["printer"] == "paper-out"


async def test_only_a_machine_of_the_hall_is_told(house: OpenHouse) -> None:
    pad = await house.device("pad", "1")
    corner = await house.device("kiosk", "corner")

    assert (await pad.get(f"{house.path}/machine")).status == 403
    assert (await house.anyone.get(f"{house.path}/machine")).status == 401
    told = await corner.get(f"{house.path}/machine")
    assert told.says["printer"] == "no-printer"
