"""``docs/security.md`` names no test that is not there, and forgets none of these."""

from __future__ import annotations

import re
from pathlib import Path


ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
TESTS = "\n".join(
    file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("test_*.py")
)


def test_every_test_that_the_page_names_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    files = set(re.findall(r"`(tests/[\w/]+\.py)`", PAGE))

    assert named
    assert [name for name in named if f"def {name}(" not in TESTS] == []
    assert [file for file in files if not (ROOT / file).is_file()] == []


def test_every_file_of_attacks_stands_on_the_page() -> None:
    forgotten = [
        file.name
        for file in Path(__file__).parent.glob("test_*.py")
        if file.name != Path(__file__).name
        and f"tests/attacks/{file.name}" not in PAGE
        and not any(
            name in PAGE
            for name in re.findall(r"def (test_\w+)", file.read_text(encoding="utf-8"))
        )
    ]

    assert forgotten == []
