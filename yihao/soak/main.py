"""``yihao soak``: the drills, round after round, and a table in the end."""

from __future__ import annotations

import argparse
import secrets
import shlex
import signal
import sys
import time
from collections.abc import Iterator, Mapping

from .drills import DRILLS, POSTGRESQL, Drill
from .grounds import Grounds, grounds
from .rounds import Outcome, Plan, take, turns
from .table import line_of, table


def soak(options: argparse.Namespace) -> int:
    """Run the drills; 1 if anything did not hold."""
    plan = plan_of(options)
    print(f"seed {plan.seed}", flush=True)
    # What was begun is given back, as after Ctrl-C.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with grounds(options.data, options.database) as found:
            return drill_all(plan, found, where=where_of(options))
    finally:
        signal.signal(signal.SIGTERM, before)


def plan_of(options: argparse.Namespace) -> Plan:
    """Return what the options ask for."""
    seed = secrets.randbelow(10**6) if options.seed is None else options.seed
    rounds = options.rounds
    if rounds is None and options.hours is None:
        rounds = 1
    ends_at = None
    if options.hours is not None:
        ends_at = time.monotonic() + options.hours * 3600
    return Plan(tuple(options.drill), seed, rounds, ends_at)


def where_of(options: argparse.Namespace) -> str:
    """Return the options that say on which stores is drilled."""
    if options.data is not None:
        return f" --data {shlex.quote(str(options.data))}"
    # A connection string may hold a password: it is not written down.
    return " --database …" if options.database else ""


def drill_all(
    plan: Plan, found: Grounds, drills: Mapping[str, Drill] = DRILLS, where: str = ""
) -> int:
    """Run a plan, tell what comes of it, and return 1 if anything did not hold."""
    for line in left_out(plan, found, drills):
        print(line, file=sys.stderr)
    outcomes: list[Outcome] = []
    try:
        for turn in turns(plan, found, drills):
            outcome = take(turn, drills[turn.drill], found)
            outcomes.append(outcome)
            print(line_of(outcome), flush=True)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
    print("", *table(outcomes), sep="\n", flush=True)
    violated = [outcome for outcome in outcomes if outcome.violation]
    for outcome in violated:
        print("", *told(outcome, found, where), sep="\n", file=sys.stderr)
    return 1 if violated or not outcomes else 0


def left_out(plan: Plan, found: Grounds, drills: Mapping[str, Drill]) -> Iterator[str]:
    """Yield what is asked for and cannot be drilled here."""
    if found.missing:
        yield f"{POSTGRESQL} is left out: {found.missing}"
    for name in plan.drills:
        if not found.stores_for(drills[name]):
            stores = " or ".join(drills[name].stores)
            own = " that may be stopped" if drills[name].stops_the_server else ""
            yield f"{name} is left out: it needs {stores}{own}"


def told(outcome: Outcome, found: Grounds, where: str) -> Iterator[str]:
    """Yield what did not hold, where it has been kept, and how to repeat it."""
    turn = outcome.turn
    yield f"violated in round {turn.round}, {turn.drill} on {turn.store}:"
    yield f"  {outcome.violation}"
    yield f"  kept in {found.folder / turn.name}"
    yield f"  repeat: yihao soak --drill {turn.drill} --seed {turn.seed}{where}"
