"""Provide what tests in a real browser need: Chromium and Chinese glyphs."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from progress import Steps


CHROMIUM_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
)
CHROMIUM_PACKAGE = "chromium"
FONT_PACKAGE = "fonts-noto-cjk"
ADVICE = """\
the tests need {missing}. On Debian, as root: apt-get install {packages}
  Without root: .venv/bin/playwright install chromium, or a Chromium unpacked from the
  npm package @sparticuz/chromium, named in YIHAO_CHROMIUM; fonts go into ~/.fonts"""


def provide(steps: Steps) -> Path:
    """Return a Chromium that can draw Chinese, installed from Debian if need be.

    Raises: StepFailed.
    """
    missing = _missing()
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        _install(steps, missing)
        missing = _missing()
    chromium = find_chromium()
    if missing or chromium is None:
        steps.fail(
            ADVICE.format(missing=" and ".join(missing), packages=" ".join(missing))
        )
    return chromium


def find_chromium() -> Path | None:
    """Return the browser named in YIHAO_CHROMIUM, or the first one found."""
    named = os.environ.get("YIHAO_CHROMIUM")
    if named:
        return Path(named)
    for name in CHROMIUM_NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    cache = Path.home() / ".cache" / "ms-playwright"
    return next(cache.glob("chromium-*/chrome-linux*/chrome"), None)


def has_chinese_font() -> bool:
    """Tell whether the font system knows a font with Chinese glyphs."""
    if not shutil.which("fc-list"):
        return False
    answer = subprocess.run(
        ["fc-list", ":lang=zh-cn", "family"], capture_output=True, check=False
    )
    return bool(answer.stdout.strip())


def _missing() -> list[str]:
    missing = []
    if find_chromium() is None:
        missing.append(CHROMIUM_PACKAGE)
    if not has_chinese_font():
        missing.append(FONT_PACKAGE)
    return missing


def _install(steps: Steps, packages: list[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    hint = "are the Debian package sources reachable?"
    steps.run("apt-get update", ["apt-get", "update"], hint=hint)
    # fontconfig's fc-list is how the fonts are found afterwards.
    command = ["apt-get", "install", "--yes", "--no-install-recommends", "fontconfig"]
    steps.run(
        f"apt-get install {' '.join(packages)}",
        [*command, *packages],
        hint=hint,
        environment=environment,
    )
