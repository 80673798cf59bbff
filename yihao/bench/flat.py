"""The cost of a call, however many wait; and of a command, however old the hall is."""

from __future__ import annotations

import asyncio
from pathlib import Path
from statistics import median

from queue_core.desk import HallDesk
from queue_core.log.sqlite_log import SqliteLog

from .callers import Company
from .city_hall import CityHall
from .crowded_hall import CrowdedHall
from .old_log import write_old_log
from .plan import Run
from .rounds import Spent, spent
from .rows import Goal, Row, compared


WAITING_GOAL = Goal("ratio", "at most", 1.2)
HISTORY_GOAL = Goal("ratio", "at most", 1.1)


def measure(run: Run) -> list[Row]:
    """Measure lines of three lengths, and two halls of different age."""
    return [*waiting_rows(run), *history_rows(run)]


# However many wait.


def waiting_rows(run: Run) -> list[Row]:
    """Call in three halls in turn, where few, many and very many wait."""
    hall = CityHall(run.folder / "city")
    halls = [CrowdedHall(hall, waiting) for waiting in run.sizes.waiting]
    rounds: list[list[float]] = []
    for n in range(run.sizes.rounds):
        run.tell(n, 2 * run.sizes.rounds)
        taken: list[list[float]] = [[] for _ in halls]
        for _ in range(run.sizes.calls):
            for place, crowded in enumerate(halls):
                taken[place].append(crowded.call_once())
        rounds.append([median(times) * 1e6 for times in taken])
    few = halls[0].waiting
    return [
        compared(
            "flat",
            f"call-next with {crowded.waiting:,} waiting, p50",
            [(times[place], times[0]) for times in rounds],
            "µs",
            f"the same with {few:,} waiting",
            goal=WAITING_GOAL,
            note="decide and evolve; 64 windows, 21 queues, as many come as are called",
        )
        for place, crowded in enumerate(halls)
        if place
    ]


# However old the hall is.


def history_rows(run: Run) -> list[Row]:
    """Let the same callers work at a desk of a new hall and at one of an old hall."""
    hall = CityHall(run.folder / "city")
    old = run.folder / "old.sqlite"
    rows = write_old_log(hall, old, run.sizes.history_days)
    pairs = asyncio.run(at_both(run, hall, run.folder / "new.sqlite", old))
    about = f"{rows:,} events of {run.sizes.history_days} days in the log"
    against = "the same at a desk of a new hall"
    return [
        compared(
            "flat",
            "64 callers, hall with a year of history",
            [(o.seconds * 1e6, n.seconds * 1e6) for o, n in pairs],
            "µs/command",
            against,
            goal=HISTORY_GOAL,
            note=about,
        ),
        compared(
            "flat",
            "64 callers, CPU of a command there",
            [(o.cpu_seconds * 1e6, n.cpu_seconds * 1e6) for o, n in pairs],
            "µs",
            against,
            goal=HISTORY_GOAL,
            note=about,
        ),
    ]


async def at_both(
    run: Run, hall: CityHall, new: Path, old: Path
) -> list[tuple[Spent, Spent]]:
    """Return what a command took at the old hall and at the new one, by round."""
    desks: list[tuple[HallDesk, Company]] = []
    logs = [SqliteLog(new), SqliteLog(old)]
    for log in logs:
        desk = HallDesk(hall.hall, log)
        await desk.start()
        company = Company(hall, run.sizes.callers)
        await company.open(desk)
        desks.append((desk, company))
    pairs: list[tuple[Spent, Spent]] = []
    for n in range(run.sizes.rounds):
        run.tell(run.sizes.rounds + n, 2 * run.sizes.rounds)
        taken = [await one_command(run, desk, company) for desk, company in desks]
        pairs.append((taken[1], taken[0]))
    for desk, _ in desks:
        await desk.stop()
    for log in logs:
        log.close()
    return pairs


async def one_command(run: Run, desk: HallDesk, company: Company) -> Spent:
    """Let the callers work for a round; return what one command took."""
    with spent() as taken:
        answered = await company.work(desk, run.sizes.desk_commands)
    return Spent(taken.seconds / answered, taken.cpu_seconds / answered)
