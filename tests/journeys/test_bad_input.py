"""Whatever a client may send: the right status, the right code, the right field.

Each row is one mistake. None of them is recorded, and none of them is a 500.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, NamedTuple

import pytest

from tests.open_house import CIVIL, OpenHouse, open_house


TICKETS = "/api/halls/township/tickets"
WINDOW = "/api/halls/township/windows/1"
JSON = {"Content-Type": "application/json"}


class Mistake(NamedTuple):
    """What is sent, and what must come back."""

    status: int
    code: str
    field: str | None = None
    method: str = "POST"
    path: str = TICKETS
    body: bytes = b""
    headers: dict[str, str] = JSON
    who: str = "anyone"


MISTAKES = {
    "no body": Mistake(422, "not-acceptable", "channel"),
    "half an object": Mistake(400, "unreadable", body=b'{"item":'),
    "a list": Mistake(422, "not-acceptable", "body", body=b"[]"),
    "a number": Mistake(422, "not-acceptable", "body", body=b"7"),
    "bytes that are no text": Mistake(400, "unreadable", body=b'{"item":"\xff"}'),
    "half a character": Mistake(
        400, "unreadable", body=b'{"item":"\\ud800","channel":"phone"}'
    ),
    "two objects": Mistake(
        400, "unreadable", body=b'{"item":"SW001","channel":"phone"}{}'
    ),
    "not a number": Mistake(400, "unreadable", body=b'{"booked_at":NaN}'),
    "a number without end": Mistake(
        *(422, "not-acceptable", "booked_at"),
        body=b'{"channel":"phone","booked_at":1' + b"0" * 400 + b"}",
    ),
    "a very deep body": Mistake(
        *(422, "not-acceptable", "item"),
        body=b'{"item":' + b"[" * 20_000 + b"]" * 20_000 + b"}",
    ),
    "too many bytes": Mistake(413, "body-too-large", body=b" " * 65_537),
    "a form": Mistake(
        *(415, "not-json"),
        body=b"item=SW001",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    ),
    "another encoding of text": Mistake(
        *(415, "not-json"),
        body=b"{}",
        headers={"Content-Type": "application/json; charset=utf-16"},
    ),
    "a compressed body": Mistake(
        *(415, "not-json"), body=b"x", headers={**JSON, "Content-Encoding": "gzip"}
    ),
    "a key of spaces": Mistake(
        *(422, "not-acceptable", "Idempotency-Key"),
        body=b'{"item":"SW001","channel":"phone"}',
        headers={**JSON, "Idempotency-Key": "two words and more"},
    ),
    "a strange method": Mistake(405, "method-not-allowed", method="PATCH"),
    "an address without a page": Mistake(404, "not-found", path="/api/tickets"),
    "a hall that is not here": Mistake(
        *(404, "not-found"),
        path="/api/halls/%F0%9F%8F%9B/tickets",
        body=b'{"item":"SW001","channel":"phone"}',
    ),
    "a name of nothing but null": Mistake(
        404, "not-found", method="GET", path="/api/halls/%00"
    ),
    "a name without end": Mistake(
        404, "not-found", method="GET", path="/api/halls/" + "x" * 4000
    ),
    "a question nobody asked": Mistake(
        *(422, "not-acceptable", "colour"),
        method="GET",
        path="/api/halls/township/items?colour=red",
    ),
    "a question asked twice": Mistake(
        *(422, "not-acceptable", "q"),
        method="GET",
        path="/api/halls/township/items?q=a&q=b",
    ),
    "a pause without a reason": Mistake(
        422, "not-acceptable", "reason", path=f"{WINDOW}/pause", who="clerk"
    ),
    "a call of nobody": Mistake(
        422, "not-acceptable", "ticket", path=f"{WINDOW}/call", who="clerk"
    ),
    "an outcome that is none": Mistake(
        *(422, "not-acceptable", "outcome"),
        path=f"{WINDOW}/complete",
        body=b'{"outcome":"fine"}',
        who="clerk",
    ),
    "an endless supplement": Mistake(
        *(422, "not-acceptable", "supplement"),
        path=f"{WINDOW}/complete",
        body=b'{"outcome":"needs-supplement","supplement":[' + b'"x",' * 50 + b'"x"]}',
        who="clerk",
    ),
    "a supplement of nothing": Mistake(
        *(422, "not-acceptable", "supplement[0]"),
        path=f"{WINDOW}/complete",
        body=b'{"outcome":"needs-supplement","supplement":[""]}',
        who="clerk",
    ),
    "a note with a bell in it": Mistake(
        *(422, "not-acceptable", "note"),
        path=f"{WINDOW}/complete",
        body=b'{"outcome":"done","note":"\\u0007"}',
        who="clerk",
    ),
    "a preparation of two days": Mistake(
        *(422, "not-acceptable", "ready_after_seconds"),
        path=f"{WINDOW}/transfer",
        body=b'{"queue":"civil","ready_after_seconds":172800}',
        who="clerk",
    ),
    "next with something in it": Mistake(
        *(422, "not-acceptable", "ticket"),
        path=f"{WINDOW}/call-next",
        body=b'{"ticket":"x"}',
        who="clerk",
    ),
}


@pytest.fixture(scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[OpenHouse]:
    async with open_house(tmp_path_factory.mktemp("bad-input")) as opened:
        yield opened


@pytest.fixture(scope="module")
async def tokens(house: OpenHouse) -> dict[str, str]:
    return {"anyone": "", "clerk": (await house.clerk_at("1")).token}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
async def test_a_mistake_is_answered_with_its_status_code_and_field(
    house: OpenHouse, tokens: dict[str, str], mistake: Mistake
) -> None:
    headers = dict(mistake.headers)
    if tokens[mistake.who]:
        headers["Authorization"] = f"Bearer {tokens[mistake.who]}"
    version = house.hall.live.version

    async with house.http.request(
        mistake.method, mistake.path, data=mistake.body, headers=headers
    ) as answer:
        says: dict[str, Any] = await answer.json()

    error = says["error"]
    assert (answer.status, error["code"]) == (mistake.status, mistake.code), error
    assert error["details"].get("field") == mistake.field, error
    assert len(error["message"]) <= 300
    assert house.hall.live.version == version


async def test_after_all_mistakes_the_house_works_as_before(
    house: OpenHouse, tokens: dict[str, str]
) -> None:
    assert tokens

    taken = await house.number(CIVIL)

    assert taken["number"] == "A001"
