"""The shared vectors of the live link, read from their JSON files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


FOLDER = Path(__file__).parent


def vectors(name: str) -> list[dict[str, Any]]:
    """Return the vectors of one file: ``reduce`` or ``protocol``."""
    text = (FOLDER / f"{name}.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)
    return found
