"""A slip comes after its number is recorded, once, and trouble is told."""

from __future__ import annotations

from pathlib import Path

from displays.printing import PrinterError
from displays.slip import Form, Slip
from displays.slips import SlipDesk
from queue_core.events import TicketIssued
from tests.open_house import CIVIL, OpenHouse, open_house


class WatchedPrinter:
    """A printer that looks whether the number stands in the record already."""

    form = Form(columns=32)

    def __init__(self, house: OpenHouse) -> None:
        self.house = house
        self.trouble: PrinterError | None = None
        self.printed: list[Slip] = []
        self.recorded_before: list[bool] = []

    async def require_ready(self) -> None:
        if self.trouble:
            raise self.trouble

    async def print_slip(self, slip: Slip) -> None:
        log = self.house.house.log.read(self.house.hall.stream)
        numbers = [r.event.number for r in log if isinstance(r.event, TicketIssued)]
        self.recorded_before.append(numbers[-1] in slip.name)
        if self.trouble:
            raise self.trouble
        self.printed.append(slip)


def watched(house: OpenHouse) -> WatchedPrinter:
    """Put a watched printer beside the kiosk at the entrance."""
    printer = WatchedPrinter(house)
    slips = house.house.slips
    assert isinstance(slips, SlipDesk)
    slips.printers = {"entrance": printer}
    return printer


async def test_a_slip_is_printed_after_its_number_is_on_disk(house: OpenHouse) -> None:
    await house.clerk_at("1")
    printer = watched(house)
    kiosk = await house.device("kiosk", "entrance")

    told = await kiosk.post(
        f"{house.path}/tickets", {"item": CIVIL, "channel": "kiosk"}
    )

    assert printer.recorded_before == [True]
    assert told.says["slip"]["printed"]
    assert told.says["slip"]["text"] == printer.printed[0].text
    assert (
        f"{house.running.address}{told.says['phone_path']}" in told.says["slip"]["text"]
    )


async def test_paper_that_is_out_is_told_and_the_number_stands(
    house: OpenHouse,
) -> None:
    await house.clerk_at("1")
    printer = watched(house)
    printer.trouble = PrinterError("paper-out", "10.0.0.9:9100")
    kiosk = await house.device("kiosk", "entrance")

    told = await kiosk.post(
        f"{house.path}/tickets", {"item": CIVIL, "channel": "kiosk"}
    )

    assert told.status == 201
    slip = told.says["slip"]
    assert (slip["printed"], slip["reason"]) == (False, "paper-out")
    assert "A001" in slip["text"]
    assert house.hall.slips == {"paper-out": 1}


async def test_a_repeat_after_a_restart_does_not_print_again(tmp_path: Path) -> None:
    body, key = {"item": CIVIL, "channel": "kiosk"}, "one-tap-on-the-screen"
    async with open_house(tmp_path / "data") as house:
        await house.clerk_at("1")
        printer = watched(house)
        kiosk = await house.device("kiosk", "entrance")
        first = await kiosk.post(f"{house.path}/tickets", body, key=key)
        token, now = kiosk.token, house.clock.now()
        assert len(printer.printed) == 1
    async with open_house(tmp_path / "data", at=now) as house:
        printer = watched(house)
        kiosk = await house.device("kiosk", "entrance")
        kiosk.token = token

        again = await kiosk.post(f"{house.path}/tickets", body, key=key)

    assert again.status == 201
    assert {**again.says, "slip": None} == {**first.says, "slip": None}
    assert (again.says["slip"]["printed"], printer.printed) == (False, [])


async def test_a_kiosk_without_a_printer_shows_the_slip(house: OpenHouse) -> None:
    await house.clerk_at("1")
    kiosk = await house.device("kiosk", "corner")

    told = await kiosk.post(
        f"{house.path}/tickets",
        {"item": CIVIL, "channel": "kiosk", "language": "en"},
    )
    unwanted = await kiosk.post(
        f"{house.path}/tickets", {"item": CIVIL, "channel": "kiosk", "print": False}
    )

    slip = told.says["slip"]
    assert (slip["printed"], slip["reason"]) == (False, "no-printer")
    assert "Your number" in slip["text"]
    assert unwanted.says["slip"]["reason"] == "not-asked"


async def test_an_identity_number_stands_on_no_slip(house: OpenHouse) -> None:
    card = "11010119900307123X"
    await house.clerk_at("1")
    printer = watched(house)
    kiosk = await house.device("kiosk", "entrance")

    told = await kiosk.post(
        f"{house.path}/tickets", {"item": CIVIL, "channel": "kiosk", "subject": card}
    )

    [slip] = printer.printed
    assert card not in "".join(slip.text)
    assert card.encode() not in slip.data
    assert card not in repr(told.says)


async def test_large_letters_are_printed_for_whoever_reads_in_them(
    house: OpenHouse,
) -> None:
    await house.clerk_at("1")
    printer = watched(house)
    kiosk = await house.device("kiosk", "entrance")

    for large in (False, True):
        body = {"item": CIVIL, "channel": "kiosk", "large": large}
        await kiosk.post(f"{house.path}/tickets", body)

    usual, large_slip = printer.printed
    assert len(large_slip.text) > len(usual.text)
