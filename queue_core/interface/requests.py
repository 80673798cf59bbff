"""Reading a request's body or query into the struct its route asks for.

What cannot be read is ``Unreadable``; what can be read and does not fit is
``NotAcceptable`` with the name of the first field that is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

import msgspec

from .refusals import NotAcceptable, Unreadable, shortened


BODY_LIMIT = 64 * 1024

Asked = TypeVar("Asked", bound=msgspec.Struct)

PLACE = re.compile(r"^(?P<why>.*?)(?: - at `(?P<place>[^`]*)`)?$", re.DOTALL)
MISSING = re.compile(r"^Object missing required field `(?P<name>.*)`$", re.DOTALL)
UNKNOWN = re.compile(r"^Object contains unknown field `(?P<name>.*)`$", re.DOTALL)


def read_body(raw: bytes, asked: type[Asked]) -> Asked:
    """Read a JSON body; an empty body stands for an empty object.

    Raises:
        Unreadable: The bytes are no JSON in UTF-8.
        NotAcceptable: A field is missing, unknown, of a wrong type or out of bounds.
    """
    try:
        return msgspec.json.decode(raw or b"{}", type=asked)
    except msgspec.ValidationError as error:
        raise not_acceptable(str(error), "body") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(why=shortened(error, 200)) from error


def read_query(pairs: Iterable[tuple[str, str]], asked: type[Asked]) -> Asked:
    """Read a query string's pairs; numbers are read from their digits.

    Raises:
        NotAcceptable: A field is missing, unknown, given twice or out of bounds.
    """
    given: dict[str, str] = {}
    for name, value in pairs:
        if name in given:
            raise NotAcceptable(field=shortened(name), why="is given twice")
        given[name] = value
    try:
        return msgspec.convert(given, asked, strict=False)
    except msgspec.ValidationError as error:
        raise not_acceptable(str(error), "query") from error


def not_acceptable(message: str, whole: str) -> NotAcceptable:
    """Return the refusal for a validation message, with its field's name in it."""
    match = PLACE.match(message)
    why, place = (match["why"], match["place"] or "") if match else (message, "")
    place = place.removeprefix("$").removeprefix(".")
    if missing := MISSING.match(why):
        return NotAcceptable(field=joined(place, missing["name"]), why="is missing")
    if unknown := UNKNOWN.match(why):
        return NotAcceptable(field=joined(place, unknown["name"]), why="is not known")
    return NotAcceptable(field=place or whole, why=plain(why))


def joined(place: str, name: str) -> str:
    """Return the name of a field inside a place: ``items[0]`` and ``code``."""
    return f"{place}.{shortened(name)}" if place else shortened(name)


def plain(why: str) -> str:
    """Return a validation message in the house's style."""
    return shortened(why[:1].lower() + why[1:], 200).replace("`", "")
