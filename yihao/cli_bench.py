"""The command that measures: bench."""

from __future__ import annotations

import argparse
from pathlib import Path

from .bench.measures import MEASURES
from .cli_options import Commands, add_database, command


def add_bench(commands: Commands) -> None:
    """Add ``yihao bench``."""
    line = "measure the house beside limits and rivals of the same run"
    bench = command(commands, "bench", line, ".bench.main:bench")
    bench.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        type=measure_name,
        help="; ".join(f"{name}: {one.line}" for name, one in MEASURES.items())
        + " (all but year)",
    )
    bench.add_argument(
        "--year",
        action="store_true",
        help="write a year of the record and measure with it; takes some minutes",
    )
    bench.add_argument(
        "--quick", action="store_true", help="small sizes, to try every measure"
    )
    bench.add_argument(
        "--json", default="", metavar="FILE", help="write the figures as JSON; - prints"
    )
    bench.add_argument(
        "--out",
        default=None,
        metavar="DIR",
        type=Path,
        help="folder for bench.json, bench.md and plots",
    )
    bench.add_argument(
        "--work",
        default=None,
        metavar="DIR",
        type=Path,
        help="folder to work in, on the disk that is meant; a year stays there",
    )
    add_database(bench)


def measure_name(text: str) -> str:
    """Read the name of a measure."""
    if text not in MEASURES:
        known = ", ".join(MEASURES)
        raise argparse.ArgumentTypeError(f"no measure {text}; there are {known}")
    return text
