"""For whom a request really comes, when a proxy stands before the house.

A proxy says in ``X-Forwarded-For`` and ``X-Forwarded-Proto`` for whom it asks. Anybody
can send such headers; they are believed of this machine itself, and of those that the
operator has named.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence
from functools import lru_cache

from aiohttp import web

from queue_core.errors import ParseError

from .reading import visible


class Proxies:
    """Knows which addresses speak for others."""

    def __init__(self, trusted: Iterable[str] = ()) -> None:
        """Believe this machine and the given addresses or networks.

        Raises:
            ParseError: A text is neither.
        """
        try:
            self._trusted = [ipaddress.ip_network(text) for text in trusted]
        except ValueError as error:
            raise ParseError(f"{error}", "trusted-proxy") from error
        # The same few proxies and screens ask again and again.
        self._is_known = lru_cache(maxsize=4096)(self._is_believed)

    def speaks_for_others(self, remote: str) -> bool:
        """Tell whether what comes from an address may be anybody's."""
        return self._is_known(remote)

    def address_of(self, request: web.Request) -> str:
        """Return the caller's network address; empty for this machine itself."""
        forwarded = request.headers.getall("X-Forwarded-For", ())
        return self.caller_behind(request.remote or "", forwarded)

    def caller_behind(self, remote: str, forwarded: Sequence[str]) -> str:
        """Return who calls through ``remote``, which sent these ``X-Forwarded-For``.

        A proxy adds what it has seen at the end, to the line that came or in a line
        after it: what stands before that is the client's own word.
        """
        if not self._is_known(remote):
            return remote
        last = forwarded[-1].rpartition(",")[2].strip() if forwarded else ""
        said = visible(last)
        return said or ("" if is_own(remote) else remote)

    def came_by_https(self, request: web.Request) -> bool:
        """Tell whether the caller's connection was encrypted, here or at the proxy."""
        said = request.headers.get("X-Forwarded-Proto")
        if said is not None and self._is_known(request.remote or ""):
            return said.lower() == "https"
        return request.secure

    def _is_believed(self, remote: str) -> bool:
        if is_own(remote):
            return True
        try:
            address = plain_address(remote)
        except ValueError:
            return False
        return any(address in network for network in self._trusted)


@lru_cache(maxsize=4096)
def is_own(address: str) -> bool:
    """Tell whether an address is this machine's own."""
    try:
        return plain_address(address).is_loopback
    except ValueError:
        return False


def plain_address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Return an address; one of the older kind inside the newer is the older one.

    Raises:
        ValueError: It is none.
    """
    address = ipaddress.ip_address(text)
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped if isinstance(mapped, ipaddress.IPv4Address) else address
