"""Binding routes to aiohttp: once, in one place, the same for every route.

A request passes: who calls → may he → did his page mean it → is it too often → can it
be read → the handler → the answer. Any error on the way is answered by ``answering``.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping, Sequence
from typing import Any, Generic, Protocol

from aiohttp import web

from queue_core.access import roles
from queue_core.errors import Refused
from queue_core.persons.redaction import looks_personal, redacted

from .addresses import Addresses
from .answering import error_response, given, response_of
from .auditing import Auditor, refusal_of
from .first_answers import FirstAnswers, Given, fingerprint_of
from .pacing import PaceKind, Paces
from .principals import ANYONE, Callers, Principal
from .proxies import Proxies
from .reading import (
    bearer_of,
    body_of,
    cookie_of,
    key_of,
    require_readable,
    same_text,
)
from .refusals import (
    CsrfTokenMissing,
    MethodNotAllowed,
    NotAllowed,
    NotFound,
    NotSignedIn,
    shortened,
)
from .requests import read_body, read_query
from .routes import Asks, Call, House, Reply, Route


SESSION_COOKIE = "yihao_session"
API = "/api/"

SERVER_OPTIONS: dict[str, Any] = {
    # Compressed bodies are refused, so nothing may unfold them before.
    "auto_decompress": False,
    "keepalive_timeout": 75.0,
    # A body that was refused is not read to its end, be it a gigabyte.
    "lingering_time": 0.5,
    "access_log": None,
}
"""How aiohttp must serve the interface: pass them to its runner."""

CALLER = web.RequestKey("caller", Principal)

AnyRoute = Route[House, Any, Any]

UNIQUE_KEY_LENGTH = 16
"""Two strangers may choose the same shorter key: the second must not get the first's
ticket."""


class Observer(Protocol):
    """Sees every request that was answered."""

    def answered(
        self, method: str, route: str, status: int, seconds: float, kind: str
    ) -> None:
        """Note one answer: its route, never what was in the request."""


class Interface(Generic[House]):
    """All routes of the house, ready to be served."""

    def __init__(
        self,
        house: House,
        routes: Sequence[AnyRoute[House]],
        callers: Callers,
        *,
        pacing: Paces,
        observer: Observer,
        proxies: Proxies,
        auditor: Auditor,
    ) -> None:
        self._house = house
        self._auditor = auditor
        self._proxies = proxies
        self._addresses = Addresses(
            (route.method, route.path, route) for route in routes
        )
        self._callers = callers
        self._pacing = pacing
        self._observer = observer
        self._first_answers = FirstAnswers()

    def add_to(self, app: web.Application) -> None:
        """Serve the routes, and the house's JSON for every other address of the API."""
        app.router.add_route("*", API + "{address:(?s:.*)}", self._find)

    async def _find(self, request: web.Request) -> web.StreamResponse:
        found = self._addresses.find(request.rel_url.path_safe)
        if found is None:
            lost: Refused = NotFound(what="address", name=shortened(request.path))
            return self._lost(request, lost)
        route = found.by_method.get(request.method)
        if route is None:
            allowed = sorted(found.by_method)
            lost = MethodNotAllowed(method=shortened(request.method), allowed=allowed)
            return self._lost(request, lost)
        return await self._handle(route, request, found.path)

    async def _handle(
        self, route: AnyRoute[House], request: web.Request, path: Mapping[str, str]
    ) -> web.StreamResponse:
        started = time.perf_counter()
        try:
            response = await self._answer(route, request, path)
        except Exception as error:
            # The one place where any error becomes an answer; see ``answering``.
            response = error_response(error)
            self._note(error, route, request, path)
        self._observer.answered(
            request.method,
            route.name,
            response.status,
            time.perf_counter() - started,
            request.get(CALLER, ANYONE).kind,
        )
        return response

    def _note(
        self,
        error: Exception,
        route: AnyRoute[House],
        request: web.Request,
        path: Mapping[str, str],
    ) -> None:
        refusal = refusal_of(
            error,
            route=route.name,
            principal=request.get(CALLER, ANYONE),
            path=path,
            address=self._proxies.address_of(request),
            showed_token="Authorization" in request.headers,
        )
        if refusal is not None:
            self._auditor.refused(refusal)

    async def _answer(
        self, route: AnyRoute[House], request: web.Request, path: Mapping[str, str]
    ) -> web.Response:
        require_readable(request)
        principal = await self._principal(route, request, path)
        request[CALLER] = principal
        require_right(route, principal, path)
        address = self._proxies.address_of(request)
        self._pace(principal, route.method, address)
        if principal.kind == "staff" and route.method != "GET":
            self._auditor.seen(principal.name, principal.hall, address)
        body = b"" if route.method == "GET" else await body_of(request)
        key = self._key(key_of(request), principal, address)
        secure = self._proxies.came_by_https(request)
        asked = read_asked(route, request, body)
        if address and (subject := getattr(asked, "subject", None)):
            self._pacing.take("subject", str(subject))
        call = Call(
            house=self._house,
            principal=principal,
            path=path,
            asked=asked,
            command_id=f"{principal.actor}:{key or secrets.token_hex(16)}",
            host=request.host,
            secure=secure,
            address=address,
        )
        if key and route.remembered and route.method != "GET":
            content = fingerprint_of([route.name, *path.values()], body)
            given = await self._first_answers.once(
                call.command_id, content, lambda: give(route, call)
            )
        else:
            given = await give(route, call)
        response = response_of(given)
        if call.reply.session is not None:
            set_session(response, call.reply, secure=secure)
        return response

    def _key(self, key: str, principal: Principal, address: str) -> str:
        """Return the key under which an intention stands in the record."""
        is_anyone = principal.kind == ANYONE.kind
        if looks_personal(key):
            # So little of a hash keeps two keys of a client apart, and leads nobody
            # back to a number: a hundred people have the same.
            near = self._callers.key_near(address if is_anyone else "", key)
            return f"{redacted(key)}~{near[:4]}"
        if is_anyone and 0 < len(key) < UNIQUE_KEY_LENGTH:
            return self._callers.key_near(address, key)
        return key

    async def _principal(
        self, route: AnyRoute[House], request: web.Request, path: Mapping[str, str]
    ) -> Principal:
        try:
            bearer = bearer_of(request)
            cookie = "" if bearer else cookie_of(request, SESSION_COOKIE)
            principal = await self._callers.recognise(bearer, cookie, path)
        except NotSignedIn:
            # A phone shows its ticket's secret to whatever it asks.
            if roles.is_open(route.right):
                return ANYONE
            raise
        if not principal.by_cookie or route.method == "GET":
            return principal
        token = request.headers.get("X-CSRF-Token", "")
        if same_text(token, principal.csrf):
            return principal
        if roles.is_open(route.right):
            return ANYONE
        raise CsrfTokenMissing

    def _pace(self, principal: Principal, method: str, address: str) -> None:
        # Whoever is on this machine itself is the house's own rehearsal.
        if not address:
            return
        kind: PaceKind = "looks" if method == "GET" else "numbers"
        name = address
        if principal.kind == "staff":
            kind, name = "staff", principal.name
        elif principal.kind == "device":
            kind, name = "device", principal.name
        self._pacing.take(kind, name)

    def _lost(self, request: web.Request, refused: Refused) -> web.Response:
        response = error_response(refused)
        method = request.method if request.method in {"GET", "POST"} else "OTHER"
        self._observer.answered(method, "none", response.status, 0.0, ANYONE.kind)
        return response


def require_right(
    route: Route[House, Any, Any], principal: Principal, path: Mapping[str, str]
) -> None:
    """Pass if the caller may use the route here.

    Raises:
        NotSignedIn: Nobody is known to be calling, and the route is not for anyone.
        NotAllowed: The caller's role or device may not do this, or not in this hall.
    """
    if roles.is_open(route.right):
        return
    if principal.kind == ANYONE.kind:
        raise NotSignedIn
    who = principal.role or principal.kind
    if not roles.has_right(who, route.right):
        raise NotAllowed(right=route.right, why=f"a {who} may not do this")
    hall = path.get("hall", principal.hall)
    if principal.hall and principal.hall != hall:
        why = f"{principal.name} belongs to hall {principal.hall}"
        raise NotAllowed(right=route.right, why=why)


def read_asked(route: Route[House, Any, Any], request: web.Request, body: bytes) -> Any:
    """Return what the request asks, as the struct of its route."""
    if route.method == "GET":
        return read_query(request.query.items(), route.asks)
    return read_body(body, route.asks)


async def give(route: Route[House, Any, Any], call: Call[House, Any]) -> Given:
    """Let the handler answer, and return the answer as it goes out."""
    return given(await route.handler(call), route.status)


def set_session(response: web.Response, reply: Reply, *, secure: bool) -> None:
    """Set or forget the session cookie, as the handler says."""
    if reply.session:
        response.set_cookie(
            SESSION_COOKIE,
            reply.session,
            httponly=True,
            samesite="Strict",
            secure=secure,
        )
    else:
        response.del_cookie(SESSION_COOKIE)


__all__ = ["SESSION_COOKIE", "Asks", "Interface", "Observer", "require_right"]
