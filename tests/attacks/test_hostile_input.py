"""A small share of the hostile drill: ``yihao soak --drill hostile`` sends the rest."""

from __future__ import annotations

import random
from pathlib import Path

from displays.link.frames import FROM_CLIENT, decode
from displays.link.protocol import LONGEST_REASON, Failed, ServerSide
from queue_core.errors import ParseError
from yihao.house import ROUTES
from yihao.soak.ground import Ground
from yihao.soak.hostile.doors import described
from yihao.soak.hostile.drill import hostile, house_of_strangers
from yihao.soak.hostile.folders import Folders
from yihao.soak.hostile.frames import BOMBS, Frames, encoded
from yihao.soak.hostile.requests import Requests


INPUTS = 400
MESSAGES = 5_000


async def test_hostile_input_is_refused_and_the_house_works_as_before(
    tmp_path: Path,
) -> None:
    ground = Ground(tmp_path / "record.sqlite", tmp_path)

    counted = await hostile(ground, random.Random(4), INPUTS)

    assert counted["refused"] > INPUTS // 4
    assert counted["link refused"]


async def test_every_route_of_the_description_is_attacked(tmp_path: Path) -> None:
    ground = Ground(tmp_path / "record.sqlite", tmp_path)
    async with house_of_strangers(ground) as running:
        requests = Requests(await described(running.port), ["s.nobody"])

    attacked = {(one.method, one.path) for one in requests.operations}
    assert attacked == {(route.method, route.path) for route in ROUTES}


def test_the_same_seed_sends_the_same(tmp_path: Path) -> None:
    frames = Frames("township", ["t1"], ["s.nobody"])

    def drawn() -> list[bytes | str]:
        chance = random.Random(7)
        return [frames.draw(chance) for _ in range(200)]

    assert drawn() == drawn()


def test_no_message_breaks_the_side_that_reads_it() -> None:
    chance = random.Random(5)
    frames = Frames("township", ["t1"], ["s.nobody", "大厅" * 200])
    for _ in range(MESSAGES):
        side = ServerSide()
        side.receive(frames.hello(chance))
        wish = side.receive(frames.draw(chance))
        if isinstance(wish, Failed):
            # What a close frame cannot carry would break the link (RFC 6455, 5.5).
            assert len(wish.reason.encode()) <= LONGEST_REASON


def test_a_bomb_of_a_few_bytes_is_no_frame_and_takes_no_room() -> None:
    for bomb in BOMBS:
        try:
            decode(bomb, FROM_CLIENT)
        except ParseError:
            continue
        raise AssertionError(f"{bomb[:20]!r} was read")


def test_the_reason_of_a_farewell_fits_into_it_in_every_script() -> None:
    side = ServerSide()

    wish = side.receive(encoded([16, "", "", 0, 0, {"大厅" * 40: 1}]))

    assert isinstance(wish, Failed)
    assert len(wish.reason.encode()) <= LONGEST_REASON


def test_a_spoilt_profile_is_used_or_its_faults_are_told(tmp_path: Path) -> None:
    chance, folders = random.Random(9), Folders(tmp_path)
    used = 0
    for _ in range(12):
        folders.draw(chance)
        used += folders.read()

    assert used < 12
