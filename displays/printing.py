"""Where slips come out: a printer on the network, a device, or a folder of files.

A setting names it: ``tcp://10.0.0.9:9100`` (also ``?columns=32`` for narrow paper and
``?status=off`` for a printer that must not be asked; ``?print=raster`` to have slips
drawn, with ``&font=FILE`` for a font of one's own), ``file:/dev/usb/lp0`` for a
device, or ``file:var/slips`` for a folder in which every slip is a file. A printer is
asked how it stands before each slip, and by ``SlipDesk`` while nobody wants one.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import stat
from collections.abc import AsyncIterator
from pathlib import Path
from typing import ClassVar, Protocol
from urllib.parse import parse_qs, urlsplit

from queue_core.errors import ParseError, YihaoError

from .slip import PLAIN_FORM, WIDE_PAPER, Form, Slip


USUAL_PORT = 9100
COLUMNS = (24, 64)
"""The narrowest and the widest paper in use."""

ASK_STATUS = b"\x10\x04\x02\x10\x04\x04"
"""DLE EOT 2 and 4: why the printer is off line, and how its paper stands."""
COVER_OPEN, PAPER_STOP, FAULT = 0x04, 0x20, 0x40
PAPER_END = 0x60

DEVICES = Path("/dev")

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]

UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


class PrinterError(YihaoError):
    """A slip was not printed. ``code`` says why, the message says it in words."""

    sentences: ClassVar[dict[str, str]] = {
        "printer-unreachable": "printer {printer} cannot be reached: {reason}",
        "printer-lost": "printer {printer} broke the connection: {reason}",
        "printer-silent": "printer {printer} did not take the slip in {reason}",
        "paper-out": "printer {printer} is out of paper",
        "cover-open": "the cover of printer {printer} is open",
        "printer-fault": "printer {printer} reports a fault",
        "slip-not-written": "the slip could not be written to {printer}: {reason}",
    }

    def __init__(self, code: str, printer: str, reason: str = "") -> None:
        self.code = code
        self.printer = printer
        super().__init__(self.sentences[code].format(printer=printer, reason=reason))


class SlipPrinter(Protocol):
    """Whatever puts a slip into a citizen's hand."""

    form: Form

    async def print_slip(self, slip: Slip) -> None:
        """Print one slip.

        Raises:
            PrinterError: it was not printed, or not surely.
        """

    async def require_ready(self) -> None:
        """Pass if a slip could be printed now, as far as the printer tells.

        Raises:
            PrinterError: it could not.
        """


def printer_of(setting: str, timeout_seconds: float = 5.0) -> SlipPrinter:
    """Return the printer that a setting names.

    Raises:
        ParseError: the setting names no printer.
    """
    try:
        parts = urlsplit(setting)
        options = {key: one[-1] for key, one in parse_qs(parts.query).items()}
        form = form_of(options)
        asks = {"on": True, "off": False}[options.pop("status", "on")]
        port = parts.port or USUAL_PORT
    except (ValueError, KeyError):
        raise _no_printer(setting) from None
    if options or not COLUMNS[0] <= form.columns <= COLUMNS[1]:
        raise _no_printer(setting)
    if parts.scheme == "tcp" and parts.hostname and parts.path in ("", "/"):
        return NetworkPrinter(
            parts.hostname, port, form, timeout_seconds=timeout_seconds, asks=asks
        )
    if parts.scheme == "file" and not parts.netloc and parts.path:
        return FilePrinter(Path(parts.path), form)
    raise _no_printer(setting)


def form_of(options: dict[str, str]) -> Form:
    """Take what is said about slips out of a printer's options.

    Raises:
        ValueError, KeyError: It cannot be read.
        ParseError: Slips are to be drawn, and there is no font for it.
    """
    columns = int(options.pop("columns", WIDE_PAPER))
    is_drawn = {"text": False, "raster": True}[options.pop("print", "text")]
    if not is_drawn:
        return Form(columns=columns)
    # Few printers want pictures, and what makes them takes 4 MB.
    from .slip_raster import TEXT, find_font, opened_font  # noqa: PLC0415

    font = options.pop("font", "") or find_font()
    opened_font(font, TEXT)
    return Form(columns=columns, font=font)


def _no_printer(setting: str) -> ParseError:
    usual = "tcp://HOST:PORT or file:FOLDER"
    return ParseError(f'"{setting}" names no printer; give {usual}', "printer")


class NetworkPrinter:
    """A thermal printer that takes ESC/POS bytes on a TCP port.

    It serves one connection at a time, so slips wait for one another. Before a slip it
    is asked for its paper; a printer that has never answered is not asked again.
    """

    def __init__(
        self,
        host: str,
        port: int,
        form: Form = PLAIN_FORM,
        *,
        timeout_seconds: float = 5.0,
        asks: bool = True,
    ) -> None:
        self.form = form
        self._host, self._port = host, port
        self._name = f"{host}:{port}"
        self._timeout_seconds = timeout_seconds
        self._asks = asks
        self._one_at_a_time = asyncio.Lock()

    async def print_slip(self, slip: Slip) -> None:
        """Send the slip; return when the network has taken all of it."""
        async with self._one_at_a_time, self._connected() as (reader, writer):
            if self._asks:
                await self._ask(reader, writer)
            writer.write(slip.data)
            await writer.drain()
            writer.close()
            await writer.wait_closed()

    async def require_ready(self) -> None:
        """Ask how the printer stands; one that is printing is ready."""
        if self._one_at_a_time.locked():
            return
        async with self._one_at_a_time, self._connected() as (reader, writer):
            if self._asks:
                await self._ask(reader, writer)

    @contextlib.asynccontextmanager
    async def _connected(self) -> AsyncIterator[Streams]:
        """Be connected for the time that a slip may take."""
        writer: asyncio.StreamWriter | None = None
        try:
            async with asyncio.timeout(self._timeout_seconds):
                reader, writer = await self._connect()
                yield reader, writer
        except TimeoutError:
            code = "printer-silent" if writer else "printer-unreachable"
            waited = f"{self._timeout_seconds:g} s"
            raise PrinterError(code, self._name, waited) from None
        except OSError as fault:
            raise PrinterError("printer-lost", self._name, _why(fault)) from None
        finally:
            if writer:
                writer.close()

    async def _connect(self) -> Streams:
        try:
            return await asyncio.open_connection(self._host, self._port)
        except OSError as fault:
            why = _why(fault)
            raise PrinterError("printer-unreachable", self._name, why) from None

    async def _ask(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Ask for the printer's status and refuse to print where it cannot."""
        writer.write(ASK_STATUS)
        answer = b""
        with contextlib.suppress(TimeoutError, asyncio.IncompleteReadError):
            async with asyncio.timeout(self._timeout_seconds / 5):
                answer = await reader.readexactly(2)
        if not (len(answer) == 2 and all(map(_is_status, answer))):
            self._asks = False
            return
        cause, paper = answer
        if paper & PAPER_END or cause & PAPER_STOP:
            raise PrinterError("paper-out", self._name)
        if cause & COVER_OPEN:
            raise PrinterError("cover-open", self._name)
        if cause & FAULT:
            raise PrinterError("printer-fault", self._name)


def _why(fault: OSError) -> str:
    return fault.strerror or type(fault).__name__


def _is_status(byte: int) -> bool:
    """Tell whether a byte has the fixed bits of a status answer (0xx1xx10)."""
    return byte & 0x93 == 0x12


class FilePrinter:
    """A device that takes a slip's bytes, or a folder in which slips become files."""

    def __init__(self, path: Path, form: Form = PLAIN_FORM) -> None:
        self.form = form
        self._path = path
        self._one_at_a_time = asyncio.Lock()

    async def print_slip(self, slip: Slip) -> None:
        """Write the slip; into a folder, whole or not at all."""
        await self.require_ready()
        async with self._one_at_a_time:
            try:
                await asyncio.to_thread(self._write, slip)
            except OSError as fault:
                path = str(self._path)
                raise PrinterError("slip-not-written", path, _why(fault)) from None

    async def require_ready(self) -> None:
        """Pass if the device is there; a folder is made when it is needed."""
        if self._path.is_relative_to(DEVICES) and not _is_device(self._path):
            raise PrinterError("printer-unreachable", str(self._path), "no device")

    def _write(self, slip: Slip) -> None:
        if _is_device(self._path):
            with self._path.open("wb", buffering=0) as device:
                device.write(slip.data)
            return
        self._path.mkdir(parents=True, exist_ok=True)
        free = self._free_name(UNSAFE.sub("-", slip.name) or "slip")
        text = "".join(f"{line}\n" for line in slip.text)
        _write_whole(self._path / f"{free}.txt", text.encode())
        _write_whole(self._path / f"{free}.escpos", slip.data)

    def _free_name(self, name: str) -> str:
        """Return a name that no slip in the folder has."""
        free, number = name, 1
        while (self._path / f"{free}.escpos").exists():
            number += 1
            free = f"{name}-{number}"
        return free


def _is_device(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)


def _write_whole(path: Path, content: bytes) -> None:
    draft = path.with_suffix(f"{path.suffix}.part")
    draft.write_bytes(content)
    os.replace(draft, path)
