"""The commands of the office: profiles, what is recorded, accounts, devices."""

from __future__ import annotations

from pathlib import Path

from queue_core.access.roles import ROLES

from .cli_options import (
    Commands,
    Parser,
    add_archives,
    add_data,
    add_day,
    add_hall,
    add_language,
    command,
)


# Profiles.


def add_profile(commands: Commands) -> None:
    """Add ``yihao profile check`` and ``yihao profile copy``."""
    profile = command(commands, "profile", "check a hall's profile, or begin one")
    kinds = profile.add_subparsers(metavar="WHAT", required=True)
    check = command(
        kinds,
        "check",
        "report every fault of a profile folder at once",
        ".profile_folders:check",
    )
    check.add_argument("folder", metavar="DIR", type=Path)
    add_language(check)
    copy = command(
        kinds,
        "copy",
        "copy a shipped profile to a folder of one's own",
        ".profile_folders:copy",
    )
    copy.add_argument("name", metavar="NAME", help="city or township")
    copy.add_argument("folder", metavar="DIR", type=Path)


# What is read.


def add_ticket(commands: Commands) -> None:
    """Add ``yihao ticket``."""
    line = "print one number's way through a day, with versions and times"
    ticket = command(commands, "ticket", line, ".record_reading:ticket")
    ticket.add_argument("number", metavar="NUMBER", help="such as A012")
    add_day(ticket)


def add_report(commands: Commands) -> None:
    """Add ``yihao report day``, ``yihao report year`` and ``yihao report verify``."""
    report = command(commands, "report", "write reports")
    kinds = report.add_subparsers(metavar="WHAT", required=True)
    day = command(
        kinds,
        "day",
        "write a day's spot-check report as HTML and xlsx",
        ".record_reading:report_day",
    )
    add_day(day)
    year = command(
        kinds,
        "year",
        "write a year's report as HTML and xlsx",
        ".kept_figures:report_year",
    )
    year.add_argument(
        "--year",
        default=None,
        metavar="YYYY",
        type=int,
        help="the year (that of the last day)",
    )
    add_hall(year)
    line = "derive a report again from the record, and name every figure that differs"
    verify = command(kinds, "verify", line, ".record_reading:verify_report")
    verify.add_argument(
        "file", metavar="FILE", type=Path, help="the .html or .xlsx of the report"
    )
    add_data(verify)
    add_archives(verify)
    for one in (day, year):
        one.add_argument(
            "--out",
            default=Path(),
            metavar="DIR",
            type=Path,
            help="folder to write into (the current one)",
        )


def add_rebuild(commands: Commands) -> None:
    """Add ``yihao rebuild``."""
    line = "gather from the record what reports of a year need, or go on with that"
    rebuild = command(commands, "rebuild", line, ".kept_figures:rebuild_kept")
    rebuild.add_argument(
        "--anew", action="store_true", help="from the beginning of the record"
    )
    add_data(rebuild)
    add_archives(rebuild)


# Accounts and devices.


def add_account(commands: Commands) -> None:
    """Add ``yihao account …``."""
    account = command(commands, "account", "look after the accounts of the staff")
    kinds = account.add_subparsers(metavar="WHAT", required=True)
    add = command(
        kinds,
        "add",
        "add an account and print a password for it",
        ".access_office:add_account",
    )
    add.add_argument("account", metavar="ACCOUNT")
    add.add_argument("--name", required=True, help="the person's name, for colleagues")
    add_role(add)
    add.add_argument("--hall", default="", help="the hall; empty: every hall")
    listed = command(kinds, "list", "list the accounts", ".access_office:list_accounts")
    role = command(
        kinds, "role", "give an account another role", ".access_office:change_role"
    )
    role.add_argument("account", metavar="ACCOUNT")
    add_role(role)
    password = command(
        kinds,
        "password",
        "print a new password for an account",
        ".access_office:change_password",
    )
    password.add_argument("account", metavar="ACCOUNT")
    disable = command(
        kinds,
        "disable",
        "shut an account out, at once and everywhere",
        ".access_office:disable_account",
    )
    disable.add_argument("account", metavar="ACCOUNT")
    disable.add_argument("--undo", action="store_true", help="let it in again")
    for secret in (add, password):
        add_password_source(secret)
    for one in (add, listed, role, password, disable):
        add_data(one)


def add_password_source(account: Parser) -> None:
    """Add where a new password comes from."""
    account.add_argument(
        "--password-stdin",
        action="store_true",
        help="read the password from standard input instead",
    )


def add_role(account: Parser) -> None:
    """Add the role of an account."""
    account.add_argument("role", metavar="ROLE", choices=ROLES, help=", ".join(ROLES))


def add_device(commands: Commands) -> None:
    """Add ``yihao device …``."""
    device = command(commands, "device", "look after kiosks, pads and signs")
    kinds = device.add_subparsers(metavar="WHAT", required=True)
    add = command(
        kinds,
        "add",
        "add a device and print its token, this once",
        ".access_office:add_device",
    )
    add.add_argument(
        "kind",
        metavar="KIND",
        choices=("kiosk", "pad", "sign"),
        help="kiosk, pad or sign",
    )
    add.add_argument(
        "place",
        metavar="PLACE",
        help="the window of a pad or sign, the spot of a kiosk",
    )
    listed = command(
        kinds, "list", "list a hall's devices", ".access_office:list_devices"
    )
    revoke = command(
        kinds,
        "revoke",
        "make a device's token worthless, at once",
        ".access_office:revoke_device",
    )
    revoke.add_argument("device", metavar="DEVICE")
    for one in (add, listed, revoke):
        one.add_argument("--hall", required=True, help="the hall")
        add_data(one)
