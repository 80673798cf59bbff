"""What is wrong with a profile, every fault with its place.

A fault names the file, the line, the field and what to do, in English and in Chinese,
because the person who mends it works in a hall's office. Advice is a fault that does
not keep the profile from loading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from queue_core.errors import ParseError


Path = tuple[str | int, ...]
"""Where a value stands in a TOML file: keys, and places in lists counted from 0."""

MOST_FAULTS = 1_000


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong, and where. Line 0 means the whole file."""

    file: str
    line: int
    field: str
    message: str
    message_zh: str = ""
    advice: bool = False
    """The profile loads all the same."""

    def __str__(self) -> str:
        return self.text("en")

    def text(self, language: str) -> str:
        """Return one line, such as ``hall.toml:12: queues[2].letter: …``."""
        zh = language == "zh"
        message = self.message_zh if zh and self.message_zh else self.message
        mark = ("（建议）" if zh else "advice: ") if self.advice else ""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.field, mark + message) if part)


class ProfileFaults(ParseError):
    """A profile that cannot be used, with all its faults. Nothing of it was loaded."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        lines = "\n".join(str(fault) for fault in faults)
        super().__init__(f"the profile has {count}\n{lines}", faults[0].field)


class FaultList:
    """The faults found so far in one file, whose paths it turns into lines."""

    def __init__(self, file: str, lines: Mapping[Path, int] | None = None) -> None:
        self.file = file
        self.found: list[Fault] = []
        self._lines = lines or {}

    def add(self, path: Path, en: str, zh: str, *, advice: bool = False) -> None:
        """Note a fault of the value at ``path``."""
        self.add_at(self.line_of(path), field_name(path), en, zh, advice=advice)

    def add_at(
        self, line: int, field: str, en: str, zh: str, *, advice: bool = False
    ) -> None:
        """Note a fault at a known line; there is an end to how many anybody reads."""
        if len(self.found) < MOST_FAULTS:
            self.found.append(Fault(self.file, line, field, en, zh, advice))

    @property
    def is_full(self) -> bool:
        """Tell whether there are as many as anybody reads."""
        return len(self.found) >= MOST_FAULTS

    def line_of(self, path: Path) -> int:
        """Return the line of the value, or of the nearest table that holds it."""
        for length in range(len(path), 0, -1):
            if line := self._lines.get(path[:length]):
                return line
        return 0


def field_name(path: Path) -> str:
    """Write a path as people count: the second queue's letter is queues[2].letter."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{part}" if text else part
    return text
