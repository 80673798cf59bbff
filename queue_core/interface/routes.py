"""A route says, as data, who may call what with which request and which answers.

The route tables stand beside their handlers in ``windows`` and ``displays``; serving,
the OpenAPI document and the matrix of rights in the tests are all read from them.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

import msgspec

from queue_core.access.roles import Right
from queue_core.errors import Refused

from .principals import Principal


Method = Literal["GET", "POST", "DELETE"]

House = TypeVar("House")
Asks = TypeVar("Asks")
Answers = TypeVar("Answers")

JSON = "application/json"
PARAMETER = re.compile(r"\{([a-z_]+)\}")


@dataclass(slots=True)
class Reply:
    """What a handler may say beside its answer."""

    session: str | None = None
    """A session token to be set as a cookie; empty to forget the one there is."""


class Call(msgspec.Struct, Generic[House, Asks], frozen=True, kw_only=True):
    """One request, authenticated and read: all that a handler gets."""

    house: House
    principal: Principal
    path: Mapping[str, str]
    asked: Asks
    command_id: str
    """The name of the command this call gives; a repeat carries the same."""
    host: str = ""
    """The name by which the client reached the house."""
    secure: bool = False
    """Whether it came by https."""
    address: str = ""
    """The caller's network address; empty for this machine itself."""
    reply: Reply = msgspec.field(default_factory=Reply)


@dataclass(frozen=True, slots=True)
class Document:
    """An answer that is no JSON: a report, a spreadsheet."""

    media_type: str
    content: bytes
    filename: str = ""


@dataclass(frozen=True, kw_only=True)
class Route(Generic[House, Asks, Answers]):
    """One address of the interface."""

    method: Method
    path: str
    summary: str
    right: Right
    """What the caller must be allowed to do; ``access.roles`` says who is."""
    handler: Callable[[Call[House, Asks]], Awaitable[Answers]]
    asks: type[Asks]
    """The body of a POST, the query of a GET."""
    answers: type[Answers]
    status: int = 200
    media: tuple[str, ...] = (JSON,)
    remembered: bool = True
    """A repeat under the same key gets the first answer; not for what is secret."""
    refuses: tuple[type[Refused], ...] = ()
    """What this route may refuse beyond what every route may."""

    @property
    def name(self) -> str:
        """Return the operation's id: the name of its handler."""
        return self.handler.__name__

    @property
    def parameters(self) -> list[str]:
        """Return the names in the path, in order."""
        return PARAMETER.findall(self.path)
