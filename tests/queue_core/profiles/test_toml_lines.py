from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_core.profiles.catalog import shipped_profile_dir, shipped_profiles
from queue_core.profiles.faults import Path
from queue_core.profiles.toml_lines import key_lines


def paths_of(value: Any, path: Path = ()) -> list[Path]:
    """Return the path of every value in a parsed document."""
    found = [path] if path else []
    if isinstance(value, dict):
        pairs: Any = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    else:
        return found
    for key, one in pairs:
        found += paths_of(one, (*path, key))
    return found


AWKWARD = '''\
# a comment with [brackets] and "quotes"
title = "a # that is no comment" # and one that is

"quoted \\u0041 key".dotted . deep = 1
'literal.key' = [ 1, # one
  [ 2, "]" ], # two
  { a = "}", b = [3] },
]
text = """
[not.a.table]
x = 1 \\""" still text""""
raw = \'\'\'
[[nor.this]]\'\'\'
when = 2026-10-01 09:00:00

[table]
x = 1979-05-27

[[rows]]
name = "first"
  [[rows.inner]]
  deep = true
  [[rows.inner]]
  deep = false
[[rows]]
name = "second"
[rows.sub]
last = 0x1F
'''


def test_every_value_of_an_awkward_document_has_its_line() -> None:
    lines = key_lines(AWKWARD)

    assert set(paths_of(tomllib.loads(AWKWARD))) == set(lines)
    assert lines["title",] == 2
    assert lines["quoted A key", "dotted", "deep"] == 4
    assert lines["literal.key", 1, 1] == 6
    assert lines["literal.key", 2, "b", 0] == 7
    assert lines["text",] == 9
    assert lines["when",] == 14
    assert lines["rows", 0, "inner", 1, "deep"] == 24
    assert lines["rows", 1, "name"] == 26
    assert lines["rows", 1, "sub", "last"] == 28


def test_windows_line_ends_do_not_move_lines() -> None:
    assert key_lines(AWKWARD.replace("\n", "\r\n")) == key_lines(AWKWARD)


@pytest.mark.parametrize("name", shipped_profiles())
def test_every_value_of_a_shipped_profile_has_its_line(name: str) -> None:
    text = (shipped_profile_dir(name) / "hall.toml").read_text("utf-8")

    assert set(paths_of(tomllib.loads(text))) == set(key_lines(text))


keys = st.from_regex(r"[A-Za-z0-9_-]{1,6}", fullmatch=True)
scalars = st.sampled_from(
    ["1", "-2.5", "true", '"a, b"', "'}'", '"\\""', "2026-10-01", '"]"', "inf"]
)


@st.composite
def values(draw: st.DrawFn, depth: int = 0) -> str:
    """Return the text of a value, lists broken over lines now and then."""
    kind = draw(st.sampled_from(["scalar", "list", "table"])) if depth < 3 else "scalar"
    if kind == "list":
        parts = draw(st.lists(values(depth + 1), max_size=3))
        gap = draw(st.sampled_from(["", " ", "\n", " # note, ]\n"]))
        return f"[{gap}" + f",{gap}".join(parts) + f"{gap}]"
    if kind == "table":
        names = draw(st.lists(keys, max_size=3, unique=True))
        return (
            "{" + ", ".join(f"{one} = {draw(inline_values())}" for one in names) + "}"
        )
    return draw(scalars)


@st.composite
def inline_values(draw: st.DrawFn) -> str:
    parts = draw(st.lists(scalars, min_size=1, max_size=3))
    return parts[0] if len(parts) == 1 else f"[{', '.join(parts)}]"


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[Path, int]]:
    """Return a document and the lines on which its keys were written."""
    text = ""
    lines: dict[Path, int] = {}
    for table in draw(st.lists(keys, max_size=4, unique=True)):
        rows = draw(st.integers(1, 2))
        for row in range(rows):
            text += draw(st.sampled_from(["", "\n", "# note\n", "  "]))
            here: Path = (table, row) if rows > 1 else (table,)
            lines[here] = text.count("\n") + 1
            text += f"[[{table}]]\n" if rows > 1 else f"[{table}]\n"
            for key in draw(st.lists(keys, max_size=4, unique=True)):
                lines[(*here, key)] = text.count("\n") + 1
                text += f"{key} = {draw(values())}\n"
    return text, lines


@given(documents())
def test_lines_are_those_on_which_keys_were_written(
    document: tuple[str, dict[Path, int]],
) -> None:
    text, written = document

    found = key_lines(text)

    assert set(found) == set(paths_of(tomllib.loads(text)))
    assert {path: found[path] for path in written} == written
