"""Announcements as sound, for screens that cannot speak."""

from __future__ import annotations

import io
from pathlib import Path

from tests.displays.voice.tones import clip_tone, record, samples_of
from tests.open_house import OpenHouse, open_house


async def test_a_house_with_clips_speaks_calls(tmp_path: Path) -> None:
    record(tmp_path / "voice", "zh", "en")
    async with open_house(tmp_path / "data", voice=tmp_path / "voice") as house:
        path = f"{house.path}/announcement"
        told = await house.anyone.get(path, number="A012", window="3")
        english = await house.anyone.get(path, number="A012", window="3", language="en")
        nowhere = await house.anyone.get(path, number="A012", window="99")
        unreadable = await house.anyone.get(path, number="../A", window="3")
        hall = await house.anyone.get(house.path)

    assert told.status == 200
    assert samples_of(io.BytesIO(told.says)).startswith(clip_tone("please", "zh"))
    assert samples_of(io.BytesIO(english.says)).startswith(clip_tone("number", "en"))
    assert (nowhere.status, unreadable.status) == (404, 422)
    assert hall.says["screen"]["voice"]["clips"] == ["zh", "en"]


async def test_a_house_without_clips_says_so(house: OpenHouse) -> None:
    told = await house.anyone.get(
        f"{house.path}/announcement", number="A012", window="3"
    )

    assert told.status == 404
    hall = await house.anyone.get(house.path)
    assert hall.says["screen"]["voice"]["clips"] == []
