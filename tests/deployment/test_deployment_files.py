"""The guide and the files beside it say only what the house understands."""

from __future__ import annotations

import argparse
import configparser
import re
import shlex
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from queue_core.interface.requests import BODY_LIMIT
from tests.open_house import OpenHouse, open_house
from yihao.cli import leaves, parser
from yihao.cli_options import Parser


DOCS = Path(__file__).parents[2] / "docs"
FILES = DOCS / "deployment"
GUIDE = (DOCS / "deployment.md").read_text(encoding="utf-8")
PROGRAM = "/opt/yihao/bin/yihao"

UNITS = sorted(FILES.glob("*.service"))
TIMERS = sorted(FILES.glob("*.timer"))


class Unit(configparser.RawConfigParser):
    """A unit of systemd, which tells upper from lower case."""

    def __init__(self, file: Path) -> None:
        super().__init__(strict=True, interpolation=None)
        self.read_string(file.read_text(encoding="utf-8"))

    def optionxform(self, optionstr: str) -> str:
        return optionstr


def environment() -> dict[str, str]:
    """Return what a shell, and systemd alike, reads from the shipped environment."""
    lines = (FILES / "yihao.env").read_text(encoding="utf-8").splitlines()
    # The lines for PostgreSQL are there to be switched on.
    said = [line.lstrip("#") for line in lines if re.match(r"#?[A-Z]+_?[A-Z]*=", line)]
    return dict(shlex.split(line)[0].split("=", 1) for line in said)


def understood(words: list[str]) -> argparse.Namespace:
    """Return what the command line understands; the test fails if it does not."""
    return parser(words[:1]).parse_args(words)


# Units.


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_every_unit_starts_a_command_that_the_house_knows(file: Path) -> None:
    service = Unit(file)["Service"]
    line = service["ExecStart"].replace("%i", "1")
    program, *words = line.replace(
        "$YIHAO_OPTIONS", environment()["YIHAO_OPTIONS"]
    ).split()

    options = understood(words)

    assert program == PROGRAM
    assert str(options.data) == "/var/lib/yihao"
    assert service["User"] == service["Group"] == "yihao"
    assert service["EnvironmentFile"] == "/etc/yihao/yihao.env"


@pytest.mark.parametrize("file", TIMERS, ids=lambda file: file.name)
def test_every_timer_has_a_unit_that_ends(file: Path) -> None:
    service = Unit(file.with_suffix(".service"))["Service"]

    assert service["Type"] == "oneshot"
    assert Unit(file)["Timer"]["Persistent"] == "true"


def test_no_timer_takes_anything_out_of_the_record() -> None:
    for file in TIMERS:
        assert "--remove" not in file.with_suffix(".service").read_text()


def test_units_are_sound_for_systemd_itself(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd is not installed here")
    there = shutil.which("true") or ""
    copies = []
    for file in (*UNITS, *TIMERS):
        copy = tmp_path / file.name
        text = file.read_text(encoding="utf-8")
        for program in (PROGRAM, "/usr/bin/curl"):
            text = text.replace(program, there)
        copy.write_text(text, encoding="utf-8")
        copies.append(str(copy))

    done = subprocess.run(
        [analyze, "verify", *copies], capture_output=True, text=True, check=False
    )

    said = [line for line in done.stderr.splitlines() if str(tmp_path) in line]
    assert (done.returncode, said) == (0, [])


def test_shells_and_units_read_the_same_environment() -> None:
    known = environment()
    script = f'. "{FILES / "yihao.env"}"; printf %s "$YIHAO_OPTIONS"'

    done = subprocess.run(["sh", "-c", script], capture_output=True, check=True)

    assert done.stdout.decode() == known["YIHAO_OPTIONS"]
    assert known["YIHAO_DATABASE"].endswith("?target_session_attrs=read-write")
    assert known["PGPASSFILE"] == "/etc/yihao/pgpass"
    subprocess.run(["sh", "-n", FILES / "yihao.sh"], check=True)
    assert f'{PROGRAM} "$@"' in (FILES / "yihao.sh").read_text(encoding="utf-8")


# nginx.


def test_nginx_finds_the_processes_and_the_link() -> None:
    site = (FILES / "yihao.nginx.conf").read_text(encoding="utf-8")
    started = Unit(FILES / "yihao@.service")["Service"]["ExecStart"]
    options = understood(
        ["serve", *shlex.split(environment()["YIHAO_OPTIONS"])],
    )

    ports = re.findall(r"server 127\.0\.0\.1:(\d+)", site)

    assert ports == ["8601", "8602", "8611", "8612"]
    assert "--port 860%i --link-port 861%i" in started
    assert f"location = {options.link_address} {{" in site
    assert f"client_max_body_size {BODY_LIMIT // 1024}k;" in site


# The guide.


def blocks(language: str) -> Iterator[str]:
    """Yield the examples of the guide that are written in a language."""
    for name, block in re.findall(r"^```(\w*)\n(.*?)^```", GUIDE, re.M | re.S):
        if name == language:
            yield block


def commands() -> Iterator[list[str]]:
    """Yield every command of the guide's examples, word by word."""
    for block in blocks("sh"):
        for line in block.replace("\\\n", " ").splitlines():
            lexer = shlex.shlex(line, posix=True, punctuation_chars="&")
            lexer.whitespace_split = True
            words = list(lexer)
            while "&&" in words:
                yield words[: words.index("&&")]
                words = words[words.index("&&") + 1 :]
            if words:
                yield words


def test_every_command_of_the_guide_is_understood() -> None:
    ours = [words[1:] for words in commands() if Path(words[0]).name == "yihao"]

    for words in ours:
        understood(words)

    assert len(ours) > 25
    assert {words[0] for words in ours} >= {
        *("account", "archive", "backup", "copy", "device", "export"),
        *("profile", "restore", "ticket", "verify"),
    }


def named(words: list[str]) -> Parser:
    """Return the command that some words begin with."""
    found = parser(words[:1])
    for word in words:
        kinds = next(
            (a for a in found._actions if isinstance(a, argparse._SubParsersAction)),
            None,
        )
        if kinds is None:
            break
        assert word in kinds.choices, words
        found = kinds.choices[word]
    return found


def test_every_command_in_the_text_is_known_with_its_options() -> None:
    text = re.sub(r"^```.*?^```", "", GUIDE, flags=re.M | re.S)
    inline = [shlex.split(one) for one in re.findall(r"`(yihao [a-z][^`]*)`", text)]

    for words in inline:
        command = named(words[1:])
        options = {word for word in words if word.startswith("--")}
        assert options <= set(command._option_string_actions), words

    assert inline


def test_every_option_in_the_text_is_one_of_the_house() -> None:
    text = re.sub(r"^```.*?^```", "", GUIDE, flags=re.M | re.S)
    known = {
        option
        for name, _ in leaves(parser())
        for option in named(name.split())._option_string_actions
    }

    said = set(re.findall(r"`(--[a-z-]+)", text))

    # The browser's own.
    assert said - {"--autoplay-policy"} <= known


def test_every_file_that_is_installed_is_shipped_and_every_shipped_one_is_named() -> (
    None
):
    installed = {
        file.relative_to(DOCS.parent)
        for words in commands()
        if words[0] == "install"
        for word in words
        if word.startswith("docs/")
        for file in DOCS.parent.glob(word)
    }

    shipped = {file.relative_to(DOCS.parent) for file in FILES.iterdir()}

    assert installed == shipped


def test_every_unit_that_is_started_is_shipped() -> None:
    names = {
        word
        for words in commands()
        if words[0] == "systemctl"
        for word in words[2:]
        if word.startswith("yihao") and "*" not in word
    }

    units = {re.sub(r"@\d", "@", name) for name in names}

    assert units
    assert all((FILES / name).exists() for name in units)


def test_every_chapter_that_is_named_is_there() -> None:
    titles = re.findall(r"^##+ (.*)$", GUIDE, re.M)
    anchors = {title.lower().replace(" ", "-") for title in titles}

    links = set(re.findall(r"\]\(#([^)]+)\)", GUIDE))

    assert links <= anchors


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[OpenHouse]:
    async with open_house(tmp_path) as opened:
        yield opened


async def test_every_figure_of_the_guides_alarms_is_gathered(house: OpenHouse) -> None:
    gathered = (await house.anyone.get("/metrics")).says.decode()
    alarms = "".join(blocks("yaml"))

    figures = set(re.findall(r"\b(yihao_\w+)", alarms))

    assert len(figures) >= 7
    for name in figures:
        assert f"# HELP {name} " in gathered, name
