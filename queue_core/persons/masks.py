"""What a screen may show of an identifier: some signs at both ends, stars between.

A rule is written ``keep 3 and 4``: the first three and the last four signs are shown.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .identifiers import Field


RULE = re.compile(r"keep ([0-9]) and ([0-9])")

STAR = "*"

FEWEST_HIDDEN: dict[Field, int] = {"identity": 4, "phone": 4, "name": 1}
"""So many signs are hidden at least, however short an identifier is."""


class Mask(NamedTuple):
    """How many signs are shown at the beginning and at the end."""

    first: int
    last: int


def parse_mask(rule: str) -> Mask:
    """Read a rule.

    Raises:
        ValueError: it is none.
    """
    match = RULE.fullmatch(rule)
    if match is None:
        raise ValueError(f"{rule!r} is no rule such as 'keep 3 and 4'")
    return Mask(int(match[1]), int(match[2]))


def masked(field: Field, text: str, mask: Mask) -> str:
    """Return an identifier as it may be shown.

    Of a short one less is shown than the rule says, the end first.
    """
    shown = max(0, len(text) - FEWEST_HIDDEN[field])
    first = min(mask.first, shown)
    last = min(mask.last, shown - first)
    hidden = STAR * (len(text) - first - last)
    return text[:first] + hidden + text[len(text) - last :]
