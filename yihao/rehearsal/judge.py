"""The referee: holds what the clients saw against the dispatch page of the hall.

He knows the published rules and what was answered and shown, nothing else, and shares
no code with the rules of the house. ``P1`` to ``P18`` are the page's properties. Where
the order of two things cannot be known from outside, he gives the benefit of the doubt.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from .judge_marks import board_faults, key_faults, number_faults
from .judge_order import OrderReferee
from .violations import Violation
from .witness import Witness


class Judgement(NamedTuple):
    """What the referee found."""

    violations: list[Violation]
    calls_checked: int
    """Calls that were held against everybody who certainly stood in line."""


def judge(witness: Witness, hall: dict[str, Any]) -> Judgement:
    """Return every rule that was broken in what was seen.

    ``hall`` is the answer of ``GET /api/halls/{hall}``.
    """
    found = [Violation("versions", text) for text in witness.backward]
    found += number_faults(witness)
    found += key_faults(witness, hall)
    found += board_faults(witness)
    referee = OrderReferee(witness, hall)
    found += referee.faults()
    found.sort(key=lambda v: (v.version, v.rule))
    return Judgement(found, referee.checked)
