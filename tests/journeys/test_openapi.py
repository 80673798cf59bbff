"""The interface keeps what its own description says, whatever is sent to it.

Schemathesis reads ``/api/openapi.json`` from a running house and sends what fits the
description and what does not, as a stranger and as those who may do something. No
answer is a 500, and every answer is one that the description names.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from tests.journeys.test_rights import EVERYBODY, WHO
from tests.open_house import OpenHouse, open_house


FITTING_AND_REFUSED = "positive_data_acceptance"
"""The one check that is left out: what fits the description may still be refused with
422, as an item that the hall does not have."""

PARAMETERS = '[parameters]\nhall = "township"\nwindow = "1"\n'

ABOUT_A_HALL = ("/api/halls/", "/api/tickets/", "/api/services/")

ENDS_SESSIONS = {"sign_out", "change_password"}
"""Sent in the middle of a run, they would leave the rest of it outside."""


async def test_the_description_is_openapi_3_1_and_names_every_route(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        told = await house.anyone.get("/api/openapi.json")

    assert told.says["openapi"] == "3.1.0"
    operations = {
        operation["operationId"]
        for methods in told.says["paths"].values()
        for operation in methods.values()
    }
    assert operations == set(WHO)
    for schema in told.says["components"]["schemas"].values():
        jsonschema_rs.meta.validate(schema)


async def test_every_answer_about_a_hall_names_the_version_of_the_hall(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        told = (await house.anyone.get("/api/openapi.json")).says

    schemas = told["components"]["schemas"]
    silent = [
        (method, path)
        for path, methods in told["paths"].items()
        for method, operation in methods.items()
        if path.startswith(ABOUT_A_HALL)
        for status, answer in operation["responses"].items()
        if status.startswith("2") and "application/json" in answer["content"]
        if "version" not in schemas[schema_name(answer)]["required"]
    ]
    assert silent == []


def schema_name(answer: dict[str, Any]) -> str:
    """Return the name of the form that an answer has."""
    form = answer["content"]["application/json"]["schema"]
    return str(form["$ref"]).rpartition("/")[2]


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where schemathesis works: it finds what it has worked out about characters."""
    folder = tmp_path_factory.mktemp("workshop")
    (folder / "schemathesis.toml").write_text(PARAMETERS, encoding="utf-8")
    return folder


@pytest.mark.parametrize("who", ["anyone", "clerk", "manager", "administrator"])
async def test_no_request_gets_an_answer_that_is_not_described(
    tmp_path: Path, workshop: Path, who: str
) -> None:
    async with open_house(tmp_path / "data") as house:
        token = await token_of(house, who)
        for _ in range(5):
            await house.number()

        status, said = await schemathesis(house, who, token, workshop)

    assert status == 0, said


async def token_of(house: OpenHouse, who: str) -> str:
    """Return what the caller is known by; the clerk has opened a window."""
    match who:
        case "anyone":
            await house.clerk_at("1")
            return ""
        case "clerk":
            return (await house.clerk_at("1")).token
        case "manager":
            await house.clerk_at("1")
            return await house.staff("manager")
        case _:
            await house.clerk_at("1")
            return await house.staff("administrator", hall="")


async def schemathesis(
    house: OpenHouse, who: str, token: str, folder: Path
) -> tuple[int, str]:
    """Let schemathesis try the routes that the caller may use, or all for a stranger.

    It returns the exit status and everything that was said.
    """
    options = ["--no-color", "--seed", "1", "--max-examples", "3", "--workers", "1"]
    options += ["--phases", "coverage,fuzzing", "--exclude-checks", FITTING_AND_REFUSED]
    if token:
        options += ["--header", f"Authorization: Bearer {token}"]
        for route, whose in WHO.items():
            if who in whose and whose != EVERYBODY and route not in ENDS_SESSIONS:
                options += ["--include-operation-id", route]
    address = f"{house.running.address}/api/openapi.json"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "schemathesis.cli", "run", address, *options),
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()
