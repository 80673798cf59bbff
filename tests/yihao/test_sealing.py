"""The days of a hall are signed when they are over, and anybody can check it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from projections.proof.sealing import next_seal, seals
from queue_core.events_of_proof import DaySealed
from queue_core.log import codec
from queue_core.log.event_log import EventLog
from queue_core.log.streams import hall_day_stream
from queue_core.log.witness import leaves_of
from queue_core.proof.checking import is_beginning, is_included
from queue_core.proof.heads import head_of, key_id
from queue_core.proof.keys import read_signer, signer_from_file
from queue_core.proof.merkle import MerkleTree, leaf_hash
from queue_core.proof.signing import is_signed
from tests.open_house import MONDAY, Caller, OpenHouse, open_house


TUESDAY = "2026-03-03"


async def closed_day(house: OpenHouse, date: str = MONDAY) -> DaySealed:
    """Close the day and wait until it is sealed."""
    sealed: asyncio.Future[DaySealed] = asyncio.get_running_loop().create_future()

    def note(recorded: list[Any]) -> None:
        for one in recorded:
            if isinstance(one.event, DaySealed) and one.event.date == date:
                sealed.set_result(one.event)

    leave = house.hall.desk.subscribe(note)
    hours = house.hall.live.hours
    assert hours is not None
    house.clock.move_to(hours.ends_at)
    try:
        return await asyncio.wait_for(sealed, 60)
    finally:
        leave()


def tree_of(log: EventLog, date: str) -> MerkleTree:
    """Return the tree of what is stored of a day."""
    return MerkleTree(leaves_of(log.stored(hall_day_stream("township", date))))


def assert_proves(told: dict[str, Any], number: str) -> None:
    """Check a ticket's proof as anybody could who has nothing but the answer."""
    leaf, root = bytes.fromhex(told["leaf"]), bytes.fromhex(told["root"])
    path = [bytes.fromhex(one) for one in told["path"]]
    assert is_included(leaf_hash(leaf), told["index"], told["size"], path, root)
    topic, event = b"ticket-issued.1", leaf.partition(b"ticket-issued.1")[2]
    assert leaf.startswith(b"\0\0\0\x1c" + hall_day_stream("township", MONDAY).encode())
    issued = codec.decode(topic.decode(), event)
    assert (issued.ticket, issued.number) == (told["ticket"], number)  # type: ignore[attr-defined]


async def test_a_day_that_is_over_is_signed_and_the_next_one_hangs_on_it(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        await house.clerk_at("1")
        await house.number()
        first = await closed_day(house)
        log = house.house.log
        tree = tree_of(log, MONDAY)
    async with open_house(tmp_path, date=TUESDAY) as house:
        second = await closed_day(house, TUESDAY)
        key = (await house.anyone.get(f"{house.path}/proof/key")).says
        heads = (await house.anyone.get(f"{house.path}/proof/heads")).says["heads"]
        later = await house.anyone.get(f"{house.path}/proof/heads", from_date=TUESDAY)

    signer = read_signer(tmp_path / "signing.key")
    assert (first.seal.size, first.seal.root) == (len(tree), tree.root().hex())
    assert (first.seal.previous, second.seal.previous) == ("", first.seal.head)
    assert first.seal.key == key["key"] == key_id(signer.public_key)
    for sealed, told in zip((first, second), heads, strict=True):
        text, signature = told["text"].encode(), bytes.fromhex(told["signature"])
        assert text == head_of(sealed).text()
        assert is_signed("ed25519", bytes.fromhex(key["public_key"]), text, signature)
    assert [one["head"] for one in later.says["heads"]] == [second.seal.head]


async def test_a_day_that_was_left_unsigned_is_signed_when_the_house_opens_again(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        await house.clerk_at("1")
        await house.number()
    async with open_house(tmp_path, date=TUESDAY) as house:
        await house.day_state(1, TUESDAY)
        await closed_day(house, TUESDAY)
        dates = [one.date for one in seals(house.house.log, "township")]
        nothing = next_seal(
            house.house.log, "township", house.house.signer, at=1, by="house"
        )

    assert dates == [MONDAY, TUESDAY]
    assert nothing is None


async def test_a_citizen_has_it_proven_that_his_number_is_in_the_record(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        await house.clerk_at("1")
        await house.number()
        holder, taken = await house.holder()
        path = f"/api/tickets/{taken['ticket']}/proof"
        open_proof = await holder.get(path)
        head = (await house.anyone.get(f"{house.path}/proof/head")).says
        sealed = await closed_day(house)
        signed_proof = await holder.get(path, date=MONDAY)
        signed_head = (
            await house.anyone.get(f"{house.path}/proof/head", date=MONDAY)
        ).says
        grown = await house.anyone.get(
            f"{house.path}/proof/beginning", date=MONDAY, size=str(head["size"])
        )

    assert_proves(open_proof.says, taken["number"])
    assert open_proof.says["signed"] is None
    assert (head["size"], head["root"], head["signed"]) == (
        open_proof.says["size"],
        open_proof.says["root"],
        None,
    )
    assert_proves(signed_proof.says, taken["number"])
    assert signed_proof.says["root"] == sealed.seal.root == signed_head["root"]
    assert signed_proof.says["signed"] == signed_head["signed"]
    assert is_beginning(
        head["size"],
        bytes.fromhex(head["root"]),
        grown.says["size"],
        bytes.fromhex(sealed.seal.root),
        [bytes.fromhex(one) for one in grown.says["path"]],
    )


async def test_what_cannot_be_proven_is_refused_with_its_reason(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        await house.clerk_at("1")
        holder, taken = await house.holder()
        path = f"/api/tickets/{taken['ticket']}/proof"
        stranger = Caller(house.http, "guessed")
        told = [
            await holder.get(path, date="2026-02-27"),
            await holder.get(path, date="yesterday"),
            await stranger.get(path),
            await house.anyone.get(path),
            await house.anyone.get(f"{house.path}/proof/head", date="2026-02-27"),
            await house.anyone.get(
                f"{house.path}/proof/beginning", date=MONDAY, size="999"
            ),
            await house.anyone.get(f"{house.path}/proof/beginning", date=MONDAY),
            await house.anyone.get(
                f"{house.path}/proof/beginning", date="2026-02-27", size="1"
            ),
        ]

    assert [one.status for one in told] == [404, 422, 401, 401, 404, 422, 422, 404]
    assert told[5].details["field"] == "size"


@pytest.mark.parametrize("algorithm", ["ed25519", "sm2"])
async def test_the_house_signs_with_the_key_it_is_given(
    tmp_path: Path, algorithm: str
) -> None:
    key = tmp_path / "elsewhere.key"
    signer = signer_from_file(key, algorithm)
    async with open_house(tmp_path / "data", signing_key_file=key) as house:
        sealed = await closed_day(house)

    text, signature = head_of(sealed).text(), bytes.fromhex(sealed.seal.signature)
    assert is_signed(algorithm, signer.public_key, text, signature)
    assert sealed.seal.algorithm == algorithm
    assert not (tmp_path / "data" / "signing.key").exists()
