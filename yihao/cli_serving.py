"""The commands that serve and play: serve, demo, rehearse."""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path

from .cli_options import (
    DATA,
    DEMO_DATA,
    LINK_PORT,
    PORT,
    Commands,
    Parser,
    add_archives,
    add_database,
    add_key,
    add_signing_key,
    clock_time,
    command,
    link_address,
    network,
    port,
    speed,
    web_address,
)
from .cli_persons import add_persons


def add_serve(commands: Commands) -> None:
    """Add ``yihao serve``."""
    line = "serve one hall or several until stopped"
    serve = command(commands, "serve", line, ".running:serve")
    serve.add_argument(
        "--hall",
        action="append",
        required=True,
        metavar="PROFILE",
        help="a shipped profile (city, township) or a profile folder; repeatable",
    )
    serve.add_argument(
        "--data",
        default=DATA,
        metavar="DIR",
        type=Path,
        help=f"folder of the record and the accounts ({DATA})",
    )
    add_database(serve)
    add_key(serve)
    add_signing_key(serve)
    add_archives(serve)
    serve.add_argument("--host", default="127.0.0.1", help="address to listen at")
    serve.add_argument("--port", default=PORT, type=port, help=f"HTTP port ({PORT})")
    serve.add_argument(
        "--link-port",
        default=LINK_PORT,
        type=port,
        help=f"port of the live link ({LINK_PORT})",
    )
    add_clock(serve)
    add_addresses(serve)
    add_push(serve)
    add_printers(serve)
    add_voice(serve)
    add_leds(serve)
    add_persons(serve)
    add_sign_on(serve)
    add_paces(serve)
    serve.add_argument(
        "--json-logs", action="store_true", help="write logs as JSON, one object a line"
    )


def add_paces(serve: Parser) -> None:
    """Add how often somebody may ask."""
    serve.add_argument(
        "--pace",
        action="append",
        default=[],
        metavar="KIND=BURST/SECOND",
        help="how often one may ask: numbers and looks of an address, device, staff, "
        "subject, such as numbers=120/2; repeatable",
    )


def add_sign_on(serve: Parser) -> None:
    """Add where staff sign in who have one account for all (OpenID Connect)."""
    serve.add_argument(
        "--oidc-issuer",
        default="",
        metavar="URL",
        help="provider of unified sign-on; staff sign in there if they have an account "
        "here, and /sign-in is where it sends them back to",
    )
    serve.add_argument(
        "--oidc-client-id", default="", metavar="NAME", help="who the house is there"
    )
    serve.add_argument(
        "--oidc-client-secret-file",
        default=None,
        metavar="FILE",
        type=Path,
        help="file that holds the house's secret there",
    )
    serve.add_argument(
        "--oidc-claim",
        default="preferred_username",
        metavar="CLAIM",
        help="what of the token is the name of the account (preferred_username)",
    )


def add_voice(serve: Parser) -> None:
    """Add where spoken clips are kept."""
    serve.add_argument(
        "--voice",
        default=None,
        metavar="DIR",
        type=Path,
        help="clips of announcements for screens without a voice (voice in --data); "
        "made there by espeak-ng if yihao[voice] is installed",
    )


def add_printers(serve: Parser) -> None:
    """Add where slips are printed."""
    serve.add_argument(
        "--printer",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="slip printer, tcp://HOST:PORT or file:FOLDER; "
        "PLACE=ADDRESS for one kiosk only, window/3=ADDRESS for what "
        "citizens must bring, at window 3; repeatable",
    )


def add_leds(serve: Parser) -> None:
    """Add where LED bars hang."""
    serve.add_argument(
        "--led",
        action="append",
        default=[],
        metavar="BAR",
        help="LED bar over a window, WINDOW=HOST:PORT:CHARACTERS such as "
        "3=10.0.0.30:5005:12; HALL/WINDOW=… where there are several halls; repeatable",
    )


def add_push(serve: Parser) -> None:
    """Add how phones are told whose page is asleep."""
    serve.add_argument(
        "--push-contact",
        default="",
        metavar="mailto:ADDRESS",
        type=contact,
        help="tell phones by Web Push, and tell their services this address",
    )
    serve.add_argument(
        "--push-service",
        action="append",
        default=[],
        metavar="NAME",
        help="another push service that browsers here may name; repeatable",
    )


CONTACTS = ("mailto:", "https://")


def contact(text: str) -> str:
    """Read an address to which a person can be written."""
    if text and (not text.startswith(CONTACTS) or text != text.strip()):
        raise ArgumentTypeError("must begin with mailto: or https://")
    return text


def add_addresses(serve: Parser) -> None:
    """Add where the house is reached from outside, behind a proxy for example."""
    serve.add_argument(
        "--public-address",
        default="",
        metavar="URL",
        type=web_address,
        help="where phones reach the pages, if not at the port",
    )
    serve.add_argument(
        "--link-address",
        default="",
        metavar="URL",
        type=link_address,
        help="where screens reach the live link, if not at its port: ws://…, wss://…, "
        "or a path such as /link at whatever address they reach the pages",
    )
    serve.add_argument(
        "--origin",
        action="append",
        default=[],
        metavar="URL",
        help="another origin whose pages may open the live link",
    )
    serve.add_argument(
        "--trusted-proxy",
        action="append",
        default=[],
        metavar="NETWORK",
        type=network,
        help="a proxy on another machine that is believed for whom it asks, such as "
        "10.1.0.5 or 10.1.0.0/24; repeatable",
    )


def add_clock(serve: Parser) -> None:
    """Add the options of the hall's clock."""
    serve.add_argument(
        "--speed",
        type=speed,
        default=None,
        help="how fast the hall's clock runs; 1 is real time",
    )
    serve.add_argument(
        "--clock",
        metavar="HH:MM",
        type=clock_time,
        default=None,
        help="the hall's time of day at the start, instead of now",
    )


def add_demo(commands: Commands) -> None:
    """Add ``yihao demo``."""
    line = "serve a demo hall with a rehearsed day in it"
    demo = command(commands, "demo", line, ".demo:demo")
    demo.add_argument(
        "--hall",
        default="city",
        metavar="PROFILE",
        help="a shipped profile or a profile folder (city)",
    )
    demo.add_argument(
        "--no-rehearsal",
        action="store_true",
        help="no invented day; an empty hall in real time",
    )
    demo.add_argument("--host", default="127.0.0.1", help="address to listen at")
    demo.add_argument("--port", default=PORT, type=port, help=f"HTTP port ({PORT})")
    demo.add_argument(
        "--data",
        default=DEMO_DATA,
        metavar="DIR",
        type=Path,
        help=f"folder that keeps the demo's record ({DEMO_DATA})",
    )
    add_clock(demo)


def add_rehearse(commands: Commands, *, with_options: bool) -> None:
    """Add ``yihao rehearse``; its options stand beside its code."""
    line = "play a day against a running server and judge what was seen"
    rehearse = command(commands, "rehearse", line, ".running:rehearse")
    if with_options:
        from .rehearsal.options import add_arguments  # noqa: PLC0415

        add_arguments(rehearse)
