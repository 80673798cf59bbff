"""Go on with Python 3.11 or newer, also where `python3` is an older one.

This file must stay readable for old Pythons.
"""

from __future__ import annotations

import os
import shutil
import sys


AT_LEAST = (3, 11)
NAMES = ("python3.14", "python3.13", "python3.12", "python3.11")


def require() -> None:
    """Start the running script again under a Python that is new enough."""
    if sys.version_info >= AT_LEAST:
        return
    for name in NAMES:
        found = shutil.which(name)
        if found:
            os.execv(found, [found, *sys.argv])
    running = ".".join(map(str, sys.version_info[:2]))
    sys.exit(f"Python 3.11 or newer is needed; this is {running}")
