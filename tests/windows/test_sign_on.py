"""Unified sign-on with a real provider: a certified package, run by the pages' Node."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import aiohttp
import pytest

from tests.open_house import Caller, OpenHouse, Told, open_house

from .oidc import CLIENT, provider_at, secret_file


BACK = "http://hall.test/sign-in"


@pytest.fixture(scope="module")
async def issuer() -> AsyncIterator[str]:
    async with provider_at(BACK) as found:
        yield found


@pytest.fixture
async def house(issuer: str, tmp_path: Path) -> AsyncIterator[OpenHouse]:
    async with open_house(
        tmp_path / "data",
        public_address="http://hall.test",
        oidc_issuer=issuer,
        oidc_client_id=CLIENT,
        oidc_client_secret_file=secret_file(tmp_path),
    ) as opened:
        yield opened


async def begin(house: OpenHouse) -> dict[str, str]:
    """Ask the house where to go, as the sign-in page does."""
    told = await house.anyone.post("/api/session/unified")
    assert told.status == 200, told
    found: dict[str, str] = told.says
    return found


async def consent(address: str, name: str) -> dict[str, str]:
    """Sign in at the provider's own pages, and return what it sends back."""
    cookies = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=cookies) as browser:
        for _ in range(10):
            async with browser.get(address, allow_redirects=False) as answer:
                page, goes_to = await answer.text(), answer.headers.get("Location")
            if goes_to is None:
                form = {"prompt": "login", "login": name, "password": "any"}
                if 'value="consent"' in page:
                    form = {"prompt": "consent"}
                found = re.search(r'action="([^"]+)"', page)
                assert found is not None, page
                async with browser.post(
                    urljoin(address, found[1]), data=form, allow_redirects=False
                ) as answer:
                    goes_to = answer.headers["Location"]
            if goes_to.startswith(BACK):
                query = parse_qs(urlsplit(goes_to).query)
                return {name: values[0] for name, values in query.items()}
            address = urljoin(address, goes_to)
    raise AssertionError(f"the provider ends at {address}")


async def finish(house: OpenHouse, body: dict[str, Any]) -> Told:
    return await house.anyone.post("/api/session/unified/finish", body)


async def test_whom_the_provider_vouches_for_is_signed_in_to_his_own_account(
    house: OpenHouse,
) -> None:
    await house.staff("clerk", "li.na")
    begun = await begin(house)

    back = await consent(begun["address"], "li.na")
    body = {"begun": begun["begun"], "state": back["state"], "code": back["code"]}
    told = await finish(house, body)

    assert told.status == 200, told
    # What the provider says of roles means nothing here.
    assert (told.says["account"], told.says["role"]) == ("li.na", "clerk")
    clerk = Caller(house.http, told.says["token"])
    assert (await clerk.get("/api/session")).status == 200
    query = parse_qs(urlsplit(begun["address"]).query)
    assert query["code_challenge_method"] == ["S256"]
    assert {"state", "nonce", "code_challenge"} <= set(query)
    again = await finish(house, body)
    assert (again.status, again.code) == (401, "sign-on-refused")


async def test_who_has_no_account_here_stays_outside_whatever_the_provider_says(
    house: OpenHouse,
) -> None:
    begun = await begin(house)
    back = await consent(begun["address"], "somebody.else")

    told = await finish(
        house, {"begun": begun["begun"], "state": back["state"], "code": back["code"]}
    )

    assert (told.status, told.code) == (401, "sign-in-refused")
    assert await house.house.accounts.accounts() == []


async def test_what_another_browser_has_begun_cannot_be_finished_here(
    house: OpenHouse,
) -> None:
    await house.staff("clerk", "li.na")
    theirs, ours = await begin(house), await begin(house)
    back = await consent(theirs["address"], "li.na")

    other_state = await finish(
        house, {"begun": ours["begun"], "state": back["state"], "code": back["code"]}
    )
    own_state = parse_qs(urlsplit(ours["address"]).query)["state"][0]
    other_verifier = await finish(
        house, {"begun": ours["begun"], "state": own_state, "code": back["code"]}
    )
    made_up = await finish(house, {"begun": "AAAA", "state": "x", "code": "y"})

    refused = (other_state, other_verifier, made_up)
    assert [(one.status, one.code) for one in refused] == [(401, "sign-on-refused")] * 3


async def test_a_provider_that_is_away_is_told_as_that(tmp_path: Path) -> None:
    async with open_house(
        tmp_path / "data",
        oidc_issuer="http://127.0.0.1:9",
        oidc_client_id=CLIENT,
        oidc_client_secret_file=secret_file(tmp_path),
    ) as house:
        told = await house.anyone.post("/api/session/unified")
        ways = await house.anyone.get("/api/session/ways")

    assert (told.status, told.code) == (503, "sign-on-unavailable")
    assert ways.says == {"unified": True}


async def test_a_house_without_a_provider_has_only_passwords(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        assert (await house.anyone.get("/api/session/ways")).says == {"unified": False}
        assert (await house.anyone.post("/api/session/unified")).status == 404
