"""The rules in a simulated hall reproduce what queueing theory knows exactly."""

from __future__ import annotations

import math
from heapq import heappop, heappush

import numpy as np
import pytest

from queue_core.values import (
    DayHours,
    HallRules,
    ItemRules,
    QueueRules,
    Skill,
    WindowRules,
)

from .hall import MINUTE, Hall


START = 10**9
ENDLESS = 10**15
CUSTOMERS = 8_000


def erlang_c(arrival_rate: float, service_rate: float, servers: int) -> float:
    """Return the mean wait of M/M/c (Erlang's C formula), in the rates' time unit."""
    load = arrival_rate / service_rate
    terms = sum(load**n / math.factorial(n) for n in range(servers))
    busy = load**servers / math.factorial(servers) * servers / (servers - load)
    return busy / (terms + busy) / (servers * service_rate - arrival_rate)


def cobham(rates: list[float], service_rate: float) -> list[float]:
    """Return the mean wait per class of M/M/1 under strict priority (Cobham 1954)."""
    residual = sum(rates) / service_rate**2
    waits, load = [], 0.0
    for rate in rates:
        before = load
        load += rate / service_rate
        waits.append(residual / ((1 - before) * (1 - load)))
    return waits


def simulate(
    servers: int,
    arrival_rate: float,
    service_rate: float,
    seed: int,
    *,
    green_share: float = 0.0,
    green_credit_seconds: int = 0,
) -> dict[str, float]:
    """Run the rules as the queue of ``servers`` windows; mean waits in minutes."""
    random = np.random.default_rng([7, seed])
    arrivals = np.cumsum(random.exponential(1 / arrival_rate, CUSTOMERS)).tolist()
    services = random.exponential(1 / service_rate, CUSTOMERS).tolist()
    green = (random.random(CUSTOMERS) < green_share).tolist()
    hall = an_endless_day(servers, green_credit_seconds)
    waits: dict[str, list[float]] = {"green": [], "ordinary": []}
    agenda: list[tuple[float, str]] = [(at, "") for at in arrivals]
    idle = [str(n) for n in range(servers)]
    while agenda:
        now, window = heappop(agenda)
        hall.at = START + round(now * MINUTE)
        if window:
            hall.serve(window)
            idle.append(window)
        else:
            is_green = green[hall.tickets]
            hall.take("i", ticket_class="green" if is_green else "ordinary")
        while idle and (called := hall.next(idle[-1])):
            number = int(called[1:]) - 1
            kind = "green" if green[number] else "ordinary"
            waits[kind].append(now - arrivals[number])
            heappush(agenda, (now + services[number], idle.pop()))
    warm = {kind: w[len(w) // 20 :] for kind, w in waits.items()}
    means = {kind: float(np.mean(w)) for kind, w in warm.items() if w}
    return {**means, "all": float(np.mean(warm["green"] + warm["ordinary"]))}


def an_endless_day(servers: int, green_credit_seconds: int) -> Hall:
    """Return an open day whose windows 0…c-1 all serve one queue."""
    windows = [str(n) for n in range(servers)]
    rules = HallRules(
        revision="theory",
        queues=[QueueRules(queue="Q", zone="z", letter="A", last_number=10**6)],
        windows=[
            WindowRules(window=window, zone="z", skills=[Skill(queue="Q")])
            for window in windows
        ],
        items=[ItemRules(item="i", queue="Q")],
        green_credit_seconds=green_credit_seconds,
    )
    hours = DayHours(
        doors_at=0,
        sessions=[],
        closing_soon_at=ENDLESS,
        cut_off_at=ENDLESS,
        closes_at=ENDLESS,
        ends_at=ENDLESS,
    )
    return Hall(rules, windows=windows, hours=hours)


@pytest.mark.parametrize(
    ("servers", "arrival_rate", "service_rate"), [(1, 0.07, 0.1), (8, 0.68, 0.1)]
)
def test_one_pool_of_windows_waits_as_erlang_says(
    servers: int, arrival_rate: float, service_rate: float
) -> None:
    expected = erlang_c(arrival_rate, service_rate, servers)

    runs = [simulate(servers, arrival_rate, service_rate, s)["all"] for s in range(4)]

    assert np.mean(runs) == pytest.approx(expected, rel=0.15)


def test_boundless_credit_waits_as_cobham_says_of_priorities() -> None:
    green_rate, ordinary_rate, service_rate = 0.02, 0.05, 0.1
    expected = cobham([green_rate, ordinary_rate], service_rate)

    runs = [
        simulate(
            1,
            green_rate + ordinary_rate,
            service_rate,
            seed,
            green_share=green_rate / (green_rate + ordinary_rate),
            green_credit_seconds=10**8,
        )
        for seed in range(4)
    ]

    assert np.mean([r["green"] for r in runs]) == pytest.approx(expected[0], rel=0.15)
    assert np.mean([r["ordinary"] for r in runs]) == pytest.approx(
        expected[1], rel=0.15
    )
