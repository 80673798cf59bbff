"""The headers that keep a browser from doing what no page of the house asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from aiohttp import web


SERVER = "yihao"

STEADY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}

API_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "frame-ancestors 'none'; sandbox allow-modals"
)
"""For answers and reports: nothing runs and nothing is fetched."""

POLICY = "Content-Security-Policy"

REFUSAL_HEADERS: Mapping[str, str] = {
    **STEADY,
    POLICY: API_POLICY,
    "Server": SERVER,
    "Cache-Control": "no-store",
}
"""What an answer has that ends a connection before anything was asked for."""

JSON_HEADERS: Mapping[str, str] = {
    **REFUSAL_HEADERS,
    "Content-Type": "application/json; charset=utf-8",
}
"""All headers of a JSON answer, put together once because most answers are JSON."""

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "media-src 'self' data: blob:; "
    "connect-src 'self' {link}; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
"""For pages: their own scripts from files, their own server, and the live link."""

CARD_READER = " ws://127.0.0.1:* ws://localhost:*"
"""A ticket machine may also reach the card reader that stands beside it."""


def protect(app: web.Application, link: Callable[[web.Request], str]) -> None:
    """Send the headers with everything; ``link`` tells the live link's address.

    A response that has a policy already has all of them: see ``JSON_HEADERS``.
    """

    async def add(request: web.Request, response: web.StreamResponse) -> None:
        headers = response.headers
        if POLICY in headers:
            return
        for name, value in STEADY.items():
            headers.setdefault(name, value)
        if request.path.startswith("/api/"):
            policy = API_POLICY
        else:
            reader = CARD_READER if request.path.startswith("/kiosk/") else ""
            policy = PAGE_POLICY.format(link=link(request) + reader)
        headers[POLICY] = policy
        headers["Server"] = SERVER

    app.on_response_prepare.append(add)
