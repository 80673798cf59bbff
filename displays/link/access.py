"""Who asks to follow a topic, and whether a page may open a link at all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from projections.topics.names import Topic

from .protocol import Refusal


if TYPE_CHECKING:
    from collections.abc import Collection

SESSION_COOKIE = "yihao_session"

SAME_HOST = "same-host"
"""Among the allowed origins: any port of the host that the link itself is asked at."""


class Credentials(NamedTuple):
    """What a client shows for a topic."""

    token: str = ""
    """From its hello: the token of a session or a device."""
    session: str = ""
    """From the cookie of the page that opened the link."""
    secret: str = ""
    """For this one topic: the secret of a ticket."""
    address: str = ""
    """From where it asks; empty for this machine itself."""


class TryLater(Exception):
    """A topic cannot be served now, and nobody can say yet whether it ever will."""


MayFollow = Callable[[Topic, Credentials], Refusal | Awaitable[Refusal | None] | None]
"""Decides whether a topic is served: None, or why not. It is called in the link's
loop; what belongs to another loop is awaited."""


def session_in(cookies: list[str]) -> str:
    """Return the session that the Cookie headers carry; empty without one."""
    for header in cookies:
        try:
            jar = SimpleCookie(header)
        except CookieError:
            continue
        if SESSION_COOKIE in jar:
            return jar[SESSION_COOKIE].value
    return ""


def is_origin_allowed(
    origin: str | None, host: str | None, allowed: Collection[str]
) -> bool:
    """Tell whether a page of ``origin`` may open a link that is asked at ``host``.

    A client without an origin is no browser: it carries nobody's cookies unasked.
    """
    if origin is None or origin in allowed:
        return True
    if SAME_HOST not in allowed or host is None:
        return False
    try:
        return urlsplit(origin).hostname == urlsplit(f"//{host}").hostname
    except ValueError:
        return False
