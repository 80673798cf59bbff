"""Where the house is reached, as the client that asks sees it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from displays.link.server import LinkServer

from .settings import Settings


HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?")


class Addresses:
    """Tells addresses that work for whoever came by a given host name."""

    def __init__(self, settings: Settings, link: LinkServer) -> None:
        self._settings = settings
        self._link = link

    def pages(self, host: str, *, secure: bool = False) -> str:
        """Return the address of the pages, without a slash at its end."""
        if self._settings.public_address:
            return self._settings.public_address.rstrip("/")
        return f"http{'s' if secure else ''}://{self._known(host)}"

    def link(self, host: str, *, secure: bool = False) -> str:
        """Return the address of the live link."""
        given = self._settings.link_address
        if given.startswith("/"):
            # A proxy brings pages and link under one name, whatever name that is.
            return f"ws{'s' if secure else ''}://{self._known(host)}{given}"
        if given:
            return given
        name = urlsplit(f"//{self._known(host)}").hostname or self._settings.host
        bracketed = f"[{name}]" if ":" in name else name
        return f"ws://{bracketed}:{self._link.port}"

    def _known(self, host: str) -> str:
        # The name comes from the request: nothing but a name may stand in answers.
        return host if HOST.fullmatch(host) else self._settings.host
