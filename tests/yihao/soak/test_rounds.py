"""Rounds of drills: their chance, their grounds, and what is told of them."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from yihao.cli import main
from yihao.cli_trials import DRILLS as NAMES
from yihao.soak.drills import DRILLS, POSTGRESQL, SQLITE, Drill
from yihao.soak.figures import Figures
from yihao.soak.ground import Ground, database_name
from yihao.soak.grounds import Grounds, grounds
from yihao.soak.main import drill_all
from yihao.soak.rounds import Plan, turns
from yihao.soak.truth import Violated


async def well(ground: Ground, chance: random.Random) -> Figures:
    """Do nothing wrong."""
    (ground.folder / "something").touch()
    return {"draws": int(chance.random() < 2)}


async def badly(ground: Ground, chance: random.Random) -> Figures:
    """Lose something."""
    raise Violated(f"number {chance.randrange(1000)} is lost")


BOTH = {"well": Drill(well), "badly": Drill(badly)}


def plan(*drills: str, rounds: int | None = 1, seed: int = 5) -> Plan:
    """Return a plan without a limit of time."""
    return Plan(drills, seed, rounds, None)


def test_every_drill_of_the_command_line_is_there() -> None:
    assert tuple(DRILLS) == NAMES


def test_a_round_that_went_well_leaves_nothing_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with grounds(tmp_path, "") as found:
        status = drill_all(plan("well", rounds=3), found, BOTH)

    said = capsys.readouterr().out.splitlines()
    assert status == 0
    assert [line.split()[:4] for line in said[:3]] == [
        ["round", str(n), "well", "SQLite"] for n in (1, 2, 3)
    ]
    assert said[-1].split()[:4] == ["well", "SQLite", "3", "0"]
    assert said[-1].endswith("3 draws")
    assert list(tmp_path.iterdir()) == []


def test_what_was_violated_is_told_kept_and_can_be_repeated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with grounds(tmp_path, "") as found:
        status = drill_all(plan("well", "badly", rounds=2), found, BOTH, " --data x")
        first = capsys.readouterr().err
        drill_all(plan("badly", seed=6), found, BOTH)
        again = capsys.readouterr().err

    assert status == 1
    lines = first.splitlines()
    assert lines[6] == "violated in round 2, badly on SQLite:"
    assert lines[8] == f"  kept in {tmp_path / '2-badly-sqlite'}"
    assert lines[9] == "  repeat: yihao soak --drill badly --seed 6 --data x"
    assert lines[7] in again
    assert lines[2] != lines[7]
    assert (tmp_path / "2-badly-sqlite" / "log").exists()


def test_a_drill_that_fails_in_another_way_is_no_success(tmp_path: Path) -> None:
    async def stumble(ground: Ground, chance: random.Random) -> Figures:
        raise KeyError("nobody thought of this")

    with grounds(tmp_path, "") as found:
        assert drill_all(plan("x"), found, {"x": Drill(stumble)}) == 1


def test_when_the_time_is_over_no_drill_is_begun(tmp_path: Path) -> None:
    over = Plan(("well",), 1, None, time.monotonic())
    found = Grounds(tmp_path, with_files=True)

    assert list(turns(over, found, BOTH)) == []


def test_each_drill_is_run_on_the_stores_that_it_is_for(tmp_path: Path) -> None:
    files = Grounds(tmp_path, with_files=True)
    theirs = Grounds(tmp_path, database="postgresql://somewhere/else")

    assert files.stores_for(DRILLS["kill"]) == [SQLITE]
    assert files.stores_for(DRILLS["race"]) == []
    assert theirs.stores_for(DRILLS["cut"]) == [POSTGRESQL]
    assert theirs.stores_for(DRILLS["outage"]) == []
    assert theirs.stores_for(DRILLS["full"]) == []


def test_what_cannot_be_drilled_here_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with grounds(tmp_path, "") as found:
        status = drill_all(plan("outage"), found)

    said = capsys.readouterr().err
    assert status == 1
    assert "outage is left out: it needs PostgreSQL that may be stopped" in said


def test_a_database_is_made_for_each_drill_and_removed_afterwards(
    postgres: Callable[[], str], tmp_path: Path
) -> None:
    server = postgres()
    seen: list[str] = []

    async def look(ground: Ground, chance: random.Random) -> Figures:
        seen.append(database_name(ground.database))
        ground.open().close()
        return Figures()

    drills = {"look": Drill(look)}
    found = Grounds(tmp_path, database=server)
    statuses = [drill_all(plan("look"), found, drills) for _ in range(2)]

    assert statuses == [0, 0]
    assert seen == [f"yihao_soak_{os.getpid()}_1_look_postgresql"] * 2
    with psycopg.connect(server) as connection:
        left = connection.execute(
            "SELECT count(*) FROM pg_database WHERE datname = %s", seen[:1]
        ).fetchone()
    assert left == (0,)


def test_the_command_drills_and_tells_its_seed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["soak", "--drill", "full", "--seed", "3", "--data", str(tmp_path / "d")]

    status = main(given)

    said = capsys.readouterr().out.splitlines()
    assert status == 0
    assert said[0] == "seed 3"
    assert said[1].split()[:4] == ["round", "1", "full", "SQLite"]
