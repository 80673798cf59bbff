"""What identifies a person, as people type it: identity number, phone, name."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal


Field = Literal["identity", "phone", "name"]
"""身份证号, 手机号, 姓名."""

FIELDS: tuple[Field, ...] = ("identity", "phone", "name")

PHONE = re.compile(r"1[3-9][0-9]{9}")
COUNTRY = ("+86", "0086")


def plain_identity(text: str) -> str:
    """Return a number as it is compared: letters and digits only, in capitals."""
    return "".join(
        char.upper() for char in unicodedata.normalize("NFKC", text) if char.isalnum()
    )


def plain_phone(text: str) -> str:
    """Return a mobile phone's eleven digits; empty if it is none of this country.

    The country's prefix, spaces and dashes may stand in it.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    for prefix in COUNTRY:
        typed = typed.removeprefix(prefix)
    digits = re.sub(r"[ ‐‑–-]", "", typed)
    return digits if PHONE.fullmatch(digits) else ""


def plain_name(text: str) -> str:
    """Return a name without what surrounds it."""
    return " ".join(unicodedata.normalize("NFKC", text).split())
