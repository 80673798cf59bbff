"""The link's fan-out: one frame to every board, and one to each of thousands of phones.

The rival is a loop of ``send`` over as many plain sockets, with messages of the same
size: no server that sends one message to each of its sockets can do less. Both write
to the same kind of reader, in turn. CPU time is that of the thread that sends.
"""

from __future__ import annotations

from . import live_links
from .live_stage import Sent, Stage, stage, within_files
from .plan import Run
from .rows import Goal, Row, compared, measured


FAN_OUT_GOAL = Goal("ratio", "at least", 0.6)
LAST_PHONE_GOAL = Goal("ratio", "at most", 1.4)
FIRST_GOAL = Goal("figure", "at most", 5)

RAW = "raw loop of send, same size"
COMMITS = 3
"""A visit is three commits that boards show: called, here, off the board."""
BOARDS, SIGNS = 10, 10
"""Screens in the hall beside the phones."""

Pairs = list[tuple[float, float]]


def measure(run: Run) -> list[Row]:
    """Measure connections, boards by the CPU time of a frame, and the last phone."""
    rounds = run.sizes.rounds
    steps = 3 + rounds * 4
    visits = (1 + len(run.sizes.live_boards)) * rounds * run.sizes.live_calls
    waiting = run.sizes.live_phones + visits + live_links.WAITING
    with stage(run, waiting) as opened:
        rows = [live_links.memory(run, opened)]
        run.tell(1, steps)
        rows.append(live_links.reconnects(run, opened))
        for n, wanted in enumerate(run.sizes.live_boards, start=1):
            run.tell(1 + n * rounds, steps)
            rows.append(fan_out(run, opened, within_files(run, opened, wanted)))
        run.tell(1 + 3 * rounds, steps)
        wanted = within_files(run, opened, run.sizes.live_phones)
        rows += phones(run, opened, wanted)
        opened.clear()
        run.tell(1 + 4 * rounds, steps)
        rows += live_links.sizes(opened)
        run.tell(2 + 4 * rounds, steps)
        rows += live_links.stalled(run, opened)
    return rows


# Boards.


def fan_out(run: Run, stage: Stage, count: int) -> Row:
    """Let so many screens follow one board, and call."""
    stage.follow(stage.many, ["board/city"] * count)
    stage.listen(count)
    pairs: Pairs = []
    for _ in range(run.sizes.rounds):
        own, raw = 0.0, 0.0
        frames = run.sizes.live_calls * COMMITS * count
        for _ in range(run.sizes.live_calls):
            cpu, size = visit(stage, count)
            own += cpu
            raw += sum(stage.send_raw(count, size).cpu_seconds for _ in range(COMMITS))
        pairs.append((frames / own, frames / raw))
    stage.clear()
    return compared(
        "live",
        f"one frame to {count:,} boards",
        pairs,
        "frames a CPU second",
        RAW,
        goal=FAN_OUT_GOAL,
        note="the link's thread: a commit folded, its delta made once, written to all",
    )


def visit(stage: Stage, count: int) -> tuple[float, int]:
    """Call and serve one citizen; return the link's CPU time, and a frame's size."""
    stage.many.ask("mark", frames=COMMITS * count)
    before = stage.hall.ask("link_cpu")
    stage.hall.ask("call")
    stage.hall.ask("serve")
    came = stage.many.ask("wait")
    cpu = stage.hall.ask("link_cpu") - before
    return cpu, came["bytes"] // (COMMITS * count)


# Phones.


def phones(run: Run, stage: Stage, count: int) -> list[Row]:
    """Let so many wait in one line with their phones, and call the first ones.

    After every call the rival has its turn.
    """
    stage.follow(stage.many, [f"ticket/{ticket}" for ticket in stage.tickets[-count:]])
    stage.listen(count)
    sign = f"window/city/{stage.window}"
    stage.follow(stage.few, ["board/city"] * BOARDS + [sign] * SIGNS)
    last: Pairs = []
    cpu: Pairs = []
    first: list[float] = []
    for _ in range(run.sizes.rounds * run.sizes.live_calls):
        own, screen, size = call(stage, count)
        raw = stage.send_raw(count, size)
        last.append((own.last_seconds * 1000, raw.last_seconds * 1000))
        cpu.append(
            (own.cpu_seconds / count * 1e6, raw.cpu_seconds / count * 1e6),
        )
        first.append(screen * 1000)
    return rows_of_phones(count, last, cpu, first)


def call(stage: Stage, count: int) -> tuple[Sent, float, int]:
    """Call one citizen, for whom all others move up.

    Return what the phones took, the seconds until the last board and sign knew, and
    the size of a phone's frame.
    """
    stage.many.ask("mark", frames=count)
    stage.few.ask("mark", frames=BOARDS + SIGNS)
    before = stage.hall.ask("link_cpu")
    committed = stage.hall.ask("call")["committed"]
    came, shown = stage.many.ask("wait"), stage.few.ask("wait")
    cpu = stage.hall.ask("link_cpu") - before
    stage.hall.ask("serve")
    sent = Sent(cpu, (came["last"] - committed) / 1e9)
    return sent, (shown["last"] - committed) / 1e9, came["bytes"] // count


def rows_of_phones(
    count: int, last: Pairs, cpu: Pairs, first: list[float]
) -> list[Row]:
    """Return the rows of a call that moves all phones up."""
    return [
        compared(
            "live",
            f"call: the last of {count:,} phones knows",
            last,
            "ms",
            RAW,
            goal=LAST_PHONE_GOAL,
            note="each phone has a topic and a frame of its own; since the commit",
        ),
        compared("live", f"call: CPU of one of {count:,} phones", cpu, "µs", RAW),
        measured(
            "live",
            "call: the last board and sign know",
            first,
            "ms",
            goal=FIRST_GOAL,
            note=f"{BOARDS} boards and {SIGNS} signs, and phones; since the commit",
        ),
    ]
