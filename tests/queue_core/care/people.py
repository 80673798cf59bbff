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
    "notes": [
        ("0a", 9, "Zhao", "account-added", "li.na", "city", "", "clerk", 1, 9),
        ("Zz", 3, "anyone", "refused", "", "", "10.0.0.1", "take_number", 40, 1),
        ("b1", 9, "Zhao", "role-changed", "li.na", "city", "10.0.0.2", "", 1, 9),
    ],
    "wishes": [("K7Q2", "kiosk", 7, "10.0.0.3", b"\x03" * 32)],
    "second_factors": [("Zhao", b"\x00sealed\xff", 5, 59_000_000, "9f\n8e")],
}
"""Names in an order that only the bytes have."""


def accounts_beside(record: Place) -> Place:
    """Return where a house with such a record keeps its accounts."""
    if isinstance(record, Path):
        return record.with_name("accounts.sqlite")
    return record
