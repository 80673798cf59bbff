"""How often one address may take a number."""

from __future__ import annotations

import pytest

from queue_core.interface.pacing import Pacing
from queue_core.interface.refusals import TooManyRequests


class Stopwatch:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_an_address_that_has_used_its_purse_is_told_how_long_to_wait() -> None:
    pacing = Pacing(Stopwatch(), burst=2, per_second=0.1)
    pacing.take("192.0.2.1")
    pacing.take("192.0.2.1")

    with pytest.raises(TooManyRequests) as refusal:
        pacing.take("192.0.2.1")

    assert refusal.value.retry_after_seconds == 10


def test_a_purse_fills_up_again_but_never_above_its_size() -> None:
    watch = Stopwatch()
    pacing = Pacing(watch, burst=2, per_second=1)
    pacing.take("192.0.2.1")
    watch.seconds += 3600

    pacing.take("192.0.2.1")
    pacing.take("192.0.2.1")

    with pytest.raises(TooManyRequests):
        pacing.take("192.0.2.1")


def test_one_address_does_not_empty_the_purse_of_another() -> None:
    pacing = Pacing(Stopwatch(), burst=1, per_second=1)
    pacing.take("192.0.2.1")

    pacing.take("192.0.2.2")

    with pytest.raises(TooManyRequests):
        pacing.take("192.0.2.1")


def test_only_so_many_addresses_are_remembered() -> None:
    pacing = Pacing(Stopwatch(), burst=1, per_second=1, names_limit=2)
    for name in ("a", "b", "c"):
        pacing.take(name)

    pacing.take("a")

    with pytest.raises(TooManyRequests):
        pacing.take("c")


def test_what_is_given_back_may_be_taken_again() -> None:
    pacing = Pacing(Stopwatch(), burst=1, per_second=1)
    pacing.take("li.na")

    pacing.give_back("li.na")

    pacing.take("li.na")
