"""A hall in which every text is a formula with markup in it."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any, NamedTuple

from queue_core.access.roles import Role
from tests.open_house import PASSWORD, Caller, Clerk, OpenHouse, Told
from yihao.soak.townships import PROFILE, profile_named


MARKUP = "<img src=x onerror=planted()><b class=planted>b</b>"
PLANT = f"={MARKUP}"
"""What stands in every text: a formula for a sheet, an element for a page."""

ITEM_TEXTS = ("name", "department", "zone", "queue", "aliases", "materials", "name_en")

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet may take for a formula (OWASP)."""


def planted(text: str) -> str:
    """Return a text with the plant around it."""
    return f"=1+1;{text}{MARKUP}"


def planted_profile(folder: Path) -> Path:
    """Write a profile whose texts are all planted."""
    profile_named(PROFILE, folder)
    file = folder / "hall.toml"
    text = file.read_text(encoding="utf-8")
    text = re.sub(
        r'\b(zh|en) = "([^"]*)"', lambda m: f'{m[1]} = "{planted(m[2])}"', text
    )
    text = re.sub(
        r'^"([^"]*)" = "([^"]*)"$',
        lambda m: f'"{planted(m[1])}" = "{planted(m[2])}"',
        text,
        flags=re.MULTILINE,
    )
    file.write_text(text, encoding="utf-8")
    items = folder / "items.csv"
    rows = list(csv.DictReader(io.StringIO(items.read_text(encoding="utf-8-sig"))))
    with items.open("w", encoding="utf-8", newline="") as written:
        writer = csv.DictWriter(written, list(rows[0]))
        writer.writeheader()
        for row in rows:
            for name in ITEM_TEXTS:
                row[name] = planted(row[name])
            writer.writerow(row)
    return folder


class Planted(NamedTuple):
    """A hall at work, with a plant in all that anybody could write."""

    house: OpenHouse
    clerk: Clerk
    waiting: dict[str, Any]
    """A number that waits, as it was given."""


async def planted_person(house: OpenHouse, role: Role, account: str) -> Caller:
    """Return a member of staff whose name is a plant."""
    accounts = house.house.accounts
    await accounts.add_account(
        account,
        name=PLANT,
        role=role,
        hall=house.hall.hall,
        password=PASSWORD,
        by="test",
    )
    return Caller(
        house.http, (await accounts.sessions.sign_in(account, PASSWORD)).token
    )


async def plant_everywhere(house: OpenHouse) -> Planted:
    """Let staff and citizens write the plant wherever they can write anything."""
    person = await planted_person(house, "clerk", "li.na")
    clerk = Clerk(house.http, person.token)
    clerk.hall, clerk.window = house.hall.hall, "1"
    manager = await planted_person(house, "manager", "zhao.min")
    notice = {"zh": PLANT, "en": PLANT}
    told = [
        await clerk.does("open"),
        await manager.post(f"{house.path}/notices", notice),
        *await plant_in_a_service(house, clerk),
        *await plant_in_reasons(house, clerk, manager),
    ]
    waiting = await house.number()
    told += [await clerk.does("call-next"), await clerk.does("start")]
    refused = [one for one in told if one.status not in {200, 201}]
    assert not refused, refused
    return Planted(house, clerk, waiting)


async def plant_in_a_service(house: OpenHouse, clerk: Clerk) -> list[Told]:
    """Serve somebody who lacks a plant, and evaluates with one."""
    holder, _ = await house.holder()
    lacks = {"outcome": "needs-supplement", "supplement": [PLANT], "note": PLANT}
    told = [await clerk.does("call-next"), await clerk.does("start")]
    done = await clerk.does("complete", lacks)
    remark = {"grade": "very-dissatisfied", "channel": "phone", "text": PLANT}
    path = f"/api/services/{done.says['service']}/evaluation"
    return [*told, done, await holder.post(path, remark)]


async def plant_in_reasons(
    house: OpenHouse, clerk: Clerk, manager: Caller
) -> list[Told]:
    """Let the clerk miss, hold, pause and transfer, and the manager pin, for one."""
    reason = {"reason": PLANT}
    await house.number()
    held = await house.number()
    return [
        await clerk.does("call-next"),
        await clerk.does("no-show", reason),
        await manager.post(f"{house.path}/tickets/{held['ticket']}/pin", reason),
        await clerk.does("call-next"),
        await clerk.does("start"),
        await clerk.does("hold", reason),
        await clerk.does("pause", reason),
        await clerk.does("resume"),
        await clerk.does("resume-ticket", {"ticket": held["ticket"]}),
        await clerk.does("transfer", {"queue": "insurance", **reason}),
    ]
