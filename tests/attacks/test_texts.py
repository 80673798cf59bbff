"""Texts that look like something else: every field of every route, and the profile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import msgspec.inspect as kinds
import pytest

from queue_core.interface.routes import Route
from queue_core.profiles.reading import check_profile
from tests.open_house import open_house
from yihao.house import ROUTES
from yihao.soak.townships import PROFILE, profile_named


UNSEEN = {
    "a control": "a\x07b",
    "a control of terminals": "a\x9b2Jb",
    "the other direction": "a\u202eb",
    "an isolate": "a\u2066b",
    "a mark of direction": "a\u200fb",
    "a space without width": "a\u200bb",
    "a byte order mark": "a\ufeffb",
    "another line": "a\u2028b",
    "a line break at the end": "ab\n",
}

NEVER_SHOWN = {"password"}
"""Fields that are compared, and stand nowhere."""

COMPARED = {("sign_in", "account")}
"""An account that is asked for by another name than any can have is unknown."""


def texts_of(
    kind: kinds.Type, name: str, seen: frozenset[type] = frozenset()
) -> Iterator[tuple[str, kinds.StrType]]:
    """Yield every text in a kind of value, with the name of its field."""
    match kind:
        case kinds.StrType():
            yield name, kind
        case kinds.StructType(cls=cls, fields=fields) if cls not in seen:
            for field in fields:
                yield from texts_of(field.type, field.name, seen | {cls})
        case kinds.UnionType(types=types):
            for one in types:
                yield from texts_of(one, name, seen)
        case kinds.ListType(item_type=item):
            yield from texts_of(item, name, seen)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_every_text_of_a_request_has_a_length_and_nothing_unseen_in_it(
    route: Route[Any, Any, Any],
) -> None:
    for name, kind in texts_of(kinds.type_info(route.asks), ""):
        if name in NEVER_SHOWN or (route.name, name) in COMPARED:
            assert kind.max_length
            continue
        assert kind.pattern, f"{name} may be anything"
        assert kind.max_length or "*" not in kind.pattern.replace("[ \\u3000]*", "")
        several = "\\n" in kind.pattern and "(?!" not in kind.pattern
        for what, text in UNSEEN.items():
            if several and text.endswith("\n"):
                continue
            assert not re.search(kind.pattern, text), f"{name} takes {what}"


@pytest.mark.parametrize("text", UNSEEN.values(), ids=UNSEEN.keys())
def test_what_is_not_seen_is_refused_wherever_a_line_is_asked(text: str) -> None:
    for asks in {route.asks for route in ROUTES}:
        for field in msgspec.structs.fields(asks):
            inside = kinds.type_info(field.type)
            if isinstance(inside, kinds.StrType) and field.name == "reason":
                with pytest.raises(msgspec.ValidationError):
                    msgspec.convert(text, field.type)


async def test_a_notice_a_name_and_a_remark_that_turn_around_are_refused(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        manager = await house.caller("manager")
        admin = await house.caller("administrator")
        account = {"account": "li.na", "role": "clerk", "password": "long enough 1"}

        told = [
            await manager.post(f"{house.path}/notices", {"zh": "请到 \u202e口窗1"}),
            await admin.post("/api/accounts", {**account, "name": "李\u200b娜"}),
            await admin.post("/api/accounts", {**account, "name": "x", "hall": "a\n"}),
            await admin.post("/api/accounts", {**account, "account": "li.na\n"}),
        ]

    assert [(one.status, one.details["field"]) for one in told] == [
        (422, "zh"),
        (422, "name"),
        (422, "hall"),
        (422, "account"),
    ]


def test_signs_that_are_joined_and_scripts_that_join_are_texts_like_others() -> None:
    remark = next(route for route in ROUTES if route.name == "evaluate")

    read = msgspec.json.decode(
        '{"grade":"satisfied","channel":"phone","text":"👩\u200d👧\\n谢 می\u200cخوا"}',
        type=remark.asks,
    )

    assert "\u200d" in read.text


@pytest.mark.parametrize("text", ["\u202e口窗", "便民\u200b服务", "便民\u2069"])
def test_a_profile_whose_names_turn_around_has_a_fault(
    tmp_path: Path, text: str
) -> None:
    folder = profile_named(PROFILE, tmp_path / PROFILE)
    for name, old in (("hall.toml", '"便民服务"'), ("items.csv", "城乡居民")):
        file = folder / name
        whole = file.read_text(encoding="utf-8")
        said = f'"{text}"' if old.startswith('"') else text
        file.write_text(whole.replace(old, said, 1), encoding="utf-8")

    faults = {fault.file for fault in check_profile(folder) if not fault.advice}

    assert faults == {"hall.toml", "items.csv"}
