"""Which positions a desk knows: nothing twice, nothing left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from queue_core.desk.known import MOST_RANGES, Known


writers = st.lists(st.tuples(st.booleans(), st.integers(1, 4)), max_size=40)
"""Who writes next, oneself or another, and how many positions."""


@given(writers, st.sets(st.integers(0, 39)))
def test_what_one_wrote_oneself_is_known_and_the_rest_is_not_until_it_is_read(
    written: list[tuple[bool, int]], reads: set[int]
) -> None:
    known, own, last, upto = Known(), set[int](), 0, 0
    for n, (is_own, count) in enumerate(written):
        first, last = last + 1, last + count
        known.hear(last)
        if is_own:
            known.add(first, last)
            own |= set(range(first, last + 1))
        if n in reads:
            known.reach(last)
            upto = last

        model = {p for p in range(1, last + 2) if p <= upto or p in own}

        assert {p for p in range(1, last + 2) if p in known} == model
        assert known.upto == max(upto, known.upto)
        assert set(range(1, known.upto + 1)) <= model


@given(writers)
def test_one_is_behind_exactly_when_another_was_heard_and_not_read(
    written: list[tuple[bool, int]],
) -> None:
    known, last = Known(), 0
    for is_own, count in written:
        first, last = last + 1, last + count
        known.hear(last)
        if is_own:
            known.add(first, last)

    behind = known.is_behind()
    known.reach(last)

    assert behind == any(not is_own for is_own, _ in written)
    assert not known.is_behind()
    assert known.upto == last


def test_ones_own_commit_may_be_heard_of_before_its_answer_comes() -> None:
    known = Known()

    known.hear(3)
    before = known.is_behind()
    known.add(1, 3)

    assert before
    assert not known.is_behind()


def test_a_late_word_of_what_was_read_long_ago_means_nothing() -> None:
    known = Known()
    known.reach(10)

    known.hear(7)

    assert not known.is_behind()


def test_with_many_gaps_it_is_time_to_look_even_if_nothing_was_heard() -> None:
    known = Known()
    for n in range(MOST_RANGES):
        known.add(2 * n + 2, 2 * n + 2)
    before = known.is_behind()

    known.add(2 * MOST_RANGES + 2, 2 * MOST_RANGES + 2)

    assert not before
    assert known.is_behind()
    known.reach(2 * MOST_RANGES + 1)
    assert known.upto == 2 * MOST_RANGES + 2
