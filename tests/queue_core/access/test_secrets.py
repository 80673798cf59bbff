"""The house's key, ticket secrets and subject keys."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from queue_core.access.secrets import SecretKeeper
from queue_core.errors import LogError


KEEPER = SecretKeeper(b"k" * 32)


def test_a_ticket_has_one_secret_that_is_short_and_not_guessable() -> None:
    secret = KEEPER.ticket_secret("t1")

    assert secret == KEEPER.ticket_secret("t1") == "D1aGHnlCp-L5jzxdgBJFXw"
    assert len(secret) == 22
    assert KEEPER.is_ticket_secret("t1", secret)


@pytest.mark.parametrize("wrong", ["", "t1", "钥匙", "\ud800", "a" * 10_000])
def test_nothing_else_opens_the_ticket(wrong: str) -> None:
    assert not KEEPER.is_ticket_secret("t1", wrong)
    assert not KEEPER.is_ticket_secret("t1", KEEPER.ticket_secret("t1") + wrong + "=")
    assert not KEEPER.is_ticket_secret("t2", KEEPER.ticket_secret("t1"))


def test_another_house_has_other_secrets() -> None:
    other = SecretKeeper(b"q" * 32)

    assert other.ticket_secret("t1") != KEEPER.ticket_secret("t1")


def test_a_short_key_becomes_one_that_tells_no_address_and_is_long_enough() -> None:
    made = KEEPER.key_near("192.0.2.7", "1")

    assert made == KEEPER.key_near("192.0.2.7", "1")
    assert made != KEEPER.key_near("192.0.2.8", "1")
    assert len(made) == 22


def test_an_identifier_has_one_keyed_hash_in_a_hall() -> None:
    hashed = KEEPER.keyed_hash("city", "phone", "13800138000")

    assert hashed == KEEPER.keyed_hash("city", "phone", "13800138000")
    assert hashed != KEEPER.keyed_hash("city", "phone", "13800138001")
    assert hashed != KEEPER.keyed_hash("city", "identity", "13800138000")
    assert hashed != KEEPER.keyed_hash("township", "phone", "13800138000")
    assert hashed != SecretKeeper(b"q" * 32).keyed_hash("city", "phone", "13800138000")
    assert "138" not in hashed


def test_a_ticket_and_a_person_of_the_same_name_have_nothing_in_common() -> None:
    assert KEEPER.keyed_hash("", "", "T1") != KEEPER.ticket_secret("T1")


def test_the_key_is_made_once_for_the_owners_eyes_only(tmp_path: Path) -> None:
    path = tmp_path / "key"

    first = SecretKeeper.from_file(path)
    second = SecretKeeper.from_file(path)

    assert first.ticket_secret("t1") == second.ticket_secret("t1")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(path.read_bytes()) == 32
    assert list(tmp_path.iterdir()) == [path]


def test_a_damaged_key_is_not_replaced_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(b"half")

    with pytest.raises(LogError, match="backup"):
        SecretKeeper.from_file(path)

    assert path.read_bytes() == b"half"


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="cannot be used"):
        SecretKeeper.from_file(tmp_path / "nowhere" / "key")


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        SecretKeeper(b"short")
