"""The profiles that come with the house."""

from __future__ import annotations

from pathlib import Path


HALLS = Path(__file__).parent / "halls"


def shipped_profiles() -> list[str]:
    """Return the names of the shipped profiles."""
    return sorted(path.parent.name for path in HALLS.glob("*/hall.toml"))


def shipped_profile_dir(name: str) -> Path:
    """Return the folder of a shipped profile: ``city`` or ``township``.

    Raises:
        KeyError: there is no profile of that name.
    """
    if name not in shipped_profiles():
        raise KeyError(name)
    return HALLS / name
