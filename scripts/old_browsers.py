"""Provide the old Chromiums that hall screens may still be, for tests on them.

Old TV boxes and panels never get another browser. Two npm packages carry one inside:
they are fetched with npm once, checked, unpacked, and kept in the user's cache.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from progress import StepFailed, Steps


PACKAGE = "chrome-aws-lambda"
UNPACK = (
    "const [from, to] = process.argv.slice(1);"
    "const { brotliDecompressSync } = require('zlib');"
    "const { readFileSync, writeFileSync } = require('fs');"
    "writeFileSync(to, brotliDecompressSync(readFileSync(from)), { mode: 0o755 })"
)
ADVICE = (
    "without {names} the journeys on old screens are skipped; is the npm registry "
    "reachable? (npm config get registry). 80 MB are fetched once into {folder}"
)


class OldBrowser(NamedTuple):
    """A browser inside a package of the npm registry."""

    major: int
    version: str
    """The package's."""
    inside: str
    sha512: str


OLD_BROWSERS = (
    OldBrowser(
        72,
        "1.11.2",
        "bin/chromium-72.0.3617.0.br",
        "BpR7qYNkPZlMQGZI3/edrPT4Rx9Hd/Z+YV3dQ5ujfWj01r27pYYOoOmMd2w3mkmFeHF7nzFlksM"
        "/urKnfICwDQ==",
    ),
    OldBrowser(
        88,
        "5.5.0",
        "bin/chromium.br",
        "nYSDzTsVEVsvIFaUUAUN53ulXBLKSRXFS+eVYZOLZD5SA1If59rqBAiy4raMgorQwXWqjSsjK1S"
        "F4As+qzPLqA==",
    ),
)


def cache() -> Path:
    """Return the folder that keeps the browsers: in the user's cache, or as named."""
    named = os.environ.get("YIHAO_OLD_CHROMIUMS")
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(named or Path(home) / "yihao")


class Tools(NamedTuple):
    """The commands that fetch and unpack."""

    node: list[str]
    npm: list[str]
    environment: Mapping[str, str]


def provide(steps: Steps, tools: Tools) -> Path:
    """Fetch what is missing and return the folder: ``chromium-72`` is a browser in it.

    A machine that cannot get them is told what that means; it is no failure.
    """
    folder = cache()
    missing = [old for old in OLD_BROWSERS if not program(folder, old).exists()]
    for old in missing:
        try:
            _fetch(steps, folder, old, tools)
        except StepFailed:
            names = " and ".join(f"Chromium {old.major}" for old in missing)
            print(f"! {ADVICE.format(names=names, folder=folder)}", flush=True)
            break
    return folder


def program(folder: Path, old: OldBrowser) -> Path:
    """Return where a browser is kept."""
    return folder / f"chromium-{old.major}"


def _fetch(steps: Steps, folder: Path, old: OldBrowser, tools: Tools) -> None:
    """Fetch a package, check it, and take the browser out of it.

    Raises: StepFailed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    work = folder / f"fetching-{os.getpid()}"
    work.mkdir(exist_ok=True)
    label = f"Chromium {old.major}"
    try:
        pack = ["pack", f"{PACKAGE}@{old.version}", "--pack-destination", str(work)]
        steps.run(label, [*tools.npm, *pack], environment=tools.environment)
        archive = work / f"{PACKAGE}-{old.version}.tgz"
        digest = hashlib.sha512(archive.read_bytes()).digest()
        if base64.b64encode(digest).decode() != old.sha512:
            steps.fail(f"{archive.name} is not the package that was reviewed")
        packed, new = work / "chromium.br", work / "chromium"
        with tarfile.open(archive) as package, packed.open("wb") as out:
            inside = package.extractfile(f"package/{old.inside}")
            assert inside is not None
            shutil.copyfileobj(inside, out)
        steps.run(
            f"unpacking {label}",
            [*tools.node, "-e", UNPACK, str(packed), str(new)],
        )
        new.rename(program(folder, old))
    finally:
        shutil.rmtree(work, ignore_errors=True)
