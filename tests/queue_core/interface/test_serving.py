"""The way of a request: who may, what is read, and what every error looks like."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from queue_core.errors import (
    Conflict,
    LogError,
    Overloaded,
    ParseError,
    WindowBusy,
    YihaoError,
)
from queue_core.interface.requests import BODY_LIMIT

from .desk_of_paper import Desk, code_of, field_of, paper_desk


ORDERS = "/api/halls/city/orders"
SERVE = "/api/halls/city/windows/3/serve"
KEY = "4f0c5f2e9f5b4a0d8e0f"


# Who may.


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({}, 401, "not-signed-in"),
        ({"Authorization": "Bearer nobody"}, 401, "not-signed-in"),
        ({"Authorization": "Basic bGk6bmE="}, 401, "not-signed-in"),
        ({"Authorization": "Bearer \xff"}, 401, "not-signed-in"),
        ({"Authorization": "Bearer kiosk-token"}, 403, "not-allowed"),
        ({"Authorization": "Bearer secret-of-t1"}, 403, "not-allowed"),
        ({"Cookie": "yihao_session=cookie-of-li-na"}, 403, "csrf-token-missing"),
        ({"Cookie": "yihao_session=expired"}, 401, "not-signed-in"),
    ],
)
async def test_who_is_not_known_or_may_not_is_told_so(
    desk: Desk, headers: dict[str, str], status: int, code: str
) -> None:
    async with desk.client.post(SERVE, headers=headers) as response:
        answer = await response.json()

    assert (response.status, code_of(answer)) == (status, code)
    assert desk.house.orders == []


async def test_a_401_says_how_to_be_known(desk: Desk) -> None:
    async with desk.client.post(SERVE) as response:
        assert response.headers["WWW-Authenticate"] == "Bearer"


async def test_a_clerk_serves_with_a_token_or_with_cookie_and_csrf_token(
    desk: Desk,
) -> None:
    cookie = "yihao_session=cookie-of-li-na"

    by_token = await desk.post(SERVE, Authorization="Bearer clerk-token")
    by_cookie = await desk.post(SERVE, Cookie=cookie, X_CSRF_Token="csrf-of-li-na")

    assert by_token[0] == by_cookie[0] == 200


@pytest.mark.parametrize("token", ["wrong", "csrf-of-li-n", "\xe9"])
async def test_a_cookie_with_a_wrong_csrf_token_does_nothing(
    desk: Desk, token: str
) -> None:
    status, answer = await desk.post(
        SERVE, Cookie="yihao_session=cookie-of-li-na", X_CSRF_Token=token
    )

    assert (status, code_of(answer)) == (403, "csrf-token-missing")


async def test_a_cookie_alone_is_nobody_where_anybody_may_call(desk: Desk) -> None:
    status, answer = await desk.post(
        ORDERS, {"item": "a"}, Cookie="yihao_session=cookie-of-li-na"
    )

    assert (status, answer["by"]) == (201, "citizen")


async def test_a_token_that_says_nothing_is_nobody_where_anybody_may_call(
    desk: Desk,
) -> None:
    status, answer = await desk.post(ORDERS, {"item": "a"}, Authorization="Bearer x")

    assert (status, answer["by"]) == (201, "citizen")


async def test_staff_of_one_hall_may_not_act_in_another(desk: Desk) -> None:
    status, answer = await desk.post(
        "/api/halls/township/windows/3/serve", Authorization="Bearer clerk-token"
    )

    assert (status, code_of(answer)) == (403, "not-allowed")


async def test_signing_in_sets_a_cookie_no_script_can_read(desk: Desk) -> None:
    async with desk.client.post(
        "/api/session", headers={"X-Forwarded-Proto": "https"}
    ) as response:
        cookie = response.headers["Set-Cookie"]

    assert "yihao_session=cookie-of-li-na" in cookie
    assert {"HttpOnly", "SameSite=Strict", "Secure"} <= set(cookie.split("; "))


# What is read.


async def test_a_body_of_no_known_type_or_encoding_is_refused(desk: Desk) -> None:
    body = b'{"item":"a"}'
    for headers in (
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/json; charset=gbk"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
        {"Content-Type": "application/x-www-form-urlencoded"},
    ):
        async with desk.client.post(
            ORDERS, data=body, headers=headers, compress=None
        ) as response:
            assert response.status == 415, headers
            assert code_of(await response.json()) == "not-json"


async def test_a_body_over_the_limit_is_refused_before_it_is_read(desk: Desk) -> None:
    headers = {"Content-Type": "application/json"}
    body = b'{"item":"' + b"a" * BODY_LIMIT + b'"}'

    async def chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 4096):
            yield body[start : start + 4096]

    async with desk.client.post(ORDERS, data=body, headers=headers) as response:
        known_length = response.status, code_of(await response.json())
    async with desk.client.post(ORDERS, data=chunks(), headers=headers) as response:
        chunked = response.status, code_of(await response.json())

    assert known_length == chunked == (413, "body-too-large")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "unreadable"),
        (b'{"item":"\xff"}', 400, "unreadable"),
        (b"[]", 422, "not-acceptable"),
        (b"", 422, "not-acceptable"),
    ],
)
async def test_a_body_that_cannot_be_read_is_told_from_one_that_does_not_fit(
    desk: Desk, body: bytes, status: int, code: str
) -> None:
    headers = {"Content-Type": "application/json"}

    async with desk.client.post(ORDERS, data=body, headers=headers) as response:
        assert (response.status, code_of(await response.json())) == (status, code)


async def test_a_field_that_does_not_fit_is_named(desk: Desk) -> None:
    status, answer = await desk.post(ORDERS, {"item": "a", "count": 0})

    assert (status, field_of(answer)) == (422, "count")


async def test_a_query_that_does_not_fit_is_named(desk: Desk) -> None:
    async with desk.client.get("/api/halls/city?limit=none") as response:
        assert (response.status, field_of(await response.json())) == (422, "limit")


async def test_addresses_that_are_no_utf8_are_refused_not_failed(desk: Desk) -> None:
    for address in (b"/api/halls/\xff", b"/api/%FF%ED%A0%80", b"/api/halls/a?%FF=%00"):
        request = b"GET " + address + b" HTTP/1.1\r\nHost: x\r\n\r\n"

        status = (await raw_answer(desk, request)).split()[1]

        assert status in {b"400", b"404", b"422"}, address


async def test_a_client_that_breaks_off_inside_its_body_costs_nothing(
    desk: Desk,
) -> None:
    request = (
        b"POST " + ORDERS.encode() + b" HTTP/1.1\r\nHost: x\r\n"
        b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"not a chunk\r\n"
    )

    answer = await raw_answer(desk, request)

    assert answer.split()[1] == b"400"
    assert (await desk.post(ORDERS, {"item": "a"}))[0] == 201


async def raw_answer(desk: Desk, request: bytes) -> bytes:
    """Send bytes that no client library would, and return the answer's bytes."""
    server = desk.client.server
    reader, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(request)
    answer = await reader.readline()
    writer.close()
    await writer.wait_closed()
    return answer


# What goes wrong.


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (WindowBusy("3", "t1", "A001"), 409, "window-busy"),
        (ParseError("is not a date", "date"), 422, "not-acceptable"),
        (LogError("disk full"), 503, "store-unavailable"),
        (Conflict("somebody was first"), 503, "store-unavailable"),
        (Overloaded("too many"), 503, "overloaded"),
    ],
)
async def test_every_error_of_the_house_has_one_shape(
    desk: Desk, error: YihaoError, status: int, code: str
) -> None:
    desk.house.trouble = error

    async with desk.client.post(ORDERS, json={"item": "a"}) as response:
        answer = await response.json()

    assert (response.status, code_of(answer)) == (status, code)
    assert ("Retry-After" in response.headers) == (status == 503)


async def test_a_refusal_carries_its_values(desk: Desk) -> None:
    desk.house.trouble = WindowBusy("3", "t1", "A001")

    _, answer = await desk.post(ORDERS, {"item": "a"})

    assert answer["error"] == {
        "code": "window-busy",
        "message": "window 3 still has A001",
        "details": {"window": "3", "ticket": "t1", "number": "A001"},
    }


async def test_what_nobody_expected_is_logged_and_says_nothing_of_the_inside(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.house.trouble = RuntimeError("the secret is in here")

    status, answer = await desk.post(ORDERS, {"item": "a"})

    assert (status, code_of(answer)) == (500, "unexpected")
    assert "secret" not in str(answer)
    assert "the secret is in here" in caplog.text


async def test_an_unknown_address_of_the_api_is_answered_in_json(desk: Desk) -> None:
    async with desk.client.get("/api/nothing/here") as response:
        assert (response.status, code_of(await response.json())) == (404, "not-found")


async def test_a_wrong_method_is_told_the_right_ones(desk: Desk) -> None:
    async with desk.client.delete(ORDERS) as response:
        answer = await response.json()

    assert (response.status, code_of(answer)) == (405, "method-not-allowed")
    assert response.headers["Allow"] == "POST"


async def test_an_address_that_takes_numbers_too_fast_must_wait() -> None:
    async with paper_desk(burst=2) as desk:
        phone = {"X_Forwarded_For": "192.0.2.7"}
        for _ in range(2):
            assert (await desk.post(ORDERS, {"item": "a"}, **phone))[0] == 201

        status, answer = await desk.post(ORDERS, {"item": "a"}, **phone)
        other = await desk.post(ORDERS, {"item": "a"}, X_Forwarded_For="192.0.2.8")
        own = await desk.post(ORDERS, {"item": "a"})

    assert (status, code_of(answer)) == (429, "too-many-requests")
    assert other[0] == own[0] == 201


# What comes back.


async def test_a_document_comes_as_what_it_is(desk: Desk) -> None:
    headers = {"Authorization": "Bearer clerk-token"}

    async with desk.client.get("/api/halls/city/letter", headers=headers) as refused:
        assert refused.status == 403


async def test_answers_are_never_kept_by_a_browser(desk: Desk) -> None:
    async with desk.client.get("/api/halls/city") as response:
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Content-Type"] == "application/json; charset=utf-8"


async def test_the_observer_sees_routes_and_never_addresses(desk: Desk) -> None:
    await desk.post(ORDERS, {"item": "a"})
    await desk.post(SERVE, Authorization="Bearer clerk-token")
    await desk.post("/api/secret-of-t1")

    assert desk.notes.lines == [
        ("POST", "order", 201, "anyone"),
        ("POST", "serve_window", 200, "staff"),
        ("POST", "none", 404, "anyone"),
    ]
