"""``yihao proof key``, ``verify --proof`` and ``report verify``, as people type it."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from projections.proof.stamps import NAME
from queue_core.proof.heads import key_id
from queue_core.proof.keys import read_signer, signer_from_file
from tests.queue_core.care.recorded import spoil
from tests.queue_core.care.sealed import MONDAY, change, seal_all

from .care_house import make_house, run


Said = pytest.CaptureFixture[str]


@pytest.fixture
def house(tmp_path: Path) -> list[str]:
    """A house whose days are signed; the options that name it."""
    options = make_house(tmp_path / "house")
    signer = signer_from_file(tmp_path / "house" / "signing.key")
    seal_all(tmp_path / "house" / "record.sqlite", signer)
    return options


# The key and the proof.


def test_the_public_key_is_printed_and_stays_the_same(
    tmp_path: Path, capsys: Said
) -> None:
    data = ["--data", tmp_path / "new"]

    done = [run("proof", "key", *data, "--new", "sm2"), run("proof", "key", *data)]

    first, again = capsys.readouterr().out.split("sm2 ")[1:]
    signer = read_signer(tmp_path / "new" / "signing.key")
    assert done == [0, 0]
    assert first == again
    assert first.startswith(key_id(signer.public_key) + "\n-----BEGIN PUBLIC KEY-----")


def test_a_record_is_compared_with_its_signed_heads(
    house: list[str], tmp_path: Path, capsys: Said
) -> None:
    sound = run("verify", "--proof", *house)
    row = change(tmp_path / "house" / "record.sqlite", MONDAY)

    touched = run("verify", "--proof", *house)

    said = capsys.readouterr().out
    assert (sound, touched) == (0, 1)
    assert "2 signed days compared" in said
    assert f"fault  proof: {MONDAY} version {row.version}" in said
    assert "it was changed" in said


def test_the_record_is_checked_by_whoever_has_the_public_key_alone(
    house: list[str], tmp_path: Path, capsys: Said
) -> None:
    run("proof", "key", *house)
    pem = capsys.readouterr().out.partition("\n")[2]
    (tmp_path / "hall.pem").write_text(pem)
    other = signer_from_file(tmp_path / "other.key")
    (tmp_path / "house" / "signing.key").unlink()

    known = run("verify", "--proof", "--public-key", tmp_path / "hall.pem", *house)
    named = run("verify", "--proof", *house)
    (tmp_path / "none.pem").write_text("no key")
    unreadable = run("verify", "--proof", "--public-key", tmp_path / "none.pem", *house)
    wrong = run("verify", "--proof", "--signing-key", tmp_path / "other.key", *house)

    said = capsys.readouterr()
    assert (known, named, unreadable, wrong) == (0, 0, 1, 1)
    assert "no key to compare theirs with" in said.out
    assert "holds no public key" in said.err
    assert "a key that is not the hall's" in said.out
    assert other.algorithm == "ed25519"


def test_backup_restoration_and_copy_carry_the_signing_key(
    house: list[str], tmp_path: Path
) -> None:
    run("backup", tmp_path / "kept", *house)
    run("restore", tmp_path / "kept", "--data", tmp_path / "new", "--database", "")
    run("copy", "--from", tmp_path / "house", "--to", tmp_path / "copy")
    run("backup", tmp_path / "without", "--without-key", *house)

    key = (tmp_path / "house" / "signing.key").read_bytes()
    assert (tmp_path / "new" / "signing.key").read_bytes() == key
    assert (tmp_path / "copy" / "signing.key").read_bytes() == key
    assert not (tmp_path / "without" / "signing.key").exists()
    assert run("verify", "--proof", "--data", tmp_path / "new", "--database", "") == 0


# Reports.


@pytest.fixture
def reports(house: list[str], tmp_path: Path) -> list[Path]:
    """The day's and the year's report, each as a page and as a workbook."""
    out = ["--out", tmp_path / "reports"]
    assert run("report", "day", "--date", "2026-11-02", *house, *out) == 0
    assert run("report", "year", *house, *out) == 0
    return sorted((tmp_path / "reports").iterdir())


def test_reports_that_nobody_has_touched_are_the_same(
    reports: list[Path], house: list[str], capsys: Said
) -> None:
    capsys.readouterr()

    done = [run("report", "verify", file, *house) for file in reports]

    said = capsys.readouterr().out.splitlines()
    assert done == [0, 0, 0, 0]
    assert all(line.endswith(": the same") for line in said)
    pages = [file.read_text() for file in reports if file.suffix == ".html"]
    assert len(pages) == 2
    assert all('<section class="proof">' in page for page in pages)


def test_a_figure_that_was_made_better_is_named(
    reports: list[Path], house: list[str], capsys: Said
) -> None:
    page = next(file for file in reports if file.suffix == ".html")
    text = page.read_text()
    page.write_text(text.replace("<b>3</b>", "<b>30</b>", 1))
    book = next(file for file in reports if file.suffix == ".xlsx")
    sheets = load_workbook(book)
    sheets.worksheets[3]["K2"] = 40
    sheets.save(book)
    capsys.readouterr()

    done = [run("report", "verify", file, *house) for file in (page, book)]

    said = capsys.readouterr().out
    assert text != page.read_text()
    assert done == [1, 1]
    assert "the file says '30', the record '3'" in said
    assert "the file says '40'" in said


def test_a_record_that_was_changed_after_the_report_is_found_by_it(
    reports: list[Path], house: list[str], tmp_path: Path, capsys: Said
) -> None:
    change(tmp_path / "house" / "record.sqlite", MONDAY)
    capsys.readouterr()

    done = [run("report", "verify", file, *house) for file in reports]

    said = capsys.readouterr().out
    assert done == [1, 1, 1, 1]
    assert said.count("the record of 2026-11-02 is not what it was") == 4


def test_a_day_that_grew_after_its_report_is_the_same_up_to_there(
    house: list[str], tmp_path: Path
) -> None:
    out = ["--out", tmp_path / "reports"]
    run("report", "day", "--date", "2026-11-04", *house, *out)
    spoil(
        tmp_path / "house" / "record.sqlite",
        "INSERT INTO yihao_events (position, stream, version, topic, state) "
        "SELECT 1000, stream, 1000, topic, state FROM yihao_events "
        "WHERE stream = %s AND version = 2",
        "hall-day/city/2026-11-04",
    )

    for file in (tmp_path / "reports").iterdir():
        assert run("report", "verify", file, *house) == 0


def test_a_file_that_is_no_report_is_refused(
    reports: list[Path], house: list[str], tmp_path: Path, capsys: Said
) -> None:
    page = next(file for file in reports if file.suffix == ".html")
    page.write_text(page.read_text().replace(NAME, "other"))
    (tmp_path / "text.txt").write_text("a report")
    (tmp_path / "book.xlsx").write_bytes(b"PK no book")

    for file in (page, tmp_path / "text.txt", tmp_path / "book.xlsx"):
        assert run("report", "verify", file, *house) == 1
        assert "it carries no stamp that can be read" in capsys.readouterr().err
