"""Passwords: argon2id, and no hint by the time a check takes."""

from __future__ import annotations

import asyncio

import pytest
from argon2 import PasswordHasher, Type, extract_parameters

from queue_core.access.passwords import WAITING_LIMIT, Passwords
from queue_core.access.refusals import PasswordTooShort
from queue_core.errors import Overloaded

from .store_case import CHEAP


async def test_the_house_hashes_with_argon2id_and_the_parameters_of_the_rfc() -> None:
    passwords = Passwords()

    parameters = extract_parameters(await passwords.hash("open sesame"))

    assert parameters.type is Type.ID
    assert (parameters.memory_cost, parameters.time_cost) == (65_536, 3)
    passwords.close()


async def test_a_password_is_right_or_wrong() -> None:
    passwords = Passwords(CHEAP)
    stored = await passwords.hash("open sesame")

    assert (await passwords.verify(stored, "open sesame")).right
    assert not (await passwords.verify(stored, "Open sesame")).right
    assert not (await passwords.verify("no hash at all", "open sesame")).right
    passwords.close()


async def test_the_same_letters_are_the_same_password_on_every_keyboard() -> None:
    passwords = Passwords(CHEAP)
    stored = await passwords.hash("caf\u00e9 au lait")

    assert (await passwords.verify(stored, "cafe\u0301 au lait")).right
    passwords.close()


async def test_for_nobody_a_hash_is_checked_all_the_same() -> None:
    checked: list[str] = []

    class Watched(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]
            checked.append(str(hash))
            return super().verify(hash, password)

    passwords = Passwords(Watched(time_cost=1, memory_cost=8, parallelism=1))
    stored = await passwords.hash("open sesame")

    nobody = await passwords.verify(None, "open sesame")
    somebody = await passwords.verify(stored, "wrong")

    assert not nobody.right
    assert not somebody.right
    assert len(checked) == 2
    assert checked[0].rsplit("$", 2)[0] == checked[1].rsplit("$", 2)[0]
    passwords.close()


async def test_an_aged_hash_gets_a_new_one() -> None:
    aged = await Passwords(CHEAP).hash("open sesame")
    passwords = Passwords(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))

    verdict = await passwords.verify(aged, "open sesame")

    assert verdict.right
    assert extract_parameters(verdict.new_hash).time_cost == 2
    assert (await passwords.verify(verdict.new_hash, "open sesame")).new_hash == ""
    passwords.close()


async def test_a_short_password_is_not_hashed() -> None:
    passwords = Passwords(CHEAP)

    with pytest.raises(PasswordTooShort):
        await passwords.hash("sesame")
    passwords.close()


async def test_a_flood_of_sign_ins_is_turned_away() -> None:
    passwords = Passwords(CHEAP)

    answers = await asyncio.gather(
        *(passwords.verify(None, "guess") for _ in range(WAITING_LIMIT + 3)),
        return_exceptions=True,
    )

    assert sum(isinstance(answer, Overloaded) for answer in answers) == 3
    assert not (await passwords.verify(None, "guess")).right
    passwords.close()
