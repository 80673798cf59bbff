"""Build the package with its pages inside: an in-tree PEP 517 and PEP 660 backend.

setuptools does the packing. Before it packs, the pages are built, so that
`pip install .` and `pip install -e .` need no second step.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from typing import Any

import build_pages
from setuptools import build_meta
from setuptools.build_meta import (
    build_sdist,
    get_requires_for_build_sdist,
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)


__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
    "prepare_metadata_for_build_wheel",
]

Settings = Mapping[str, Any] | None


def get_requires_for_build_wheel(config_settings: Settings = None) -> list[str]:
    """Ask for a Node of our own only where the machine has none."""
    return [
        *build_meta.get_requires_for_build_wheel(config_settings),
        *_node_requirement(),
    ]


def get_requires_for_build_editable(config_settings: Settings = None) -> list[str]:
    """Ask for a Node of our own only where the machine has none."""
    return [
        *build_meta.get_requires_for_build_editable(config_settings),
        *_node_requirement(),
    ]


def build_wheel(
    wheel_directory: str | os.PathLike[str],
    config_settings: Settings = None,
    metadata_directory: str | os.PathLike[str] | None = None,
) -> str:
    """Build the pages, then the wheel that holds them."""
    _build_pages()
    # setuptools packs whatever an earlier build left there, old pages included.
    shutil.rmtree(build_pages.ROOT / "build", ignore_errors=True)
    return build_meta.build_wheel(wheel_directory, config_settings, metadata_directory)


def build_editable(
    wheel_directory: str | os.PathLike[str],
    config_settings: Settings = None,
    metadata_directory: str | os.PathLike[str] | None = None,
) -> str:
    """Build the pages in place, then link the source tree."""
    _build_pages()
    return build_meta.build_editable(
        wheel_directory, config_settings, metadata_directory
    )


def _node_requirement() -> list[str]:
    if build_pages.pages_are_built() or build_pages.node_folder() is not None:
        return []
    return [build_pages.NODE_WHEEL]


def _build_pages() -> None:
    try:
        build_pages.build_pages()
    except build_pages.PagesFailed as failure:
        raise SystemExit(f"yihao: {failure}") from failure
