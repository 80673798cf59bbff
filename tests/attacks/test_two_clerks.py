"""Two clerks of one hall: what belongs to one window is nothing to the other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, NamedTuple

import pytest

from queue_core.interface.routes import Route
from tests.open_house import Clerk, OpenHouse, Told, open_house
from yihao.house import ROUTES


FITTING: dict[str, dict[str, Any]] = {
    "pause_window": {"reason": "x"},
    "call_ticket": {"ticket": "held"},
    "resume_held_ticket": {"ticket": "held"},
    "transfer_ticket": {"queue": "civil"},
    "add_item": {"item": "SW001"},
    "complete_service": {"outcome": "done"},
    "hold_ticket": {"reason": "x"},
    "mark_missed": {"reason": "x"},
    "print_supplement": {"service": "x.1"},
}

AT_A_WINDOW = [
    route
    for route in ROUTES
    if route.right in {"serve-window", "see-person"} and "{window}" in route.path
]


class Pair(NamedTuple):
    """Clerks at windows 1 and 2; the first serves somebody and holds somebody."""

    house: OpenHouse
    first: Clerk
    second: Clerk
    held: str


@pytest.fixture(scope="module")
async def pair(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Pair]:
    async with open_house(tmp_path_factory.mktemp("clerks")) as house:
        first, second = await house.clerk_at("1", "li.na"), await house.clerk_at("2")
        held = (await house.number())["ticket"]
        await first.does("call-next")
        await first.does("start")
        await first.does("hold", {"reason": "材料"})
        await house.number()
        await first.does("call-next")
        started = await first.does("start")
        assert started.status == 200
        yield Pair(house, first, second, held)


@pytest.mark.parametrize("route", AT_A_WINDOW, ids=lambda route: route.name)
async def test_a_clerk_does_nothing_at_the_window_of_another(
    pair: Pair, route: Route[object, object, object]
) -> None:
    path = route.path.format(hall="township", window="1")
    version = pair.house.hall.live.version

    told = await ask(pair, route, path)

    # He may have the right; the rules know who is on duty there.
    assert told.status in {403, 409}, told
    assert told.code in {"not-on-duty", "window-occupied", "clerk-elsewhere"}, told
    assert pair.house.hall.live.version == version


async def ask(pair: Pair, route: Route[object, object, object], path: str) -> Told:
    """Let the second clerk call a route of the first one's window."""
    if route.method == "GET":
        return await pair.second.get(path)
    body = dict(FITTING.get(route.name, {}))
    if body.get("ticket") == "held":
        body["ticket"] = pair.held
    return await pair.second.post(path, body)


async def test_a_ticket_held_at_a_window_is_taken_up_at_no_other(pair: Pair) -> None:
    told = [
        await pair.second.does("resume-ticket", {"ticket": pair.held}),
        await pair.second.does("call", {"ticket": pair.held}),
    ]

    assert [one.code for one in told] == ["ticket-not-held", "ticket-not-callable"]


async def test_the_key_of_another_clerk_gets_nothing_of_his_answer(
    pair: Pair,
) -> None:
    key = "the-first-clerks-own-key"
    first = await pair.first.does("add-item", {"item": "SW001"}, key)

    second = await pair.second.does("add-item", {"item": "SW001"}, key)

    assert first.status == 200, first
    assert (second.status, second.code) == (409, "no-ticket-at-window")


async def test_a_clerk_cannot_raise_his_own_role_in_any_way(pair: Pair) -> None:
    clerk, http = pair.second, pair.house.http
    raised = {"role": "administrator"}
    cookie = {"Cookie": f"yihao_session={clerk.token}"}

    told = [
        await clerk.post("/api/accounts/clerk-2/role", raised),
        await clerk.post("/api/accounts/clerk-2%2Frole", raised),
        await clerk.post("/api/accounts/li.na/password", {"password": "mine now 1"}),
        await clerk.post("/api/accounts/li.na/disable"),
        await clerk.post(f"{pair.house.path}/devices", {"kind": "kiosk", "place": "x"}),
    ]
    async with http.post(
        "/api/accounts/clerk-2/role", json=raised, headers=cookie
    ) as forged:
        by_cookie = forged.status

    assert [one.status for one in told] == [403, 404, 403, 403, 403]
    assert by_cookie == 403
    session = await clerk.get("/api/session")
    assert session.says["role"] == "clerk"
