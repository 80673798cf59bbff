"""What the commands' options have in common."""

from __future__ import annotations

import argparse
import ipaddress
import os
from pathlib import Path
from typing import Any


DATA = "yihao-data"
DEMO_DATA = "var/demo"
PORT, LINK_PORT = 8600, 8601

Parser = argparse.ArgumentParser
Commands = Any


def command(commands: Commands, name: str, line: str, run: str = "") -> Parser:
    """Add a command; ``line`` is its help, ``run`` is where it lives."""
    added: Parser = commands.add_parser(
        name,
        help=line,
        description=line[:1].upper() + line[1:] + ".",
        allow_abbrev=False,
    )
    if run:
        added.set_defaults(run=run)
    return added


def add_hall(reader: Parser) -> None:
    """Add the options that name a hall of the record."""
    add_data(reader)
    add_archives(reader)
    reader.add_argument("--hall", default="", help="the hall, where there are several")
    add_language(reader)


def add_day(reader: Parser) -> None:
    """Add the options that name a recorded day."""
    reader.add_argument(
        "--date",
        default="",
        metavar="YYYY-MM-DD",
        help="the day (the last one that is recorded)",
    )
    add_hall(reader)


def add_language(reader: Parser) -> None:
    """Add the option of the language."""
    reader.add_argument(
        "--lang",
        choices=("zh", "en"),
        default="zh",
        help="language of what is written (zh)",
    )


def add_archives(reader: Parser) -> None:
    """Add the option of the folder of archived days."""
    reader.add_argument(
        "--archives",
        default=None,
        metavar="DIR",
        type=Path,
        help="folder of the archived days (archives in the data folder)",
    )


def add_key(house: Parser) -> None:
    """Add the option of the house's key."""
    house.add_argument(
        "--key",
        default=None,
        metavar="FILE",
        type=Path,
        help="the house's key (house.key in the data folder); with several machines "
        "every one needs the same",
    )


def add_signing_key(house: Parser) -> None:
    """Add the option of the key that signs the days."""
    house.add_argument(
        "--signing-key",
        default=None,
        metavar="FILE",
        type=Path,
        help="the key that signs every day (signing.key in the data folder); with "
        "several machines every one needs the same",
    )


def add_data(reader: Parser) -> None:
    """Add the option of the data folder."""
    reader.add_argument(
        "--data",
        default=None,
        metavar="DIR",
        type=Path,
        help=f"folder of the record ({DATA}, else {DEMO_DATA})",
    )
    add_database(reader)


def add_database(parser: Parser) -> None:
    """Add the option of the database; a password had better not stand there."""
    parser.add_argument(
        "--database",
        default=os.environ.get("YIHAO_DATABASE", ""),
        metavar="URL",
        help="PostgreSQL that keeps record and accounts instead of files, such as "
        "postgresql://yihao@db/yihao (YIHAO_DATABASE)",
    )


# What may stand behind an option.


def port(text: str) -> int:
    """Read a port; 0 is any that is free."""
    number = int(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError("must be 0 to 65535")
    return number


def speed(text: str) -> float:
    """Read a clock's speed."""
    number = float(text)
    if not 0 < number <= 1000:
        raise argparse.ArgumentTypeError("must be more than 0 and at most 1000")
    return number


def clock_time(text: str) -> str:
    """Read a time of day."""
    hours, _, minutes = text.partition(":")
    plain = hours.isdigit() and minutes.isdigit() and len(minutes) == 2
    if not plain or int(hours) > 23 or int(minutes) > 59:
        raise argparse.ArgumentTypeError("must be a time such as 08:25")
    return f"{int(hours):02d}:{minutes}"


def web_address(text: str) -> str:
    """Read the address of a site; an empty one is none."""
    return address(text, ("http", "https"))


def link_address(text: str) -> str:
    """Read the address of a live link, or only its path; an empty one is none."""
    if text.startswith("/") and not text.startswith("//"):
        return text
    return address(text, ("ws", "wss"))


def address(text: str, schemes: tuple[str, ...]) -> str:
    """Read an address of one of some kinds."""
    scheme, _, rest = text.partition("://")
    if text and (scheme not in schemes or not rest or set(rest) & set(" ;,'\"")):
        expected = " or ".join(f"{one}://…" for one in schemes)
        raise argparse.ArgumentTypeError(f"must be {expected}")
    return text


def network(text: str) -> str:
    """Read an address or a network of addresses."""
    try:
        return str(ipaddress.ip_network(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def data_of(given: Path | None) -> Path:
    """Return the data folder that is meant: the one given, the usual, the demo's."""
    if given is not None:
        return given
    usual, demo = Path(DATA), Path(DEMO_DATA)
    return demo if demo.exists() and not usual.exists() else usual
