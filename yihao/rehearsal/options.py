"""The options of ``yihao rehearse``."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from queue_core.values import Language


@dataclass(frozen=True)
class Options:
    """What to play, where, and how to tell of it."""

    server: str
    accounts: Path
    hall: str = ""
    profile: str = ""
    """A shipped profile's name or a folder; empty: the shipped one of the hall."""
    tickets: int | None = None
    stress: bool = False
    seed: int | None = None
    csv: Path | None = None
    office: str = ""
    day: str = ""
    until_closed: bool = False
    forever: bool = False
    json: bool = False
    quiet: bool = False
    lang: Language = "en"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add = parser.add_argument
    add("--server", required=True, help="address of the server, http://host:port")
    add("--accounts", required=True, type=Path, help="file of accounts and devices")
    add("--hall", default="", help="the hall (default: that of the accounts)")
    add("--profile", default="", help="shipped profile or folder (default: the hall's)")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--tickets", type=_count, help="so many tickets in the day")
    size.add_argument("--load", action="store_true", help="the profile's stress load")
    add("--seed", type=int, help="another day of the same hall (default: the date)")
    add("--csv", type=Path, help="recorded arrivals: day, service_type, arrive")
    add("--office", default="", help="the office to take from the CSV file")
    add("--day", default="", help="the day to take from the CSV file")
    add("--until-closed", action="store_true", help="stay until the day is closed")
    add("--forever", action="store_true", help="play every following day as well")
    add("--json", action="store_true", help="print the result as JSON")
    add("--quiet", action="store_true", help="print no line per half hour")
    add("--lang", choices=("zh", "en"), default="en", help="language of the table")


def options_of(parsed: argparse.Namespace) -> Options:
    """Return the options that were given."""
    return Options(
        server=parsed.server,
        accounts=parsed.accounts,
        hall=parsed.hall,
        profile=parsed.profile,
        tickets=parsed.tickets,
        stress=parsed.load,
        seed=parsed.seed,
        csv=parsed.csv,
        office=parsed.office,
        day=parsed.day,
        until_closed=parsed.until_closed,
        forever=parsed.forever,
        json=parsed.json,
        quiet=parsed.quiet,
        lang=parsed.lang,
    )


def _count(text: str) -> int:
    count = int(text)
    if not 1 <= count <= 100_000:
        raise argparse.ArgumentTypeError("must be 1 to 100000")
    return count
