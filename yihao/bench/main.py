"""``yihao bench``: measure, tell, and write what was measured into files.

Every measure runs in a process of its own, so that none meets what another has left in
memory; the collector of cycles is set as ``yihao serve`` sets it.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import multiprocessing
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from yihao.cycles import THRESHOLDS
from yihao.progress_bar import progress_bar

from .machine import machine
from .measures import MEASURES, usual_names
from .plan import FULL, QUICK, Run, Sizes
from .plots import goals_plot, rounds_plot
from .rows import Row
from .tables import Result, json_of, machine_text, markdown, summary, text_of


DISK_SECONDS = 1.0
QUICK_DISK_SECONDS = 0.05


class Told(NamedTuple):
    """What one measure returned."""

    rows: list[Row]
    left_out: list[str]


def bench(options: argparse.Namespace) -> int:
    """Run the measures that the options name, and tell what they found."""
    names = options.names or usual_names()
    if options.year and "year" not in names:
        names = [*(options.names or []), "year"]
    sizes = QUICK if options.quick else FULL
    say: Callable[[str], None] = print
    if options.json == "-":
        say = say_aside
    with ExitStack() as closing:
        folder = working_folder(options.work, closing)
        seconds = QUICK_DISK_SECONDS if options.quick else DISK_SECONDS
        facts = machine(folder, options.database, seconds)
        say(machine_text(facts))
        rows: list[Row] = []
        left_out: list[str] = []
        for name in names:
            told = apart(name, sizes, folder, options.database)
            say(f"\n{name}: {MEASURES[name].line}\n{text_of(told.rows)}")
            rows += told.rows
            left_out += told.left_out
    result = Result(
        machine=facts,
        sizes="quick" if options.quick else "full",
        rows=rows,
        left_out=left_out,
    )
    say(f"\n{summary(result)}")
    write(result, options.json, options.out)
    return 0


def say_aside(line: str) -> None:
    """Say something where it does not get into the JSON."""
    print(line, file=sys.stderr)


def working_folder(given: Path | None, closing: ExitStack) -> Path:
    """Return the folder to work in; one that was not given is deleted at the end."""
    if given is None:
        made = tempfile.TemporaryDirectory(prefix="yihao-bench-")
        return Path(closing.enter_context(made))
    given.mkdir(parents=True, exist_ok=True)
    return given


def write(result: Result, json: str, out: Path | None) -> None:
    """Write the result where it is wanted.

    Raises:
        OSError: a file cannot be written.
    """
    if json == "-":
        print(json_of(result).decode(), end="")
    elif json:
        Path(json).write_bytes(json_of(result))
    if out is None:
        return
    out.mkdir(parents=True, exist_ok=True)
    (out / "bench.json").write_bytes(json_of(result))
    for name, text in (
        ("bench.md", markdown(result)),
        ("goals.svg", goals_plot(result.rows)),
        ("rounds.svg", rounds_plot(result.rows)),
    ):
        (out / name).write_text(text, encoding="utf-8")


# One measure.


def apart(name: str, sizes: Sizes, folder: Path, database: str) -> Told:
    """Run a measure in a process of its own."""
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawning) as pool:
        return pool.submit(measure_as_served, name, sizes, folder, database).result()


def measure_as_served(name: str, sizes: Sizes, folder: Path, database: str) -> Told:
    """Run a measure in this process, which is set up as a server's."""
    modules_of(name)
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    return run_measure(name, sizes, folder, database)


def run_measure(name: str, sizes: Sizes, folder: Path, database: str) -> Told:
    """Run a measure here, in a folder that is deleted when it has ended."""
    rows: list[Row] = []
    left_out: list[str] = []
    for module in modules_of(name):
        with (
            tempfile.TemporaryDirectory(prefix=f"{name}-", dir=folder) as inside,
            progress_bar(name, "steps") as tell,
        ):
            run = Run(sizes, Path(inside), folder, database, tell)
            rows += module.measure(run)
            left_out += run.left_out
    return Told(rows, left_out)


def modules_of(name: str) -> list[ModuleType]:
    """Import what measures; each module has a function ``measure(run)``."""
    modules = MEASURES[name].modules
    return [importlib.import_module(module, __package__) for module in modules]
