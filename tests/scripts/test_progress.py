"""Steps say how they went, and show what a failing command printed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from progress import StepFailed, Steps


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log" / "setup.log"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_step_that_went_well_is_one_line(
    log: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    Steps(log, log.parent.parent).run("paper", python("print('rolled in')"))

    assert capfd.readouterr().out.startswith("✓ paper ")
    assert "rolled in" in log.read_text()


def test_a_step_that_failed_shows_the_end_of_what_it_printed_and_a_hint(
    log: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    steps = Steps(log, log.parent.parent, tail_lines=2)
    code = "print('first'); print('second'); print('third'); raise SystemExit(3)"

    with pytest.raises(StepFailed):
        steps.run("paper", python(code), hint="is there paper?")

    shown = capfd.readouterr().out
    assert "✗ paper" in shown
    assert "first" not in shown
    assert shown.endswith(
        f"    second\n    third\n  everything it printed: {log}\n  is there paper?\n"
    )


def test_only_the_failing_step_is_shown(
    log: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    steps = Steps(log, log.parent.parent)
    steps.run("paper", python("print('rolled in')"))

    with pytest.raises(StepFailed):
        steps.run("ink", python("raise SystemExit('dry')"))

    assert "rolled in" not in capfd.readouterr().out


def test_a_streaming_step_prints_for_itself(
    log: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    Steps(log, log.parent.parent).stream("tests", python("print('1 passed')"))

    assert capfd.readouterr().out.splitlines()[1] == "1 passed"
