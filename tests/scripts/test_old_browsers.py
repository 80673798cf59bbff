"""The old browsers for journeys on old screens: fetched once, checked, or missed."""

from __future__ import annotations

import sys
from pathlib import Path

import old_browsers
import pytest
from progress import Steps


def fake_npm(tmp_path: Path, does: str) -> old_browsers.Tools:
    """Return tools whose npm is a line of Python; the folder is its last argument."""
    program = tmp_path / "npm.py"
    program.write_text(f"import pathlib, sys\n{does}\n")
    return old_browsers.Tools(["false"], [sys.executable, str(program)], {})


@pytest.fixture
def steps(tmp_path: Path) -> Steps:
    """The steps of a run."""
    return Steps(tmp_path / "log" / "test.log", tmp_path)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache."""
    monkeypatch.setenv("YIHAO_OLD_CHROMIUMS", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_a_machine_without_a_registry_is_told_what_is_skipped_and_goes_on(
    tmp_path: Path, cache: Path, steps: Steps, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = old_browsers.provide(steps, fake_npm(tmp_path, "sys.exit(1)"))

    said = capsys.readouterr().out
    assert folder == cache
    assert "without Chromium 72 and Chromium 88 the journeys" in said
    assert "npm registry" in said
    assert list(cache.iterdir()) == []


def test_a_package_that_is_not_the_reviewed_one_is_refused(
    tmp_path: Path, cache: Path, steps: Steps, capsys: pytest.CaptureFixture[str]
) -> None:
    writes = (
        "name = sys.argv[2].replace('@', '-') + '.tgz'\n"
        "(pathlib.Path(sys.argv[-1]) / name).write_bytes(b'another')"
    )

    old_browsers.provide(steps, fake_npm(tmp_path, writes))

    assert "is not the package that was reviewed" in capsys.readouterr().out
    assert list(cache.iterdir()) == []


def test_what_is_in_the_cache_is_not_fetched_again(
    tmp_path: Path, cache: Path, steps: Steps
) -> None:
    cache.mkdir()
    for old in old_browsers.OLD_BROWSERS:
        old_browsers.program(cache, old).touch()

    old_browsers.provide(steps, fake_npm(tmp_path, "raise AssertionError"))

    assert len(list(cache.iterdir())) == 2
