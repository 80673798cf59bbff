"""Whoever has access to a house, as rows that both stores keep alike."""

from __future__ import annotations

from pathlib import Path

from queue_core.care.access_rows import AccessRows
from queue_core.care.places import Place


SOME: AccessRows = {
    "accounts": [
        ("Zhao", "赵六", "manager", "city", False, 5, "$argon2id$z"),
        ("li.na", "李娜", "clerk", "city", True, 17, "$argon2id$l"),
        ("王五", "王五", "inspector", "", False, 3, "$argon2id$w"),
    ],
    "sessions": [
        (b"\x00\xff" * 16, "Zhao", 100, 200),
        (b"\x80" * 32, "li.na", 300, 301),
    ],
    "devices": [
        ("kiosk-1", "kiosk", "city", "门口", 1, "Zhao", 0, b"\x01" * 32),
        ("pad-1", "pad", "city", "1", 2, "Zhao", 9, b"\x02" * 32),
    ],
    "failures": [("li.na", 3, 17), ("nobody", 1, 2)],
    "changes": [
        (9, "Zhao", "account-added", "li.na", "clerk"),
        (3, "Zhao", "role-changed", "li.na", ""),
        (9, "Zhao", "account-added", "li.na", "clerk"),
    ],
}
"""Names in an order that only the bytes have, and changes that the clock does not
order."""


def accounts_beside(record: Place) -> Place:
    """Return where a house with such a record keeps its accounts."""
    if isinstance(record, Path):
        return record.with_name("accounts.sqlite")
    return record
