"""Binding routes to aiohttp: once, in one place, the same for every route.

A request passes: who calls → may he → did his page mean it → is it too often → can it
be read → the handler → the answer. Any error on the way is answered by ``answering``.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Generic, Protocol

from aiohttp import web
from aiohttp.typedefs import Handler

from queue_core.access import roles

from .answering import error_response, given, response_of
from .first_answers import FirstAnswers, Given, fingerprint_of
from .pacing import Pacing
from .principals import ANYONE, Callers, Principal
from .reading import (
    address_of,
    bearer_of,
    body_of,
    came_by_https,
    key_of,
    path_of,
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
    "access_log": None,
}
"""How aiohttp must serve the interface: pass them to its runner."""

CALLER = web.RequestKey("caller", str)

AnyRoute = Route[House, Any, Any]


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
        pacing: Pacing,
        observer: Observer,
    ) -> None:
        self._house = house
        self._routes = routes
        self._callers = callers
        self._pacing = pacing
        self._observer = observer
        self._first_answers = FirstAnswers()

    def add_to(self, app: web.Application) -> None:
        """Serve the routes, and the house's JSON for every other address of the API."""
        app.middlewares.append(self._answer_lost_calls)
        for route in self._routes:
            app.router.add_route(
                route.method, route.path, self._bound(route), name=route.name
            )

    def _bound(self, route: AnyRoute[House]) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            return await self._handle(route, request)

        return handle

    async def _handle(
        self, route: AnyRoute[House], request: web.Request
    ) -> web.StreamResponse:
        started = time.perf_counter()
        try:
            response = await self._answer(route, request)
        except Exception as error:
            # The one place where any error becomes an answer; see ``answering``.
            response = error_response(error)
        self._observer.answered(
            request.method,
            route.name,
            response.status,
            time.perf_counter() - started,
            request.get(CALLER, ANYONE.kind),
        )
        return response

    async def _answer(
        self, route: AnyRoute[House], request: web.Request
    ) -> web.Response:
        path = path_of(request)
        principal = await self._principal(route, request, path)
        request[CALLER] = principal.kind
        require_right(route, principal, path)
        if principal.kind == ANYONE.kind and route.method != "GET":
            self._pace(request)
        body = b"" if route.method == "GET" else await body_of(request)
        key = key_of(request, anonymous=principal.kind == ANYONE.kind)
        call = Call(
            house=self._house,
            principal=principal,
            path=path,
            asked=read_asked(route, request, body),
            command_id=f"{principal.actor}:{key or secrets.token_hex(16)}",
            host=request.host,
        )
        if key and route.remembered:
            content = fingerprint_of([route.name, *path.values()], body)
            given = await self._first_answers.once(
                call.command_id, content, lambda: give(route, call)
            )
        else:
            given = await give(route, call)
        response = response_of(given)
        set_session(response, call.reply, secure=came_by_https(request))
        return response

    async def _principal(
        self, route: AnyRoute[House], request: web.Request, path: Mapping[str, str]
    ) -> Principal:
        try:
            bearer = bearer_of(request)
            cookie = "" if bearer else request.cookies.get(SESSION_COOKIE, "")
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

    def _pace(self, request: web.Request) -> None:
        address = address_of(request)
        # Whoever is on this machine itself is the house's own rehearsal.
        if address:
            self._pacing.take(address)

    @web.middleware
    async def _answer_lost_calls(
        self,
        request: web.Request,
        handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPMethodNotAllowed as error:
            if not request.path.startswith(API):
                raise
            method = shortened(request.method)
            allowed = sorted(error.allowed_methods)
            refused = MethodNotAllowed(method=method, allowed=allowed)
            return self._lost(request, error_response(refused))
        except web.HTTPNotFound:
            if not request.path.startswith(API):
                raise
            refused_path = NotFound(what="address", name=shortened(request.path))
            return self._lost(request, error_response(refused_path))

    def _lost(self, request: web.Request, response: web.Response) -> web.Response:
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
    """Set or forget the session cookie, where the handler says so."""
    if reply.session:
        response.set_cookie(
            SESSION_COOKIE,
            reply.session,
            httponly=True,
            samesite="Strict",
            secure=secure,
        )
    elif reply.session is not None:
        response.del_cookie(SESSION_COOKIE)


__all__ = ["SESSION_COOKIE", "Asks", "Interface", "Observer", "require_right"]
