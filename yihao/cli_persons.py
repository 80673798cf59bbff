"""The options and the command that are about persons."""

from __future__ import annotations

import os
from pathlib import Path

from .cli_options import Commands, Parser, add_data, add_key, command, web_address


CIPHERS = ("aes-256-gcm", "sm4-gcm")


def add_persons(serve: Parser) -> None:
    """Add how persons are kept, and how they are reminded."""
    add_persons_place(serve)
    serve.add_argument(
        "--cipher",
        choices=CIPHERS,
        default=CIPHERS[0],
        help=f"under which identifiers of new persons are kept ({CIPHERS[0]})",
    )
    serve.add_argument(
        "--sms-gateway",
        default="",
        metavar="URL",
        type=web_address,
        help="remind by SMS whoever wishes it: JSON is posted there, with the bearer "
        "token YIHAO_SMS_TOKEN; without it nobody is asked for a phone",
    )


def add_persons_place(parser: Parser) -> None:
    """Add where persons are kept, and the key that opens them."""
    parser.add_argument(
        "--persons-database",
        default=os.environ.get("YIHAO_PERSONS_DATABASE", ""),
        metavar="URL",
        help="PostgreSQL that keeps persons apart from the record "
        "(YIHAO_PERSONS_DATABASE; else a schema of --database, or persons.db)",
    )
    parser.add_argument(
        "--persons-key",
        default=None,
        metavar="FILE",
        type=Path,
        help="the master key of persons (persons.key in the data folder); with several "
        "machines every one needs the same",
    )


def add_erase(commands: Commands) -> None:
    """Add ``yihao erase``."""
    line = "erase a person for ever, or hold one against it; servers may go on"
    erase = command(commands, "erase", line, ".erasing:erase")
    erase.add_argument("--hall", required=True, help="the hall")
    who = erase.add_mutually_exclusive_group(required=True)
    who.add_argument(
        "--subject",
        action="store_true",
        help="ask for the identity number or mobile phone, or read it from standard "
        "input; it is no argument, so that it stands in no history of commands",
    )
    who.add_argument("--ticket", default="", metavar="ID", help="whoever took a ticket")
    what = erase.add_mutually_exclusive_group()
    what.add_argument(
        "--hold",
        default="",
        metavar="REASON",
        help="do not erase: let nobody erase, such as while a complaint is open",
    )
    what.add_argument(
        "--release", action="store_true", help="do not erase: hold no longer"
    )
    add_data(erase)
    add_key(erase)
    add_persons_place(erase)
