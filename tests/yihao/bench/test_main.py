"""The command: what is printed and what is written."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from yihao.bench.machine import Machine
from yihao.bench.plots import goals_plot, rounds_plot
from yihao.bench.rows import Goal, Row, compared, measured
from yihao.bench.tables import Result, markdown, number, summary, text_of
from yihao.cli import main


MACHINE = Machine(
    at="2026-11-02T09:00:00+00:00",
    yihao="0.1.0",
    python="CPython 3.11",
    sqlite="3.40",
    postgres="",
    system="Linux",
    processor="a processor",
    cores=2,
    load=0.5,
    syncs_per_second=1000,
    sync_milliseconds=1,
)
ROWS = [
    compared(
        "desk",
        "64 callers",
        [(30_000, 100_000)],
        "rows/s",
        "raw inserts",
        goal=Goal("ratio", "at least", 0.35),
        note="a mix",
    ),
    measured(
        "report", "page", [0.25], "s", goal=Goal("figure", "at most", 1), note="a day"
    ),
    measured("report", "workbook", [1.5], "s"),
]


def result(rows: list[Row]) -> Result:
    """Return the result of a run with these rows."""
    return Result(
        machine=MACHINE, sizes="full", rows=rows, left_out=["PostgreSQL: none"]
    )


def test_a_quick_run_prints_rows_and_writes_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"

    status = main(["bench", "report", "--quick", "--out", str(out)])

    printed = capsys.readouterr().out
    written = json.loads((out / "bench.json").read_bytes())
    assert status == 0
    assert "day report, HTML" in printed
    assert "its figures mean nothing" in printed
    assert {row["measure"] for row in written["rows"]} == {"report"}
    assert written["machine"]["cores"] >= 1
    assert written["machine"]["syncs_per_second"] > 0
    assert (out / "bench.md").read_text(encoding="utf-8").startswith("# yihao bench")
    for name in ("goals.svg", "rounds.svg"):
        ElementTree.fromstring((out / name).read_text(encoding="utf-8"))


def test_json_on_standard_output_stands_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["bench", "report", "--quick", "--json", "-"])

    said = capsys.readouterr()
    assert json.loads(said.out)["sizes"] == "quick"
    assert "day report, HTML" in said.err


def test_an_unknown_measure_is_a_usage_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["bench", "weather"])

    assert stopped.value.code == 2
    assert "no measure weather; there are desk" in capsys.readouterr().err


def test_a_table_says_figure_rival_ratio_and_whether_the_goal_was_met() -> None:
    lines = text_of(ROWS).splitlines()

    assert " ".join(lines[0].split()) == (
        "64 callers 30,000 rows/s ratio 0.30 ✗ goal: ratio ≥ 0.35"
    )
    assert lines[1].split() == ["100,000", "rows/s", "raw", "inserts"]
    assert "✓ goal: figure ≤ 1" in lines[3]


def test_a_page_of_the_result_has_a_row_for_every_figure() -> None:
    page = markdown(result(ROWS))

    assert (
        "| desk | 64 callers | 30,000 rows/s | 100,000 rows/s: raw inserts | 0.30 "
        "| ratio ≥ 0.35 | ✗ |"
    ) in page
    assert "- desk, 64 callers: a mix" in page
    assert "a processor, 2 cores" in page


def test_the_summary_counts_goals_and_names_what_was_left_out() -> None:
    assert summary(result(ROWS)).splitlines() == [
        "1 of 2 goals met",
        "left out: PostgreSQL: none",
    ]


def test_plots_show_a_bar_for_every_goal_and_a_mark_for_every_round() -> None:
    goals, rounds = goals_plot(ROWS), rounds_plot(ROWS)

    assert goals.count("<rect") == 2
    assert "ratio ≥ 0.35" in goals
    assert rounds.count("<rect") == 1
    ElementTree.fromstring(goals)
    ElementTree.fromstring(rounds)


@pytest.mark.parametrize(
    ("value", "text"),
    [(1234.5, "1,234"), (99.94, "99.9"), (3.14159, "3.14"), (0.0, "0.00")],
)
def test_figures_have_no_more_digits_than_they_deserve(value: float, text: str) -> None:
    assert number(value) == text
