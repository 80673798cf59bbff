"""A house loads what it needs: memory is what many halls run out of first."""

from __future__ import annotations

import subprocess
import sys


HEAVY = ("psycopg", "PIL", "openpyxl", "numpy")
"""PostgreSQL, drawn slips, workbooks, and the search, whose index is made later."""


def test_what_only_some_houses_need_is_not_imported_by_all() -> None:
    program = (
        "import sys, yihao.house, yihao.cli_serving;"
        f"print(*(name for name in {HEAVY!r} if name in sys.modules))"
    )

    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert told.stdout.split() == []
