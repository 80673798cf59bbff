"""The addresses of the interface: which routes an address of a request belongs to.

A router that tries one pattern after another takes longer with every route. Here the
parts of an address are looked up: routes of the same length that have their parameters
at the same places share a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar


Served = TypeVar("Served")

Parts = tuple[str, ...]

REMEMBERED = 4096
"""Windows and devices use the same few hundred addresses all day."""


class Found(NamedTuple, Generic[Served]):
    """An address that is known: what is served there by method, and its parameters."""

    by_method: Mapping[str, Served]
    path: Mapping[str, str]


class _Place(Generic[Served]):
    """One address with its parameters' names, and what is served there."""

    def __init__(self, names: Parts) -> None:
        self.names = names
        self.by_method: dict[str, Served] = {}


class _Shape(Generic[Served]):
    """Addresses of one length with their parameters at the same places."""

    def __init__(self, places: tuple[int, ...]) -> None:
        self.parameters = places
        self.known: dict[Parts, _Place[Served]] = {}

    def find(self, parts: list[str]) -> Found[Served] | None:
        steady = list(parts)
        for at in self.parameters:
            steady[at] = ""
        place = self.known.get(tuple(steady))
        if place is None:
            return None
        given = [parts[at] for at in self.parameters]
        if not all(map(_is_name, given)):
            return None
        path = dict(zip(place.names, map(_plain, given), strict=True))
        return Found(place.by_method, path)


class Addresses(Generic[Served]):
    """Finds what is served at an address such as ``/api/halls/city/tickets``."""

    def __init__(self, served: Iterable[tuple[str, str, Served]]) -> None:
        """Know all (method, address, what is served); parameters stand in braces.

        Raises:
            ValueError: Two are the same, so that one would never be served; or two
                methods name the parameters of one address differently.
        """
        self._shapes: dict[int, list[_Shape[Served]]] = {}
        for method, address, what in served:
            self._add(method, address, what)
        for shapes in self._shapes.values():
            # What is spelled out goes before what a parameter may stand for.
            shapes.sort(key=lambda shape: len(shape.parameters))
        self._remembered = lru_cache(REMEMBERED)(self._find)

    def find(self, address: str) -> Found[Served] | None:
        """Return what is served at an address, or None.

        ``address`` is decoded but for ``%2F`` and ``%25``, so that a slash inside a
        parameter divides nothing.
        """
        return self._remembered(address)

    def _find(self, address: str) -> Found[Served] | None:
        parts = address.split("/")
        for shape in self._shapes.get(len(parts), ()):
            found = shape.find(parts)
            if found is not None:
                return found
        return None

    def _add(self, method: str, address: str, what: Served) -> None:
        parts = address.split("/")
        places = tuple(n for n, part in enumerate(parts) if part.startswith("{"))
        names = tuple(parts[at][1:-1] for at in places)
        steady = tuple("" if n in places else part for n, part in enumerate(parts))
        shapes = self._shapes.setdefault(len(parts), [])
        shape = next((one for one in shapes if one.parameters == places), None)
        if shape is None:
            shape = _Shape(places)
            shapes.append(shape)
        place = shape.known.setdefault(steady, _Place(names))
        if place.names != names or method in place.by_method:
            why = "is served already, or with other names"
            raise ValueError(f"{method} {address} {why}")
        place.by_method[method] = what


def _is_name(part: str) -> bool:
    return bool(part) and "{" not in part and "}" not in part


def _plain(part: str) -> str:
    if "%" not in part:
        return part
    return part.replace("%2F", "/").replace("%25", "%")
