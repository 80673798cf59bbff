"""Profile folders that are spoilt, as no office would write them."""

from __future__ import annotations

import random
from pathlib import Path

from queue_core.profiles.catalog import shipped_profile_dir
from queue_core.profiles.reading import ProfileFaults, read_profile

from . import texts


FILES = ("hall.toml", "items.csv")

LINES = (
    "a" + ".a" * 2_000 + " = 1",
    "x = " + "[" * 2_000 + "]" * 2_000,
    "x = " + "{a=" * 300 + "1" + "}" * 300,
    "x = " + "9" * 5_000,
    "x = 1e999999",
    "x = nan",
    'x = "\\uD800"',
    "x = 0001-01-01T00:00:00Z",
    "[[queues]]",
    "[hall]",
    'windows = "1-9999"',
    'zone = "<script>"',
    '"' * 30,
    ",".join('"=1+1"' for _ in range(40)),
    "," * 3_000,
)


class Folders:
    """Makes profiles out of one that is shipped."""

    def __init__(self, folder: Path, profile: str = "township") -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._whole = {
            name: (shipped_profile_dir(profile) / name).read_bytes() for name in FILES
        }

    def draw(self, chance: random.Random) -> None:
        """Write the next profile."""
        name = chance.choice(FILES)
        for one, whole in self._whole.items():
            raw = self._spoilt(whole, chance) if one == name else whole
            (self.folder / one).write_bytes(raw)

    def _spoilt(self, whole: bytes, chance: random.Random) -> bytes:
        match chance.randrange(4):
            case 0:
                return texts.spoilt(whole, chance)
            case 1:
                encoding = chance.choice(("gb18030", "utf-16", "utf-8-sig", "latin-1"))
                return whole.decode().encode(encoding, "replace")
        lines = whole.decode().split("\n")
        for _ in range(chance.randint(1, 5)):
            at = chance.randrange(len(lines))
            match chance.randrange(4):
                case 0:
                    lines.insert(at, chance.choice(LINES))
                case 1:
                    lines[at] = lines[at].replace('"', texts.text(chance)[:300], 1)
                case 2:
                    lines.insert(at, chance.choice(lines))
                case _:
                    name = lines[at].partition("=")[0]
                    lines[at] = f"{name}= {chance.choice(texts.NUMBERS)}"
        return "\n".join(lines).encode("utf-8", "replace")

    def read(self) -> bool:
        """Read what was written: true if it can be used, with its faults it cannot."""
        try:
            read_profile(self.folder)
        except ProfileFaults:
            return False
        return True
