"""HTTP: a served house beside a bare aiohttp handler, driven by the same client.

Both servers run in processes of their own and in turn, and get the same requests but
for the address. The requests are made beforehand, so the client uses less of its core
than either server of its own; its share is told for both, so that a reader sees that
it is not the limit for only one of them. Whoever asks from the machine itself is not
paced by the house, so nothing has to be switched off in it.
"""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from typing import Any, NamedTuple

from .bare_child import PATH
from .children import Child, child
from .city_hall import CityHall
from .http_client import Asked, Connection, Told, ask_all, json_of
from .plan import Run
from .rows import Goal, Row, compared, measured
from .served_house import ServedHouse, served_house


RATE_GOAL = Goal("ratio", "at least", 0.5)
P99_GOAL = Goal("figure", "at most", 30)

BARE = "bare aiohttp handler: request.json, json_response of the same size"
KINDS = ("phone", "clerks", "kiosk")


class Timed(NamedTuple):
    """What one server did in one round."""

    told: Told
    cpu_seconds: float

    @property
    def microseconds(self) -> float:
        """Return the server's CPU time for a request."""
        return self.cpu_seconds / self.told.requests * 1e6


class Served(NamedTuple):
    """One kind of work in one round, and the bare handler's beside it."""

    house: Timed
    bare: Timed


def measure(run: Run) -> list[Row]:
    """Measure numbers by phone, the clerks' commands, and numbers at a kiosk."""
    hall = CityHall(run.folder / "city")
    rounds: dict[str, list[Served]] = {kind: [] for kind in KINDS}
    with ExitStack() as closing:
        house = closing.enter_context(
            served_house(hall, run.folder / "http", run.sizes.callers)
        )
        bare = {
            kind: closing.enter_context(
                child("bare_child", {"answer": answer}, run.folder / f"bare-{kind}.log")
            )
            for kind, answer in asyncio.run(sample_answers(house)).items()
        }
        for n in range(run.sizes.rounds):
            for place, kind in enumerate(KINDS):
                run.tell(len(KINDS) * n + place, len(KINDS) * run.sizes.rounds)
                rounds[kind].append(one_round(run, house, bare[kind], kind))
    return [
        *rows_of("POST tickets by phone", "tickets", rounds["phone"]),
        *rows_of("clerk: call-next, start, complete", "call-next", rounds["clerks"]),
        *kiosk_rows(rounds["kiosk"]),
    ]


async def sample_answers(house: ServedHouse) -> dict[str, dict[str, Any]]:
    """Let every window serve somebody; return an answer to each kind of request."""
    loop = asyncio.get_running_loop()
    transport, connection = await loop.create_connection(
        Connection, "127.0.0.1", house.port
    )
    answers: dict[str, dict[str, Any]] = {}
    for window in house.windows:
        answers["phone"] = json_of(await connection.ask(house.number(window).raw))
        for asked in house.serving(window):
            answer = json_of(await connection.ask(asked.raw))
            if asked.kind == "call-next":
                answers["clerks"] = answer
    # The slip of a kiosk's number is the house's own work; the bare handler has none.
    answers["kiosk"] = answers["phone"]
    transport.close()
    return answers


def one_round(run: Run, house: ServedHouse, bare: Child, kind: str) -> Served:
    """Ask the bare handler and then the house for the same number of answers."""
    each = max(1, run.sizes.http_requests // len(house.windows))
    if kind == "clerks":
        # Whoever is to be called must have taken a number before.
        asyncio.run(ask_all(house.port, scripts(house, max(1, each // 3), "phone")))
    made = scripts(house, each, kind)
    elsewhere = [[at_bare(asked) for asked in script] for script in made]
    answered = timed(bare, elsewhere)
    return Served(timed(house.server, made), answered)


def scripts(house: ServedHouse, each: int, kind: str) -> list[list[Asked]]:
    """Return what every connection asks, about ``each`` requests of a kind."""
    if kind == "clerks":
        visits = range(max(1, each // 3))
        return [
            [asked for _ in visits for asked in house.serving(window)]
            for window in house.windows
        ]
    kiosk = kind == "kiosk"
    return [
        [house.number(window, kiosk=kiosk) for _ in range(each)]
        for window in house.windows
    ]


def at_bare(asked: Asked) -> Asked:
    """Return the same request at the bare handler's address."""
    _, _, rest = asked.raw.partition(b"\r\n")
    return Asked(asked.kind, f"POST {PATH} HTTP/1.1\r\n".encode() + rest)


def timed(server: Child, made: list[list[Asked]]) -> Timed:
    """Let the client ask a server; return what it told and what it used."""
    before = server.used()
    told = asyncio.run(ask_all(server.ready["port"], made))
    return Timed(told, server.used().cpu_seconds - before.cpu_seconds)


# Rows.


def rows_of(name: str, kind: str, rounds: list[Served]) -> list[Row]:
    """Return the rows of one kind of work."""
    return [
        compared(
            "http",
            f"{name}, 64 connections",
            [(one.house.told.per_second, one.bare.told.per_second) for one in rounds],
            "requests/s",
            BARE,
            goal=RATE_GOAL,
            note=client_note(rounds),
        ),
        compared(
            "http",
            f"{kind}, p50",
            times(rounds, kind, 0.5),
            "ms",
            "the same of the bare handler",
        ),
        compared(
            "http",
            f"{kind}, p99",
            times(rounds, kind, 0.99),
            "ms",
            "the same of the bare handler",
            goal=P99_GOAL,
        ),
        cpu_row(name, rounds),
    ]


def times(rounds: list[Served], kind: str, part: float) -> list[tuple[float, float]]:
    """Return within how many milliseconds a part of the answers came, by round."""
    return [
        (
            one.house.told.milliseconds(kind, part),
            one.bare.told.milliseconds(kind, part),
        )
        for one in rounds
    ]


def cpu_row(name: str, rounds: list[Served]) -> Row:
    """Return the row of what a request costs the server."""
    return compared(
        "http",
        f"{name}, CPU of a request",
        [(one.house.microseconds, one.bare.microseconds) for one in rounds],
        "µs",
        "the same of the bare handler",
        note="of the whole server: link, log and disk included",
    )


def kiosk_rows(rounds: list[Served]) -> list[Row]:
    """Return the rows of numbers with a slip."""
    return [
        measured(
            "http",
            "POST tickets at kiosks, slip as text",
            [one.house.told.per_second for one in rounds],
            "requests/s",
        ),
        cpu_row("POST tickets at kiosks", rounds),
    ]


def client_note(rounds: list[Served]) -> str:
    """Say how much of its core the client used, beside either server."""
    house = max(one.house.told.client_share for one in rounds)
    bare = max(one.bare.told.client_share for one in rounds)
    return (
        f"the client uses at most {house:.0%} of a core with the house, "
        f"{bare:.0%} with the bare handler"
    )
