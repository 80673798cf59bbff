"""The house's own rules for its files, which no linter knows."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple


ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("queue_core", "windows", "displays", "projections", "yihao", "tests")
SCRIPTS = ROOT / "scripts"
SUFFIXES = (".py", ".ts", ".vue")

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|TBD|NotImplementedError)\b")


class Seen(NamedTuple):
    """What a look at a module shows; a tree of all modules would fill the memory."""

    says_what_it_is: bool
    long_functions: list[str]


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lengths = {_name(path): len(_lines(path)) for path in _sources()}

    assert {name: n for name, n in lengths.items() if n > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_page() -> None:
    # A journey is a story: it is read from its beginning to its end.
    long = [
        function
        for path in _sources()
        if path.suffix == ".py" and "journeys" not in path.parts
        for function in _seen(path).long_functions
    ]

    assert long == []


def test_nothing_is_left_unfinished() -> None:
    marks = [
        f"{_name(path)}:{number} {mark.group()}"
        for path in _sources()
        if path != Path(__file__)
        for number, line in enumerate(_lines(path), start=1)
        if (mark := UNFINISHED.search(line))
    ]

    assert marks == []


def test_every_folder_of_tests_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py")}

    missing = [_name(f) for f in folders if not (f / "__init__.py").exists()]

    assert missing == []


def test_every_module_of_the_house_says_what_it_is() -> None:
    silent = [
        _name(path)
        for path in _sources()
        if path.suffix == ".py"
        and not path.is_relative_to(ROOT / "tests")
        and not _seen(path).says_what_it_is
    ]

    assert silent == []


def test_the_lock_file_names_no_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_bytes())["packages"]

    assert [name for name, entry in packages.items() if "resolved" in entry] == []


@cache
def _sources() -> list[Path]:
    folders = [*(ROOT / room for room in ROOMS), SCRIPTS]
    return [
        path
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.suffix in SUFFIXES
        and not path.is_relative_to(ROOT / "displays" / "built")
    ]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


@cache
def _seen(path: Path) -> Seen:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    long = [
        f"{_name(path)}:{function.lineno} {function.name}"
        for function in _functions(tree)
        if _length(function) > LONGEST_FUNCTION and not _is_table_of_cases(function)
    ]
    return Seen(ast.get_docstring(tree) is not None, long)


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    nodes: list[ast.AST] = [tree]
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
        # No expression holds a function that has a name.
        nodes += [
            one for one in ast.iter_child_nodes(node) if not isinstance(one, ast.expr)
        ]


def _is_table_of_cases(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Say whether it is one `match`, which is read case by case."""
    return isinstance(function.body[-1], ast.Match)


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of the body; the docstring is no burden."""
    body = function.body
    if ast.get_docstring(function) is not None:
        body = body[1:]
    last = function.end_lineno or function.lineno
    return last - body[0].lineno + 1 if body else 0
