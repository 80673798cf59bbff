"""A client of the interface: it asks again under the same key, and counts refusals."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from yihao.rehearsal.hall_api import HallApi, ServerGone


class Server:
    """Answers what a test wants, one after another, and remembers what was asked."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, dict[str, object] | str]] = []
        self.keys: list[str] = []
        self.tokens: list[str] = []

    async def answer(self, request: web.Request) -> web.Response:
        self.keys.append(request.headers.get("Idempotency-Key", ""))
        self.tokens.append(request.headers.get("Authorization", ""))
        status, body = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(body, str):
            return web.Response(text=body, status=status, content_type="text/html")
        return web.json_response(body, status=status)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
async def api(server: Server) -> AsyncIterator[HallApi]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    async with aiohttp.ClientSession() as session:
        address = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        yield HallApi(address, session, attempts=3, first_pause=0.0)
    await runner.cleanup()


def refusal(code: str) -> dict[str, object]:
    return {"error": {"code": code, "message": "no", "details": {}}}


async def test_an_answer_has_its_version(server: Server, api: HallApi) -> None:
    server.answers = [(200, {"version": 12})]

    reply = await api.get("/api/halls/city", "token")

    assert reply.is_ok
    assert reply.version == 12
    assert server.tokens == ["Bearer token"]


async def test_not_now_is_asked_again_under_the_same_key(
    server: Server, api: HallApi
) -> None:
    server.answers = [(503, refusal("overloaded")), (429, {}), (201, {"version": 3})]

    reply = await api.post("/api/halls/city/tickets", body={"item": "A"})

    assert reply.status == 201
    assert len(set(server.keys)) == 1
    assert len(server.keys[0]) >= 16
    assert api.traffic.repeated == 2
    assert not api.traffic.errors


async def test_two_wishes_have_two_keys(server: Server, api: HallApi) -> None:
    server.answers = [(200, {})]

    await api.post("/a")
    await api.post("/a")

    assert len(set(server.keys)) == 2


async def test_refusals_are_errors_unless_they_were_expected(
    server: Server, api: HallApi
) -> None:
    server.answers = [(409, refusal("window-busy"))]

    await api.post("/api/halls/city/windows/1/close", expected={"window-busy"})
    await api.post("/api/halls/city/windows/1/close")

    assert api.traffic.expected == {"window-busy": 1}
    assert api.traffic.errors == {"POST close: window-busy": 1}


async def test_a_server_that_never_answers_is_given_up(
    server: Server, api: HallApi
) -> None:
    server.answers = [(503, refusal("log-error"))]

    with pytest.raises(ServerGone, match="503 log-error"):
        await api.get("/api/halls/city")

    assert api.traffic.requests == 3


async def test_another_server_is_told_from_one_that_is_in_trouble(
    server: Server, api: HallApi
) -> None:
    server.answers = [(503, "<h1>Not now</h1>"), (200, {"version": 3})]
    assert (await api.get("/api/halls/city")).version == 3

    server.answers = [(200, "<h1>Welcome</h1>")]
    with pytest.raises(ServerGone, match="is no server of Yihao"):
        await api.get("/api/halls/city")
