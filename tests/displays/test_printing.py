from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path

import pytest

from displays.printing import (
    FilePrinter,
    NetworkPrinter,
    PrinterError,
    printer_of,
)
from displays.slip import PLAIN_FORM, Form, Slip
from displays.slip_raster import find_font
from queue_core.errors import ParseError
from tests.displays.fake_printer import PAPER_OUT, READY, FakePrinter


SLIP = Slip(name="A012", text=["大厅", "A012"], data=b"\x1b@A012\n\x1dV\x00")


def network(printer: FakePrinter, seconds: float = 5.0) -> NetworkPrinter:
    """Return the house's side of a fake printer."""
    return NetworkPrinter("127.0.0.1", printer.port, timeout_seconds=seconds)


async def test_a_slip_comes_out_of_the_network_printer() -> None:
    async with FakePrinter().on() as printer:
        await network(printer).print_slip(SLIP)

        assert await printer.came_out(1) == [SLIP.data]
        assert printer.asked == 1


async def test_slips_wait_for_one_another() -> None:
    async with FakePrinter().on() as printer:
        ours = network(printer)
        printer.may_answer.clear()

        printing = asyncio.gather(*(ours.print_slip(SLIP) for _ in range(5)))
        await printer.was_asked.wait()
        assert printer.connections == 1
        printer.may_answer.set()
        await printing

        assert await printer.came_out(5) == [SLIP.data] * 5


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (b"\x12\x72", "paper-out", "is out of paper"),
        (b"\x32\x12", "paper-out", "is out of paper"),
        (b"\x16\x12", "cover-open", "is open"),
        (b"\x52\x12", "printer-fault", "reports a fault"),
    ],
)
async def test_a_printer_that_cannot_print_says_why(
    status: bytes, code: str, words: str
) -> None:
    async with FakePrinter(status).on() as printer:
        with pytest.raises(PrinterError, match=words) as raised:
            await network(printer).print_slip(SLIP)

        assert raised.value.code == code
        assert raised.value.printer == f"127.0.0.1:{printer.port}"
    assert printer.paper.empty()


async def test_paper_put_in_again_is_noticed_at_the_next_slip() -> None:
    async with FakePrinter(PAPER_OUT).on() as printer:
        ours = network(printer)
        with pytest.raises(PrinterError):
            await ours.print_slip(SLIP)

        printer.status = READY
        await ours.print_slip(SLIP)

        assert await printer.came_out(1) == [SLIP.data]


async def test_a_paper_roll_that_is_nearly_at_its_end_still_prints() -> None:
    async with FakePrinter(b"\x12\x1e").on() as printer:
        await network(printer).print_slip(SLIP)

        assert await printer.came_out(1) == [SLIP.data]


@pytest.mark.parametrize("status", [b"", b"\x00\xff"])
async def test_a_printer_that_tells_nothing_prints_and_is_not_asked_again(
    status: bytes,
) -> None:
    async with FakePrinter(status).on() as printer:
        ours = network(printer, 0.5)

        await ours.print_slip(SLIP)
        await ours.print_slip(SLIP)

        assert await printer.came_out(2) == [SLIP.data] * 2
        assert printer.asked == 1


async def test_a_printer_that_is_off_cannot_be_reached() -> None:
    async with FakePrinter().on() as printer:
        ours = network(printer)

    with pytest.raises(PrinterError, match="cannot be reached") as raised:
        await ours.print_slip(SLIP)

    assert raised.value.code == "printer-unreachable"


async def test_a_printer_that_never_takes_the_slip_is_given_up() -> None:
    release = asyncio.Event()

    async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await release.wait()
        writer.close()

    server = await asyncio.start_server(hold, "127.0.0.1", 0, limit=1)
    port = server.sockets[0].getsockname()[1]
    ours = NetworkPrinter("127.0.0.1", port, timeout_seconds=0.3, asks=False)
    endless = Slip("A1", [], b"x" * 50_000_000)

    async with server:
        with pytest.raises(PrinterError, match=r"did not take the slip in 0\.3 s"):
            await ours.print_slip(endless)
        release.set()


# Files.


async def test_every_slip_is_a_file_in_the_folder(tmp_path: Path) -> None:
    ours = FilePrinter(tmp_path / "slips")

    await asyncio.gather(*(ours.print_slip(SLIP) for _ in range(3)))

    files = {path.name for path in (tmp_path / "slips").iterdir()}
    assert files == {
        f"{name}.{kind}"
        for name in ("A012", "A012-2", "A012-3")
        for kind in ("escpos", "txt")
    }
    assert (tmp_path / "slips" / "A012.escpos").read_bytes() == SLIP.data
    assert (tmp_path / "slips" / "A012.txt").read_text("utf-8") == "大厅\nA012\n"


async def test_the_name_of_a_slip_cannot_leave_the_folder(tmp_path: Path) -> None:
    await FilePrinter(tmp_path / "slips").print_slip(
        SLIP._replace(name="../../etc/passwd")
    )

    assert {path.name for path in tmp_path.iterdir()} == {"slips"}
    assert (tmp_path / "slips" / "-etc-passwd.escpos").exists()


async def test_a_device_gets_the_bytes_of_every_slip(tmp_path: Path) -> None:
    device = tmp_path / "lp0"
    os.mkfifo(device)
    ours = printer_of(f"file:{device}")

    reading = asyncio.create_task(asyncio.to_thread(device.read_bytes))
    await ours.print_slip(SLIP)

    assert await reading == SLIP.data


async def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(PrinterError, match="could not be written") as raised:
        await FilePrinter(tmp_path / "file" / "slips").print_slip(SLIP)

    assert raised.value.code == "slip-not-written"


# Settings.


def test_a_setting_names_the_printer(tmp_path: Path) -> None:
    printer = printer_of("tcp://10.0.0.9")
    narrow = printer_of("tcp://printer.hall:9200?columns=32&status=off")

    assert isinstance(printer, NetworkPrinter)
    assert printer.form == PLAIN_FORM
    assert narrow.form == Form(columns=32)
    assert isinstance(printer_of(f"file:{tmp_path}?columns=32"), FilePrinter)
    assert isinstance(printer_of("file:var/slips"), FilePrinter)


@pytest.mark.parametrize(
    "setting",
    [
        "",
        "lp0",
        "tcp://",
        "tcp://host:99999",
        "tcp://host:x",
        "tcp://[",
        "tcp://host/path",
        "tcp://host?columns=5",
        "tcp://host?columns=many",
        "tcp://host?print=poetry",
        "tcp://host?status=perhaps",
        "tcp://host?colums=32",
        "file:",
        "file://host/folder",
        "http://host:9100",
    ],
)
def test_a_setting_that_names_no_printer_is_refused(setting: str) -> None:
    with pytest.raises(ParseError, match="names no printer") as raised:
        printer_of(setting)

    assert raised.value.field == "printer"


async def test_a_printer_is_asked_how_it_stands_and_prints_nothing() -> None:
    async with FakePrinter(PAPER_OUT).on() as printer:
        ours = network(printer)
        with pytest.raises(PrinterError) as raised:
            await ours.require_ready()
        assert raised.value.code == "paper-out"

        printer.status = READY
        await ours.require_ready()

        assert printer.asked == 2
    assert printer.paper.empty()


async def test_a_device_that_is_gone_gets_no_folder_in_its_place() -> None:
    gone = FilePrinter(Path("/dev/usb/no-such-printer"))

    with pytest.raises(PrinterError) as raised:
        await gone.print_slip(SLIP)

    assert raised.value.code == "printer-unreachable"
    assert not Path("/dev/usb/no-such-printer").exists()


def test_a_printer_that_draws_has_a_font_before_the_first_slip(tmp_path: Path) -> None:
    with contextlib.suppress(ParseError):
        font = find_font()
        assert printer_of(f"file:{tmp_path}?print=raster").form.font == font

    (tmp_path / "font.ttf").write_text("no font")
    with pytest.raises(ParseError, match="is no font that can be drawn"):
        printer_of(f"tcp://host?print=raster&font={tmp_path}/font.ttf")
