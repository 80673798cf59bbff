"""The file that says who plays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from queue_core.errors import ParseError
from yihao.rehearsal.accounts import read_accounts


def test_the_window_of_the_visitor_is_not_played(tmp_path: Path) -> None:
    people = [
        {"account": f"clerk-{n}", "password": "x", "window": str(n)} for n in (1, 2)
    ]
    path = tmp_path / "accounts.json"
    path.write_text(
        json.dumps({"hall": "city", "clerks": people, "visitor_window": "2"})
    )

    accounts = read_accounts(path)

    assert [clerk.window for clerk in accounts.played_clerks] == ["1"]


@pytest.mark.parametrize("content", ["{", '{"hall": "city"}', "[]"])
def test_what_is_no_accounts_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "accounts.json"
    path.write_text(content)

    with pytest.raises(ParseError, match="is no accounts file"):
        read_accounts(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match="cannot read"):
        read_accounts(tmp_path / "none.json")
