"""Taking identity numbers and mobile phones out of a text that stays.

A log, or a remark that goes into the record, is no place for them, whoever wrote them
there. Names cannot be told from other words; nothing of the house writes one to a log.
"""

from __future__ import annotations

import re


DATE = r"(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"

PERSONAL = re.compile(
    # An identity number of 18 signs: region, day of birth, order, check sign.
    rf"(?<![0-9])(?P<identity>[1-9][0-9]{{5}}{DATE}[0-9]{{3}}[0-9Xx])(?![0-9])"
    r"|(?<![0-9])(?:\+?86[ -]?)?"
    r"(?P<phone>1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4})(?![0-9])"
)


def redacted(text: str) -> str:
    """Return a text in which nothing looks like an identity number or a phone."""
    return PERSONAL.sub(_shortened, text)


def looks_personal(text: str) -> bool:
    """Tell whether something in a text looks like an identity number or a phone."""
    return PERSONAL.search(text) is not None


def _shortened(found: re.Match[str]) -> str:
    return "[identity number]" if found["identity"] else "[phone]"
