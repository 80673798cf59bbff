"""Taking identity numbers and mobile phones out of a text that stays.

A log, or a remark that goes into the record, is no place for them, whoever wrote them
there. Names cannot be told from other words; nothing of the house writes one to a log.
"""

from __future__ import annotations

import re


DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"

PERSONAL = re.compile(
    # An identity number: region, day of birth, order and check sign; until 1999 the
    # year had two digits and there was no check sign.
    rf"(?<![0-9])[1-9][0-9]{{5}}(?:18|19|20)[0-9]{{2}}{DAY}[0-9]{{3}}[0-9Xx](?![0-9])"
    rf"|(?<![0-9])[1-9][0-9]{{7}}{DAY}[0-9]{{3}}(?![0-9])"
    r"|(?<![0-9])(?:\+?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])"
)

HIDDEN = "***"
"""It stands for the number in any language: remarks are read by citizens, too."""


def redacted(text: str) -> str:
    """Return a text in which nothing looks like an identity number or a phone."""
    return PERSONAL.sub(HIDDEN, text)


def looks_personal(text: str) -> bool:
    """Tell whether something in a text looks like an identity number or a phone."""
    return PERSONAL.search(text) is not None
