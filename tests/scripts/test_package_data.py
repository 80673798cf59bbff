"""Everything the house reads at run time is named as package data."""

from __future__ import annotations

import configparser
from pathlib import Path


ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("queue_core", "windows", "displays", "projections", "yihao")
SOURCES_OF_PAGES = ("displays/pages", "windows/pages", "projections/web")
NO_DATA = (".py", ".pyc", ".sha256")


def test_every_file_that_is_no_source_is_shipped() -> None:
    shipped = {path for package in packages() for path in data_of(package)}

    forgotten = [str(path.relative_to(ROOT)) for path in files() if path not in shipped]

    assert forgotten == []


def packages() -> list[Path]:
    return [
        path.parent for room in ROOMS for path in (ROOT / room).rglob("__init__.py")
    ]


def data_of(package: Path) -> list[Path]:
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg", encoding="utf-8")
    patterns = settings["options.package_data"]
    name = ".".join(package.relative_to(ROOT).parts)
    wanted = f"{patterns['*']}, {patterns.get(name, '')}".split(",")
    return [path for glob in wanted if glob.strip() for path in glob_in(package, glob)]


def glob_in(package: Path, pattern: str) -> list[Path]:
    # Unlike pathlib's, setuptools' `**` at the end of a pattern also means files.
    pattern = pattern.strip()
    return list(package.glob(f"{pattern}/*" if pattern.endswith("**") else pattern))


def files() -> list[Path]:
    return [
        path
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*"))
        if path.is_file()
        and path.suffix not in NO_DATA
        and not any(path.is_relative_to(ROOT / folder) for folder in SOURCES_OF_PAGES)
    ]
