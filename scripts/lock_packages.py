"""Write requirements.lock: version and hashes of every Python package in use.

    .venv/bin/python scripts/lock_packages.py          write it from this environment
    .venv/bin/python scripts/lock_packages.py --check  say what differs

The packages are those of setup.cfg, with all extras, and everything they need in turn.
The hashes are of all files that the package index has of a version, whatever machine
they are for; uv asks it for them. The file never says where packages come from.
"""

from __future__ import annotations

import argparse
import configparser
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
HEADER = (
    "# Made by scripts/lock_packages.py: versions that were tested together.\n"
    "# pip install --require-hashes --requirement requirements.lock\n"
    "# pip install --no-deps .\n"
)


def wanted() -> list[Requirement]:
    """Return what setup.cfg asks for, extras included."""
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    texts = [config["options"]["install_requires"]]
    texts += config["options.extras_require"].values()
    return [Requirement(line) for text in texts for line in text.split("\n") if line]


def pinned() -> dict[str, str]:
    """Return the installed version of everything that is wanted, by name.

    Raises:
        PackageNotFoundError: Something is not installed.
    """
    found: dict[str, str] = {}
    left = [(requirement, "") for requirement in wanted()]
    seen: set[tuple[str, str]] = set()
    while left:
        requirement, extra = left.pop()
        marker = requirement.marker
        if marker is not None and not marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        found[name] = metadata.version(name)
        for part in ("", *requirement.extras):
            if (name, part) not in seen:
                seen.add((name, part))
                needs = metadata.requires(name) or []
                left += [(Requirement(line), part) for line in needs]
    return found


def with_hashes(versions: dict[str, str]) -> str:
    """Return the lines of a lock, asking the package index for the hashes.

    Raises:
        CalledProcessError: The index does not answer, or has no such version.
    """
    lines = [f"{name}=={version}\n" for name, version in sorted(versions.items())]
    compiled = [sys.executable, "-m", "uv", "pip", "compile", "-", "--no-deps"]
    compiled += ["--generate-hashes", "--no-header", "--no-annotate", "--quiet"]
    return subprocess.run(
        compiled, input="".join(lines), stdout=subprocess.PIPE, text=True, check=True
    ).stdout


def locked(text: str) -> dict[str, str]:
    """Return the versions that stand in a lock."""
    return dict(pin.split("==") for pin in environment.pins_in(text))


def differences(now: dict[str, str], before: dict[str, str]) -> Iterator[str]:
    """Yield a line for each package that is another in the lock than here."""
    for name in sorted({*now, *before}):
        if now.get(name) != before.get(name):
            here, there = now.get(name, "nothing"), before.get(name, "nothing")
            yield f"{name}: {there} in the lock, {here} here"


def main() -> int:
    """Write the lock, or compare it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    now = pinned()
    if not parser.parse_args().check:
        LOCK.write_text(HEADER + with_hashes(now), encoding="utf-8")
        return 0
    found = list(differences(now, locked(LOCK.read_text(encoding="utf-8"))))
    print("\n".join(found) or "the lock is what is installed")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
