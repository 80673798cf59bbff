"""Announcements are joined from clips, whoever recorded them."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import pytest

from displays.voice.clips import PAUSE_SECONDS, ClipsUnusable, read_clips
from displays.voice.making import VoiceMissing, make_clips, without_silence
from displays.voice.opening import open_voice
from displays.voice.wording import VOCABULARY, clips_of

from .tones import PER_SECOND, clip_tone, record, samples_of


SILENCE = bytes(2 * int(PAUSE_SECONDS * PER_SECOND))


def test_an_announcement_holds_its_clips_in_order_with_a_moment_between(
    tmp_path: Path,
) -> None:
    record(tmp_path, "zh", "en")

    spoken = read_clips(tmp_path).announcement("A012", "3", "zh")

    assert spoken is not None
    names = clips_of("A012", "3", "zh")
    expected = [clip_tone(name, "zh") for name in names]
    expected.insert(names.index("to") + 1, SILENCE)
    assert samples_of(io.BytesIO(spoken)) == b"".join(expected)
    with wave.open(io.BytesIO(spoken), "rb") as file:
        assert (file.getframerate(), file.getnchannels()) == (PER_SECOND, 1)


def test_a_language_without_clips_is_not_spoken(tmp_path: Path) -> None:
    record(tmp_path, "zh")

    clips = read_clips(tmp_path)

    assert clips.languages == ["zh"]
    assert clips.announcement("A012", "3", "en") is None


@pytest.mark.parametrize(
    ("content", "why"),
    [(None, "there is no ten.wav"), (b"RIFF", "ten.wav: "), (b"", "ten.wav: ")],
)
def test_a_clip_that_cannot_be_read_is_named(
    tmp_path: Path, content: bytes | None, why: str
) -> None:
    record(tmp_path, "zh")
    clip = tmp_path / "zh" / "ten.wav"
    clip.unlink() if content is None else clip.write_bytes(content)

    with pytest.raises(ClipsUnusable, match=why):
        read_clips(tmp_path)


def test_clips_of_different_formats_are_refused(tmp_path: Path) -> None:
    record(tmp_path, "zh")
    with wave.open(str(tmp_path / "zh" / "ten.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(PER_SECOND)
        file.writeframes(bytes(40))

    with pytest.raises(ClipsUnusable, match="same format"):
        read_clips(tmp_path)


def test_missing_clips_are_spoken_and_recorded_ones_stay(tmp_path: Path) -> None:
    own = tmp_path / "zh" / "please.wav"
    make_clips(tmp_path)
    own.write_bytes((tmp_path / "zh" / "ten.wav").read_bytes())
    (tmp_path / "en" / "A.wav").unlink()

    make_clips(tmp_path)

    voice = read_clips(tmp_path)
    assert voice.languages == ["zh", "en"]
    assert own.read_bytes() == (tmp_path / "zh" / "ten.wav").read_bytes()
    script = (tmp_path / "zh" / "script.txt").read_text(encoding="utf-8")
    assert "window.wav\t号窗口办理\n" in script
    for language, words in VOCABULARY.items():
        for name in words:
            heard = samples_of(str(tmp_path / language / f"{name}.wav"))
            assert len(heard) > 2_000, name


def test_a_spoken_clip_has_no_silence_around_it() -> None:
    loud = (2_000).to_bytes(2, "little")

    assert without_silence(bytes(40) + loud * 5 + bytes(2) + loud + bytes(90)) == (
        loud * 5 + bytes(2) + loud
    )
    assert without_silence(bytes(40)) == b""


def test_without_recordings_and_espeak_the_house_is_silent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "espeakng_loader", None)

    with pytest.raises(VoiceMissing, match="pip install"):
        make_clips(tmp_path / "voice")
    assert open_voice(tmp_path / "voice") is None
    record(tmp_path / "recorded", "zh")
    recorded = open_voice(tmp_path / "recorded")
    assert recorded is not None
    assert recorded.languages == ["zh"]
    (tmp_path / "recorded" / "zh" / "ten.wav").unlink()
    assert open_voice(tmp_path / "recorded") is None
