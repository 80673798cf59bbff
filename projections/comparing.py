"""Comparing pictures of a hall: two that were folded apart, or one and the rules."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from sortedcontainers import SortedKeyList

from .live_hall import LiveHall, LiveTicket


SIMPLE = frozenset({str, int, bool, type(None)})

FIELD_NAMES: dict[type[Any], tuple[str, ...]] = {}
"""Known classes, with the fields of those that are dataclasses."""


def picture(live: LiveHall) -> dict[str, Any]:
    """Return a live hall as plain values that can be compared, whole."""
    return {
        name: _plain(value, whole=name == "tickets")
        for name, value in vars(live).items()
    }


def _plain(value: Any, *, whole: bool = False) -> Any:
    kind = type(value)
    if kind in SIMPLE or (kind is LiveTicket and not whole):
        return value.ticket if kind is LiveTicket else value
    if names := _field_names(kind):
        return [_plain(getattr(value, name)) for name in names]
    if isinstance(value, Mapping):
        # The order counts: it is the order of what a screen shows.
        return [(key, _plain(one, whole=whole)) for key, one in value.items()]
    if isinstance(value, list | tuple | SortedKeyList):
        return [_plain(one) for one in value]
    return value


def _field_names(kind: type[Any]) -> tuple[str, ...]:
    names = FIELD_NAMES.get(kind)
    if names is None:
        is_plain = not dataclasses.is_dataclass(kind)
        names = () if is_plain else tuple(f.name for f in dataclasses.fields(kind))
        FIELD_NAMES[kind] = names
    return names


def unequal(
    found: Mapping[Any, object], expected: Mapping[Any, object]
) -> Iterator[str]:
    """Yield what is found otherwise than expected, in words."""
    if found == expected:
        return
    for key in [*expected, *(key for key in found if key not in expected)]:
        ours, right = found.get(key), expected.get(key)
        if ours != right:
            yield f"{key} is {ours!r} instead of {right!r}"
