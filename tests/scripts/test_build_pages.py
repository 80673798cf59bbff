"""The pages are built again when, and only when, something they depend on changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import build_pages
import pytest


Change = Callable[[Path], object]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in build_pages.SETTINGS:
        (tmp_path / name).write_text("{}")
    page = tmp_path / "displays" / "pages" / "board"
    page.mkdir(parents=True)
    (page / "Board.vue").write_text("<template>A001</template>")
    return tmp_path


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    write_lock(tmp_path / "package-lock.json", vue="3.5.45", fsevents=None)
    (tmp_path / "node_modules").mkdir()
    write_lock(tmp_path / "node_modules" / ".package-lock.json", vue="3.5.45")
    return tmp_path


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "package-lock.json").write_text("{ }"),
        lambda root: (root / "displays/pages/board/Board.vue").write_text("B001"),
        lambda root: (root / "displays/pages/board/sound.wav").write_bytes(b"ding"),
        lambda root: (root / "displays/pages/board/Board.vue").unlink(),
    ],
    ids=["locked packages", "a page's text", "a new file", "a file less"],
)
def test_a_change_of_the_sources_changes_their_digest(
    tree: Path, change: Change
) -> None:
    before = build_pages.sources_digest(tree)

    change(tree)

    assert build_pages.sources_digest(tree) != before


def test_a_test_of_a_page_is_no_part_of_it(tree: Path) -> None:
    before = build_pages.sources_digest(tree)

    (tree / "displays/pages/board/board.test.ts").write_text("test()")

    assert build_pages.sources_digest(tree) == before


def test_packages_as_the_lock_file_names_them_are_not_fetched_again(
    packages: Path,
) -> None:
    assert build_pages.packages_are_installed(packages)


def test_a_package_of_another_version_is_fetched(packages: Path) -> None:
    write_lock(packages / "package-lock.json", vue="3.5.46")

    assert not build_pages.packages_are_installed(packages)


def test_a_package_that_is_missing_is_fetched(packages: Path) -> None:
    write_lock(packages / "package-lock.json", vue="3.5.45", uqr="0.1.3")

    assert not build_pages.packages_are_installed(packages)


def test_without_node_packages_all_are_fetched(packages: Path) -> None:
    (packages / "node_modules" / ".package-lock.json").unlink()

    assert not build_pages.packages_are_installed(packages)


def test_a_node_that_is_too_old_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    make_node(old, "v22.11.0")
    make_node(new, "v22.12.0")
    monkeypatch.setenv("PATH", str(old))

    assert build_pages.node_folder(new) == new


def test_the_machines_own_node_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, other = tmp_path / "own", tmp_path / "other"
    make_node(own, "v24.1.0")
    make_node(other, "v26.0.0")
    monkeypatch.setenv("PATH", str(own))

    assert build_pages.node_folder(other) == own


def write_lock(path: Path, **versions: str | None) -> None:
    """Write a lock file; a package without a version is an optional one."""
    packages: dict[str, object] = {"": {"name": "yihao-pages"}}
    for name, version in versions.items():
        entry = {"version": version} if version else {"optional": True}
        packages[f"node_modules/{name}"] = entry
    if path.parent.name == "node_modules":
        del packages[""]
    path.write_text(json.dumps({"packages": packages}))


def make_node(folder: Path, version: str) -> None:
    folder.mkdir()
    for name in ("node", "npm"):
        (folder / name).write_text(f"#!/bin/sh\necho {version}\n")
        (folder / name).chmod(0o755)
