"""The root of every error, and what is not a refusal by the rules."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


class YihaoError(Exception):
    """The root of every error the house raises on purpose."""


class ParseError(YihaoError):
    """Input that cannot be understood; names the field where there is one."""

    def __init__(self, message: str, field: str = "") -> None:
        self.field = field
        super().__init__(message)


class Conflict(YihaoError):
    """Another writer appended to the stream first."""


class LogError(YihaoError):
    """The store could not record or read; nothing was half done."""


class Overloaded(LogError):
    """More commands wait than the house promises to answer in time."""


@dataclass(eq=False)
class Refused(YihaoError):
    """The rules refuse the command now. Subclasses fill ``sentence`` with values."""

    code: ClassVar[str]
    sentence: ClassVar[str]

    def __str__(self) -> str:
        values = {
            name: ", ".join(map(str, value)) if isinstance(value, list) else value
            for name, value in asdict(self).items()
        }
        return self.sentence.format(**values)

    def details(self) -> dict[str, Any]:
        """Return the values of the refusal, plain and ready for JSON."""
        return asdict(self)
