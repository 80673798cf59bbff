"""The commands that try the house and what is around it: soak, card-reader, led-bar."""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path

from .cli_care import count
from .cli_options import Commands, Parser, command, port


CARD_READER_PORT, LED_BAR_PORT = 8610, 8620

DRILLS = (
    "kill",
    "race",
    "outage",
    "freeze",
    "switch",
    "cut",
    "slow",
    "full",
    "clock",
    "double",
    "damage",
    "hostile",
)
"""What may be drilled, in the order in which a round does it."""


def add_soak(commands: Commands) -> None:
    """Add ``yihao soak``."""
    line = "bring faults about on purpose, and check that nothing is lost"
    soak = command(commands, "soak", line, ".soak.main:soak")
    soak.add_argument(
        "--rounds",
        type=count,
        default=None,
        metavar="N",
        help="how often all drills are run (1; with --hours: until then)",
    )
    soak.add_argument(
        "--hours",
        type=hours,
        default=None,
        metavar="H",
        help="begin no drill after so many hours",
    )
    soak.add_argument(
        "--drill",
        nargs="+",
        choices=DRILLS,
        default=list(DRILLS),
        metavar="NAME",
        help=f"only these: {', '.join(DRILLS)}",
    )
    soak.add_argument(
        "--seed",
        type=int,
        default=None,
        metavar="S",
        help="repeat the rounds of this seed (a new one, which is told)",
    )
    add_places(soak)


def add_places(soak: Parser) -> None:
    """Add the options that say where drills are held."""
    where = soak.add_mutually_exclusive_group()
    where.add_argument(
        "--data",
        type=Path,
        default=None,
        metavar="DIR",
        help="drill SQLite only, in this folder",
    )
    where.add_argument(
        "--database",
        default="",
        metavar="URL",
        help="drill PostgreSQL only, in databases that are made and removed on this "
        "server; without this and --data: both stores, on a server of one's own",
    )


def add_card_reader(commands: Commands) -> None:
    """Add ``yihao card-reader``."""
    line = "play the card reader of a ticket machine: every line typed is a card"
    reader = command(commands, "card-reader", line, ".card_reader:card_reader")
    reader.add_argument(
        "--port",
        type=port,
        default=CARD_READER_PORT,
        metavar="N",
        help=f"where the machine's page connects ({CARD_READER_PORT})",
    )


def add_led_bar(commands: Commands) -> None:
    """Add ``yihao led-bar``."""
    line = "play an LED bar over a window: show every line that it is sent"
    bar = command(commands, "led-bar", line, ".led_bar:led_bar")
    bar.add_argument(
        "--port",
        type=port,
        default=LED_BAR_PORT,
        metavar="N",
        help=f"where the house connects ({LED_BAR_PORT})",
    )
    bar.add_argument(
        "--characters",
        type=count,
        default=8,
        metavar="N",
        help="how many Chinese characters it shows (8)",
    )


def hours(text: str) -> float:
    """Read a time in hours."""
    number = float(text)
    if not 0 < number < 10_000:
        raise ArgumentTypeError("must be more than 0")
    return number
