"""Show long steps while they last, keep what they print, and explain a failure."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn, TextIO


SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
NOTE_EVERY_SECONDS = 15


class StepFailed(Exception):
    """A step ended badly; what it printed has been shown already."""


class Steps:
    """Run commands one after another, one line each, with everything in a log."""

    def __init__(self, log: Path, root: Path, tail_lines: int = 40) -> None:
        self._log = log
        self._tail_lines = tail_lines
        self._root = root
        self._lively = sys.stdout.isatty()
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text("", encoding="utf-8")

    def run(
        self,
        label: str,
        command: Sequence[str],
        *,
        hint: str = "",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Run the command quietly; show the end of what it printed if it fails.

        Raises: StepFailed.
        """
        with self._log.open("a", encoding="utf-8") as log:
            began = log.tell()
            log.write(f"$ {' '.join(map(str, command))}\n")
            log.flush()
            code = self._watch(label, command, log, environment)
        if code:
            self._show_tail(began, hint)
            raise StepFailed(label)

    def fail(self, reason: str) -> NoReturn:
        """Give up before a command could run.

        Raises: StepFailed.
        """
        print(f"✗ {reason}", flush=True)
        raise StepFailed(reason)

    def stream(
        self,
        label: str,
        command: Sequence[str],
        *,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Run the command and let it print for itself.

        Raises: StepFailed.
        """
        began = time.monotonic()
        print(f"· {label}", flush=True)
        code = subprocess.run(
            command, cwd=self._root, env=environment, check=False
        ).returncode
        self._close_line(label, time.monotonic() - began, code)
        if code:
            raise StepFailed(label)

    def _watch(
        self,
        label: str,
        command: Sequence[str],
        log: TextIO,
        environment: Mapping[str, str] | None,
    ) -> int:
        began = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=self._root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            code = self._wait(label, process, began)
        except BaseException:
            process.terminate()
            process.wait()
            raise
        self._close_line(label, time.monotonic() - began, code)
        return code

    def _wait(self, label: str, process: subprocess.Popen[bytes], began: float) -> int:
        pause = 0.1 if self._lively else NOTE_EVERY_SECONDS
        turn = 0
        while True:
            try:
                return process.wait(timeout=pause)
            except subprocess.TimeoutExpired:
                elapsed = time.monotonic() - began
            if self._lively:
                turn = (turn + 1) % len(SPINNER)
                print(f"\r{SPINNER[turn]} {label} {elapsed:.0f} s", end="", flush=True)
            else:
                print(f"… {label} {elapsed:.0f} s", flush=True)

    def _close_line(self, label: str, seconds: float, code: int) -> None:
        start = "\r\033[K" if self._lively else ""
        print(f"{start}{'✗' if code else '✓'} {label} {seconds:.1f} s", flush=True)

    def _show_tail(self, began: int, hint: str) -> None:
        with self._log.open(encoding="utf-8", errors="replace") as log:
            log.seek(began)
            lines = log.read().splitlines()
        for line in lines[-self._tail_lines :]:
            print(f"    {line}")
        if len(lines) > self._tail_lines:
            print(f"  everything it printed: {self._log}")
        if hint:
            print(f"  {hint}")
