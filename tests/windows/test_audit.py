"""What the auditor reads over HTTP: changes, refusals, sign-ins and commands."""

from __future__ import annotations

import csv
import io
from typing import Any

from projections.audit import AuditLine, audit_csv
from tests.open_house import MONDAY, PASSWORD, Caller, OpenHouse


async def lines(auditor: Caller, **query: str) -> list[dict[str, Any]]:
    """Return what the auditor reads."""
    told = await auditor.get("/api/audit", **query)
    assert told.status == 200, told
    found: list[dict[str, Any]] = told.says["lines"]
    return found


async def test_changes_sign_ins_and_refusals_stand_in_the_audit(
    house: OpenHouse,
) -> None:
    auditor = Caller(house.http, await house.staff("auditor", hall=""))
    admin = Caller(house.http, await house.staff("administrator", hall=""))
    clerk = await house.caller("clerk", "li.na")
    await clerk.post("/api/accounts/li.na/role", {"role": "administrator"})
    await house.anyone.post("/api/session", {"account": "li.na", "password": "no"})
    await house.anyone.post("/api/session", {"account": "my-password", "password": "x"})
    await admin.post("/api/accounts/li.na/role", {"role": "inspector"})

    found = await lines(auditor)

    told = {(one["hall"], one["by"], one["action"], one["whom"]) for one in found}
    assert {
        ("township", "li.na", "signed-in", "li.na"),
        ("township", "li.na", "refused", ""),
        ("township", "anyone", "sign-in-refused", "li.na"),
        ("house", "anyone", "sign-in-refused", ""),
        ("township", "administrator", "role-changed", "li.na"),
    } <= told
    assert "my-password" not in str(found)
    assert "change_role: not-allowed" in {one["detail"] for one in found}
    assert [one["at"] for one in found] == sorted(
        (one["at"] for one in found), reverse=True
    )
    by_li_na = await lines(auditor, account="li.na", action="refused")
    assert [one["by"] for one in by_li_na] == ["li.na"]


async def test_every_command_of_a_clerk_says_who_where_and_when(
    house: OpenHouse,
) -> None:
    auditor = await house.caller("auditor")
    clerk = await house.clerk_at("1", "li.na")
    await house.number()
    await clerk.does("call-next")

    found = await lines(auditor, first=MONDAY, account="li.na")

    told = [(one["by"], one["action"], one["place"]) for one in found]
    assert told == [("li.na", "ticket-called", "1"), ("li.na", "window-opened", "1")]
    assert {one["at"] for one in found} == {house.clock.now()}
    assert await lines(auditor, first=MONDAY, commands="false") == []


async def test_an_auditor_of_a_hall_reads_that_hall_only(house: OpenHouse) -> None:
    auditor = await house.caller("auditor")

    assert {one["hall"] for one in await lines(auditor)} == {"township"}
    assert (await auditor.get("/api/audit", hall="house")).status == 403
    assert (await auditor.get("/api/audit", first="2026-02-30")).status == 422
    far = await auditor.get("/api/audit", first="2026-01-01", last="2026-03-01")
    assert (far.status, far.details["field"]) == (422, "last")


async def test_a_sheet_of_the_audit_runs_nothing(house: OpenHouse) -> None:
    auditor = await house.caller("auditor")

    told = await auditor.get("/api/audit/sheet")

    rows = list(csv.reader(io.StringIO(told.says.decode("utf-8-sig"))))
    assert rows[0][:4] == ["at", "hall", "by", "action"]
    assert len(rows) > 1
    evil = AuditLine(1, "h", "=cmd()", "refused", "@x", "", "", 1, 1, "+1", "s", 1)
    [_, row] = csv.reader(io.StringIO(audit_csv([evil]).decode("utf-8-sig")))
    assert [value[:1] for value in (row[2], row[4], row[8])] == ["'", "'", "'"]


async def test_the_audit_outlives_the_session_it_tells_of(house: OpenHouse) -> None:
    auditor = await house.caller("auditor")
    first = await house.caller("clerk", "li.na")
    body = {"account": "li.na", "password": PASSWORD}
    second = Caller(
        house.http, (await house.anyone.post("/api/session", body)).says["token"]
    )

    assert (await first.get("/api/session")).status == 401
    assert (await second.delete("/api/session")).status == 200

    found = [one["action"] for one in await lines(auditor, account="li.na")]
    assert found.count("signed-in") == 2
    assert {"session-ended", "signed-out"} <= set(found)
