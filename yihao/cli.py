"""The command line: every command with its options and one honest line.

Nothing heavy is imported before a command is known: ``yihao --help`` answers at once.
"""

from __future__ import annotations

import argparse
import errno
import importlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence

from . import __version__
from .cli_bench import add_bench
from .cli_care import add_care
from .cli_office import (
    add_account,
    add_device,
    add_profile,
    add_rebuild,
    add_report,
    add_ticket,
)
from .cli_options import Parser
from .cli_persons import add_erase
from .cli_serving import add_demo, add_rehearse, add_serve
from .cli_trials import add_card_reader, add_led_bar, add_soak


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 failed, 2 not understood.

    What the house refuses or cannot do is told in one sentence on standard error.
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    options = parser(given[:1]).parse_args(given)
    module, _, name = options.run.partition(":")
    run: Callable[[argparse.Namespace], int] = getattr(
        importlib.import_module(module, __package__), name
    )
    # Known only now, so that --help does not import them.
    from queue_core.errors import YihaoError  # noqa: PLC0415

    try:
        return run(options)
    except BrokenPipeError:
        # Whoever read our lines has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        hint = "; choose another with --port" if taken else ""
        print(f"yihao: {error}{hint}", file=sys.stderr)
        return 1
    except YihaoError as error:
        print(f"yihao: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def parser(first: Sequence[str] = ()) -> Parser:
    """Return the whole command line; ``first`` is the command that will be read."""
    top = Parser(
        prog="yihao",
        description="Yihao 一号: the software at the front of a service hall.",
        usage="yihao [-h] [--version] COMMAND …",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"yihao {__version__}")
    commands = top.add_subparsers(
        prog="yihao", metavar="COMMAND", required=True, help=argparse.SUPPRESS
    )
    add_serve(commands)
    add_demo(commands)
    add_rehearse(commands, with_options="rehearse" in first)
    add_soak(commands)
    add_card_reader(commands)
    add_led_bar(commands)
    add_bench(commands)
    add_profile(commands)
    add_ticket(commands)
    add_report(commands)
    add_rebuild(commands)
    add_account(commands)
    add_device(commands)
    add_care(commands)
    add_erase(commands)
    lines = [f"  {name:<18}{line}" for name, line in leaves(top)]
    top.epilog = "\n".join(["commands:", *lines])
    return top


def leaves(parent: Parser, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield (command, help line) of everything that may be run."""
    for action in parent._actions:
        if isinstance(action, argparse._SubParsersAction):
            lines = {choice.dest: choice.help for choice in action._choices_actions}
            for name, child in action.choices.items():
                if child.get_default("run"):
                    yield f"{before}{name}", str(lines[name])
                else:
                    yield from leaves(child, f"{before}{name} ")
