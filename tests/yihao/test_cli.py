"""The command line: what may be typed, what is printed, what is refused."""

from __future__ import annotations

import asyncio
import configparser
import subprocess
import sys
from pathlib import Path

import pytest

import yihao
from tests.open_house import MONDAY, OpenHouse, open_house
from yihao.cli import leaves, main, parser


ROOT = Path(yihao.__file__).parent.parent


def run(*arguments: object) -> int:
    """Run a command in this process."""
    return main([str(argument) for argument in arguments])


def test_help_names_every_command_with_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        run("--help")

    lines = capsys.readouterr().out.splitlines()
    for name, line in leaves(parser()):
        assert any(
            text.split(maxsplit=len(name.split()))[:-1] == name.split()
            and text.endswith(line)
            for text in lines
        ), name
    assert len(list(leaves(parser()))) >= 15


def test_help_is_there_before_anything_heavy_is_imported() -> None:
    code = (
        "import sys; from yihao.cli import parser; parser().format_help(); "
        "print([m for m in ('aiohttp', 'numpy', 'msgspec') if m in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT
    )

    assert done.stdout.strip() == b"[]"


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")

    with pytest.raises(SystemExit):
        run("--version")

    assert capsys.readouterr().out == f"yihao {setup['metadata']['version']}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["serve"],
        ["serve", "--hall", "city", "--port", "70000"],
        ["demo", "--clock", "25:00"],
        ["demo", "--speed", "0"],
        ["account", "add", "x", "king", "--name", "X"],
    ],
)
def test_what_cannot_be_understood_is_a_usage_error(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)

    assert stopped.value.code == 2


def test_every_command_leads_to_code_that_is_there() -> None:
    for name, _ in leaves(parser()):
        words = name.split()
        # Options that a command needs are missing here; it is enough that it is known.
        with pytest.raises(SystemExit) as stopped:
            parser(words[:1]).parse_args([*words, "--help"])
        assert stopped.value.code == 0, name


# Profiles.


def test_a_shipped_profile_is_copied_checked_and_its_faults_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "mine"

    copied = run("profile", "copy", "township", folder)
    fine = run("profile", "check", folder, "--lang", "en")
    again = run("profile", "copy", "township", folder)
    file = folder / "hall.toml"
    text = file.read_text(encoding="utf-8").replace('letter = "B"', 'letter = "b"')
    file.write_text(text, encoding="utf-8")
    faulty = run("profile", "check", folder, "--lang", "en")

    said = capsys.readouterr()
    assert (copied, fine, again, faulty) == (0, 0, 1, 1)
    assert "no faults; it can be used" in said.out
    assert "letter: must be one capital letter A-Z" in said.out
    assert "is there already" in said.err


def test_a_profile_that_is_not_shipped_is_not_copied(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("profile", "copy", "mountain", tmp_path / "mine") == 1
    assert "shipped are city, township" in capsys.readouterr().err


def test_a_hall_that_is_nowhere_is_told_before_anything_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"

    assert run("serve", "--hall", "mountain", "--data", data) == 1
    assert "there is no folder mountain" in capsys.readouterr().err
    assert not data.exists()


# Accounts and devices.


def test_an_account_is_made_listed_changed_and_shut_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", tmp_path]

    run("account", "add", "li.na", "clerk", "--name", "李娜", "--hall", "city", *data)
    password = capsys.readouterr().out.split()[1]
    run("account", "role", "li.na", "manager", *data)
    run("account", "disable", "li.na", *data)
    run("account", "list", *data)
    listed = capsys.readouterr().out.split()
    again = run("account", "add", "li.na", "clerk", "--name", "x", *data)

    assert len(password) == 19
    assert listed == ["li.na", "manager", "city", "李娜", "disabled"]
    assert again == 1
    assert "there is an account li.na already" in capsys.readouterr().err


async def test_a_password_may_be_given_and_is_then_not_printed(
    tmp_path: Path,
) -> None:
    arguments = (
        "account",
        "add",
        "li.na",
        "clerk",
        "--name",
        "李娜",
        "--hall",
        "township",
    )

    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "yihao",
            *arguments,
            "--password-stdin",
            "--data",
            str(tmp_path),
        ],
        input=b"correct horse 1\n",
        capture_output=True,
        check=True,
        cwd=ROOT,
    )

    assert done.stdout.decode().strip() == "li.na"
    async with open_house(tmp_path) as house:
        told = await house.anyone.post(
            "/api/session", {"account": "li.na", "password": "correct horse 1"}
        )
    assert told.status == 200


def test_a_device_is_made_listed_and_revoked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--hall", "city", "--data", tmp_path]

    run("device", "add", "kiosk", "entrance", *data)
    device, token = capsys.readouterr().out.split()
    run("device", "revoke", device, *data)
    run("device", "list", *data)
    unknown = run("device", "revoke", "nothing", *data)

    assert token.startswith("d.")
    assert capsys.readouterr().out.split() == [device, "kiosk", "entrance", "revoked"]
    assert unknown == 1


# What is recorded.


async def a_served_day(data: Path) -> None:
    """Let one citizen be served, so that there is a record."""
    async with open_house(data) as house:
        clerk = await house.clerk_at("1", "li.na")
        await house.number()
        await clerk.does("call-next")
        await clerk.does("start")
        await clerk.does("complete", {"outcome": "done"})


async def test_a_numbers_way_is_printed_with_versions_and_times(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await a_served_day(tmp_path)

    found = run("ticket", "a001", "--data", tmp_path, "--lang", "en")
    lines = capsys.readouterr().out.splitlines()
    missing = run("ticket", "A002", "--data", tmp_path)

    assert found == 0
    assert lines[0].startswith(f"A001  {MONDAY}")
    assert [line.split()[0] for line in lines[1:]] == ["#3", "#4", "#5", "#6", "#7"]
    assert "09:00:00" in lines[1]
    assert missing == 1
    assert "has no number A002" in capsys.readouterr().err


async def test_the_report_of_a_day_is_written_with_the_clerks_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await a_served_day(tmp_path / "data")
    out = tmp_path / "reports"

    # The command has a loop of its own, so it runs in a thread of its own.
    status = await asyncio.to_thread(
        run, "report", "day", "--data", tmp_path / "data", "--out", out
    )

    files = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert status == 0
    assert [file.suffix for file in files] == [".html", ".xlsx"]
    assert "li.na 同志" in files[0].read_text(encoding="utf-8")


async def test_the_record_is_read_beside_the_server_that_writes_it(
    house: OpenHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    await house.clerk_at("1")
    await house.number()

    assert run("ticket", "A001", "--data", house.running.settings.data) == 0
    assert "A001" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--hall", "mountain"], "knows no hall mountain"),
        (["--date", "2020-01-01"], "was not open on 2020-01-01"),
    ],
)
async def test_a_day_that_is_not_recorded_is_told(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    words: str,
) -> None:
    await a_served_day(tmp_path)

    assert run("report", "day", "--data", tmp_path, *options) == 1
    assert words in capsys.readouterr().err


def test_without_a_record_there_is_nothing_to_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("ticket", "A001", "--data", tmp_path) == 1
    assert "there is no log" in capsys.readouterr().err
