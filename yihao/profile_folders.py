"""``yihao profile check`` and ``yihao profile copy``."""

from __future__ import annotations

import argparse
import shutil
import sys

from queue_core.errors import ParseError
from queue_core.profiles.catalog import shipped_profile_dir, shipped_profiles
from queue_core.profiles.reading import check_profile


WORDS = {
    "zh": ("{faults} 处错误，{advice} 条建议", "没有错误，可以使用"),
    "en": ("{faults} faults, {advice} pieces of advice", "no faults; it can be used"),
}


def check(options: argparse.Namespace) -> int:
    """Print every fault and all advice; 1 if the profile cannot be used."""
    found = check_profile(options.folder)
    for fault in found:
        print(fault.text(options.lang))
    faults = sum(not fault.advice for fault in found)
    counted, fine = WORDS[options.lang]
    if found:
        print(counted.format(faults=faults, advice=len(found) - faults))
    if not faults:
        print(fine)
    return 1 if faults else 0


def copy(options: argparse.Namespace) -> int:
    """Copy a shipped profile; a folder that is there already is not touched."""
    if options.name not in shipped_profiles():
        known = ", ".join(shipped_profiles())
        raise ParseError(f"there is no profile {options.name}; shipped are {known}")
    if options.folder.exists():
        raise ParseError(f"{options.folder} is there already")
    shutil.copytree(shipped_profile_dir(options.name), options.folder)
    print(options.folder / "hall.toml")
    print(options.folder / "items.csv")
    print(f"then: yihao profile check {options.folder}", file=sys.stderr)
    return 0
