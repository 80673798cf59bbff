"""The logs: one event a line, for machines or for people, without personal data.

The lines of answers are by far the most. They are made by hand and written together,
once for all that were answered at the same moment: the usual way of logging would take
a fifth of the time of a request.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import logging
import sys
from typing import TextIO

import msgspec
import structlog
from aiohttp.http_exceptions import BadHttpMessage

from queue_core.persons.redaction import redacted


ACCESS = "yihao.access"


class HouseHandler(logging.StreamHandler[TextIO]):
    """Writes all lines to standard error, those of answers in a short way."""

    def __init__(self, level: int, *, json: bool) -> None:
        """Write lines of at least ``level``, as JSON or to be read by people."""
        super().__init__(sys.stderr)
        self.setLevel(level)
        self._line_of = json_line if json else plain_line
        self._lines: list[str] = []

    def note(
        self, method: str, route: str, status: int, seconds: float, kind: str
    ) -> None:
        """Note an answer. Call it in an event loop, which then writes the line."""
        level = level_of(status)
        if level < self.level:
            return
        line = Line(
            method=method,
            route=route,
            status=status,
            caller=kind,
            milliseconds=round(seconds * 1000, 1),
            level=logging.getLevelName(level).lower(),
            timestamp=datetime.datetime.now(datetime.UTC).isoformat()[:-6] + "Z",
        )
        if not self._lines:
            asyncio.get_running_loop().call_soon(self._write)
        self._lines.append(self._line_of(line))

    def format(self, record: logging.LogRecord) -> str:
        """Return a record's line, without anything that looks like a person's."""
        return redacted(super().format(record))

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Say nothing: the usual words would repeat what must stand in no log.

        Nobody's answer depends on whether somebody still reads our lines.
        """

    def _write(self) -> None:
        lines, self._lines = self._lines, []
        # Nobody's answer depends on whether somebody still reads our lines.
        with contextlib.suppress(OSError, ValueError):
            self.stream.write("".join(lines))
            self.flush()


class Line(msgspec.Struct, gc=False):
    """What the line of an answer says."""

    method: str
    route: str
    status: int
    caller: str
    milliseconds: float
    level: str
    timestamp: str
    event: str = "answered"
    logger: str = ACCESS


def json_line(line: Line) -> str:
    """Return the line as one JSON object."""
    return msgspec.json.encode(line).decode() + "\n"


def plain_line(line: Line) -> str:
    """Return the line as people read it."""
    return (
        f"{line.timestamp} [{line.level:<9}] {line.event} [{line.logger}] "
        f"{line.method} {line.route} {line.status} {line.caller} "
        f"{line.milliseconds} ms\n"
    )


def note_answer(
    method: str, route: str, status: int, seconds: float, kind: str
) -> None:
    """Write the line of an answer, if the logs have been set up.

    It is never what was in the request: no address, no token, no name.
    """
    for handler in logging.root.handlers:
        if isinstance(handler, HouseHandler):
            handler.note(method, route, status, seconds, kind)


def set_up_logs(*, json: bool, level: int = logging.INFO) -> None:
    """Send the logs of the house and its libraries to standard error.

    One line is one event, as JSON for machines or in colours for a terminal.
    """
    shared: list[structlog.typing.Processor] = [
        in_one_line,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
    ]
    last: structlog.typing.Processor = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty()
    )
    if json:
        last = structlog.processors.JSONRenderer(ensure_ascii=False)
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
    )
    handler = HouseHandler(level, json=json)
    handler.setFormatter(formatter)
    handler.addFilter(is_worth_a_line)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # These two tell of every connection that a scanner opens.
    for noisy in ("websockets.server", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def in_one_line(
    logger: object, name: str, said: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Write what is no visible sign as its code: one event is one line, whoever
    brought the text that stands in it (log injection, CWE-117)."""
    text = str(said["event"])
    if not text.isprintable():
        said["event"] = "".join(
            sign if sign.isprintable() else sign.encode("unicode_escape").decode()
            for sign in text
        )
    return said


def level_of(status: int) -> int:
    """Return how loud an answer's line is."""
    return logging.WARNING if status >= 500 else logging.INFO


def is_worth_a_line(record: logging.LogRecord) -> bool:
    """Tell whether a record says something about the house.

    Bytes that are no HTTP are the sender's fault; they were answered with 400.
    """
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, BadHttpMessage)
