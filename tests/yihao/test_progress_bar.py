"""How far long work is, on a terminal and elsewhere."""

from __future__ import annotations

import io

from yihao.progress_bar import NOTE_EVERY_SECONDS, progress_bar


class Terminal(io.StringIO):
    """A terminal that remembers what was written."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_a_bar_of_which_nothing_is_left() -> None:
    terminal = Terminal()

    with progress_bar("copying", "events", out=terminal) as tell:
        tell(500, 2_000)
        tell(2_000, 2_000)

    seen = terminal.getvalue().split("\r")
    assert any(text.startswith("copying: ") for text in seen)
    assert seen[-1].strip() == ""


def test_a_file_gets_a_line_now_and_then() -> None:
    times = iter([0.0, 1.0, NOTE_EVERY_SECONDS, 16.0, 40.0])
    out = io.StringIO()

    with progress_bar(
        "copying", "rows", out=out, monotonic=lambda: next(times)
    ) as tell:
        for done in (1_000, 2_000, 3_000, 4_000):
            tell(done, 4_000)

    assert out.getvalue().splitlines() == [
        "copying: 2,000 of 4,000 rows (50 %)",
        "copying: 4,000 of 4,000 rows (100 %)",
    ]


def test_short_work_says_nothing_to_a_file() -> None:
    out = io.StringIO()

    with progress_bar("copying", "rows", out=out, monotonic=lambda: 7.0) as tell:
        tell(0, 0)

    assert out.getvalue() == ""
