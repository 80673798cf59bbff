"""The two starting scripts explain themselves without installing anything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


SCRIPTS = Path(__file__).resolve().parent.parent.parent / "scripts"


def start(script: str, *options: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Start a script from a foreign folder, with an environment that does not exist."""
    return subprocess.run(
        [sys.executable, SCRIPTS / script, *options],
        cwd=folder,
        env={"PATH": "", "YIHAO_VENV": str(folder / "venv")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("script", ["run", "test"])
def test_help_needs_no_installation(script: str, tmp_path: Path) -> None:
    answer = start(script, "--help", folder=tmp_path)

    assert answer.returncode == 0
    assert answer.stdout.startswith(f"usage: scripts/{script}")
    assert list(tmp_path.iterdir()) == []


def test_a_mistyped_option_is_refused_before_anything_is_installed(
    tmp_path: Path,
) -> None:
    answer = start("run", "--hal", "city", folder=tmp_path)

    assert answer.returncode == 2
    assert "--hal" in answer.stderr
    assert list(tmp_path.iterdir()) == []
