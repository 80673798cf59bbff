"""The result of a run as text, as Markdown and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from .machine import Machine
from .rows import Row


MARKS = {True: "✓", False: "✗", None: ""}


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """A whole run."""

    machine: Machine
    sizes: str
    """``full`` or ``quick``; the figures of a quick run mean nothing."""
    rows: list[Row]
    left_out: list[str] = []
    """What was not measured, and why."""

    @property
    def goals(self) -> int:
        """Return how many rows have a goal."""
        return sum(row.met is not None for row in self.rows)

    @property
    def met(self) -> int:
        """Return how many goals were met."""
        return sum(bool(row.met) for row in self.rows)


def text_of(rows: Sequence[Row]) -> str:
    """Return rows as lines for a terminal: the figure, and below it its rival."""
    lines: list[str] = []
    width = max((len(row.name) for row in rows), default=0)
    for row in rows:
        goal = f"  {MARKS[row.met]} goal: {row.goal}" if row.goal else ""
        ratio = "" if row.ratio is None else f"  ratio {row.ratio:.2f}"
        lines.append(f"  {row.name:<{width}}  {figure_of(row):>22}{ratio}{goal}")
        if row.against_figure is not None:
            beside = f"{number(row.against_figure)} {row.unit}"
            lines.append(f"  {'':<{width}}  {beside:>22}  {row.against}")
        if row.note:
            lines.append(f"  {'':<{width}}  {row.note}")
    return "\n".join(lines)


def machine_text(machine: Machine) -> str:
    """Return the facts of the machine in a few lines."""
    postgres = f", PostgreSQL {machine.postgres}" if machine.postgres else ""
    return (
        f"{machine.processor}, {machine.cores} cores, {machine.system}, "
        f"load {machine.load:.2f}\n"
        f"{machine.python}, SQLite {machine.sqlite}{postgres}, "
        f"yihao {machine.yihao}, {machine.at}\n"
        f"disk: {machine.syncs_per_second:,.0f} syncs/s of 4 KiB, "
        f"p50 {machine.sync_milliseconds:.2f} ms"
    )


def summary(result: Result) -> str:
    """Return how many goals were met, and what was left out."""
    lines = [f"{result.met} of {result.goals} goals met"]
    lines += [f"left out: {what}" for what in result.left_out]
    if result.sizes == "quick":
        lines.append("a quick run: its figures mean nothing")
    return "\n".join(lines)


def markdown(result: Result) -> str:
    """Return the whole result as a Markdown page."""
    table = [
        "| | what | figure | beside | ratio | goal | |",
        "|---|---|---:|---:|---:|---|---|",
        *(markdown_row(row) for row in result.rows),
    ]
    notes = [
        f"- {row.measure}, {row.name}: {row.note}" for row in result.rows if row.note
    ]
    parts = [
        "# yihao bench",
        machine_text(result.machine).replace("\n", "  \n"),
        "\n".join(table),
        "\n".join(notes),
        summary(result).replace("\n", "  \n"),
    ]
    return "\n\n".join(parts) + "\n"


def markdown_row(row: Row) -> str:
    """Return one row of the Markdown table."""
    beside = ratio = ""
    if row.against_figure is not None:
        beside = f"{number(row.against_figure)} {row.unit}: {row.against}"
        ratio = f"{row.ratio:.2f}"
    cells = (
        *(row.measure, row.name, figure_of(row), beside, ratio),
        *(row.goal, MARKS[row.met]),
    )
    return f"| {' | '.join(cells)} |"


def json_of(result: Result) -> bytes:
    """Return the whole result as JSON, every round in it."""
    return msgspec.json.format(msgspec.json.encode(result), indent=2) + b"\n"


def figure_of(row: Row) -> str:
    """Return a row's figure with its unit."""
    return f"{number(row.figure)} {row.unit}"


def number(value: float) -> str:
    """Return a figure with three digits or all before the point."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def named(rows: Iterable[Row], measure: str) -> list[Row]:
    """Return the rows of one measure."""
    return [row for row in rows if row.measure == measure]
