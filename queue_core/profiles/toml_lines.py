"""On which line of a TOML text every value stands.

``tomllib`` reads values but keeps no lines. This scanner walks a text that ``tomllib``
has already accepted, so it needs to know where things begin and end, not what they
mean.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from .faults import Path


BLANK = re.compile(r"(?:[ \t\n]+|#[^\n]*)+")
SPACES = re.compile(r"[ \t]*")
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}(?!")'
    r"|'''.*?'{3,5}(?!')"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
SCALAR = re.compile(r"[^,\]}#\n]+")
ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


def key_lines(text: str) -> dict[Path, int]:
    """Return the line, from 1, of every table, key and list element of the text."""
    return _Scanner(text.replace("\r\n", "\n")).scan()


class _Scanner:
    """Walks the text once and writes down where each path begins."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self.elements: dict[Path, int] = {}
        """How many elements every array of tables has so far."""
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def scan(self) -> dict[Path, int]:
        table: Path = ()
        self.skip(BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.assignment(table)
            self.skip(BLANK)
        return self.lines

    # Statements.

    def header(self) -> Path:
        line = self.line()
        many = self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        path: Path = ()
        keys = self.keys()
        for place, key in enumerate(keys):
            path = (*path, key)
            self.lines.setdefault(path, line)
            if many and place == len(keys) - 1:
                self.elements[path] = self.elements.get(path, 0) + 1
            if path in self.elements:
                path = (*path, self.elements[path] - 1)
                self.lines.setdefault(path, line)
        self.at += 2 if many else 1
        return path

    def assignment(self, table: Path) -> None:
        line = self.line()
        path = (*table, *self.keys())
        for length in range(len(table) + 1, len(path) + 1):
            self.lines.setdefault(path[:length], line)
        self.at += 1
        self.skip(SPACES)
        self.value(path)

    # Keys.

    def keys(self) -> list[str]:
        keys = []
        while True:
            self.skip(SPACES)
            keys.append(self.key())
            self.skip(SPACES)
            if self.text[self.at] != ".":
                return keys
            self.at += 1

    def key(self) -> str:
        if self.text[self.at] in "\"'":
            token = self.take(STRING)
            return _unescape(token[1:-1]) if token[0] == '"' else token[1:-1]
        return self.take(BARE_KEY)

    # Values.

    def value(self, path: Path) -> None:
        first = self.text[self.at]
        if first == "[":
            self.array(path)
        elif first == "{":
            self.inline_table(path)
        else:
            self.take(STRING if first in "\"'" else SCALAR)

    def array(self, path: Path) -> None:
        self.at += 1
        place = 0
        self.skip(BLANK)
        while self.text[self.at] != "]":
            self.lines[(*path, place)] = self.line()
            self.value((*path, place))
            place += 1
            self.skip(BLANK)
            if self.text[self.at] == ",":
                self.at += 1
                self.skip(BLANK)
        self.at += 1

    def inline_table(self, path: Path) -> None:
        self.at += 1
        self.skip(BLANK)
        while self.text[self.at] != "}":
            self.assignment(path)
            self.skip(BLANK)
            if self.text[self.at] == ",":
                self.at += 1
                self.skip(BLANK)
        self.at += 1

    # Text.

    def skip(self, pattern: re.Pattern[str]) -> None:
        if match := pattern.match(self.text, self.at):
            self.at = match.end()

    def take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise ValueError(f"no TOML value at line {self.line()}")
        self.at = match.end()
        return match.group()

    def line(self) -> int:
        return bisect_right(self.starts, self.at)


def _unescape(text: str) -> str:
    pieces = []
    end = 0
    for match in ESCAPE.finditer(text):
        short, long, letter = match.groups()
        code = short or long
        known = chr(int(code, 16)) if code else ESCAPED.get(letter, letter)
        pieces += [text[end : match.start()], known]
        end = match.end()
    return "".join([*pieces, text[end:]])
