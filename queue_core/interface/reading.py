"""Reading what stands around a request's fields: path, headers, body bytes.

Header and path bytes that are no UTF-8 reach aiohttp as lone surrogates, which no JSON
answer may hold; they are refused or left out here.
"""

from __future__ import annotations

import asyncio
import hmac
import re

from aiohttp import web

from .refusals import BodyTooLarge, NotAcceptable, NotJson, NotSignedIn, Unreadable
from .refusals import shortened as short
from .requests import BODY_LIMIT
from .routes import JSON


KEY = re.compile(r"[!-~]{1,128}")
TOKEN = re.compile(r"[!-~]{1,256}")
BODY_SECONDS = 20

USUAL_TYPES = frozenset({JSON, f"{JSON}; charset=utf-8", f"{JSON};charset=utf-8"})
"""How nearly every client says that a body is JSON."""


def require_readable(request: web.Request) -> None:
    """Pass if the path and the query are readable text.

    Raises:
        Unreadable: The address holds bytes that are no UTF-8.
    """
    if not is_text(request.rel_url.path_safe):
        raise Unreadable(why="the address is no UTF-8")
    if request.rel_url.raw_query_string and not is_text(request.query_string):
        raise Unreadable(why="the query is no UTF-8")


def is_text(value: str) -> bool:
    """Tell whether a value can be written as UTF-8."""
    if value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def cookie_of(request: web.Request, name: str) -> str:
    """Return a cookie's value, or nothing."""
    return request.cookies.get(name, "") if "Cookie" in request.headers else ""


def bearer_of(request: web.Request) -> str:
    """Return the bearer token, or nothing.

    Raises:
        NotSignedIn: There is an ``Authorization`` header of another kind.
    """
    header = request.headers.get("Authorization")
    if header is None:
        return ""
    scheme, _, token = header.partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not TOKEN.fullmatch(token):
        raise NotSignedIn
    return token


def key_of(request: web.Request) -> str:
    """Return the idempotency key, or nothing.

    Raises:
        NotAcceptable: It is not 1 to 128 visible ASCII characters.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return ""
    if not KEY.fullmatch(key):
        why = "must be 1 to 128 visible ASCII characters"
        raise NotAcceptable(field="Idempotency-Key", why=why)
    return key


async def body_of(request: web.Request) -> bytes:
    """Return the body's bytes.

    Raises:
        BodyTooLarge: There are more than the interface reads.
        NotJson: It is not plainly encoded ``application/json``.
        Unreadable: It did not arrive whole, or not in time.
    """
    require_plain(request)
    try:
        # A body that came along with its headers, as most do, needs no waiting.
        arrived = request.content.is_eof()
        body = request.content.read_nowait() if arrived else await body_in_time(request)
    except TimeoutError as error:
        raise Unreadable(why="the body did not arrive in time") from error
    except (web.RequestPayloadError, ConnectionError) as error:
        raise Unreadable(why="the body did not arrive whole") from error
    if len(body) > BODY_LIMIT:
        raise BodyTooLarge(limit=BODY_LIMIT)
    if body:
        require_json(request)
    return body


async def body_in_time(request: web.Request, seconds: float = BODY_SECONDS) -> bytes:
    """Wait for the body's bytes, but not for ever and not for too many.

    Raises:
        BodyTooLarge: There are more than the interface reads.
        TimeoutError: They did not arrive in time.
        RequestPayloadError: They did not arrive whole.
    """
    if (request.content_length or 0) > BODY_LIMIT:
        raise BodyTooLarge(limit=BODY_LIMIT)
    body = bytearray()
    async with asyncio.timeout(seconds):
        async for chunk in request.content.iter_any():
            body += chunk
            if len(body) > BODY_LIMIT:
                raise BodyTooLarge(limit=BODY_LIMIT)
    return bytes(body)


def require_plain(request: web.Request) -> None:
    """Pass if the body's bytes are what they are, not compressed.

    Raises:
        NotJson: They are encoded. A few bytes could unfold to very many.
    """
    encoding = request.headers.get("Content-Encoding")
    if encoding is not None and encoding.lower() != "identity":
        raise NotJson(content_type=f"{JSON} as {visible(encoding)}")


def require_json(request: web.Request) -> None:
    """Pass if a body says that it is JSON.

    Raises:
        NotJson: It says something else, or nothing.
    """
    if request.headers.get("Content-Type") in USUAL_TYPES:
        return
    charset = (request.charset or "utf-8").lower()
    if request.content_type != JSON or charset not in {"utf-8", "utf8"}:
        said = request.headers.get("Content-Type", "nothing")
        raise NotJson(content_type=visible(said))


def visible(value: str) -> str:
    """Return a header's value as text that may stand in an answer."""
    return short(value.encode("ascii", "replace").decode("ascii"))


def same_text(given: str, expected: str) -> bool:
    """Compare two texts without telling by the time where they differ."""
    return bool(expected) and hmac.compare_digest(
        given.encode("utf-8", "surrogateescape"), expected.encode()
    )
