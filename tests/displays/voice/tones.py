"""Clips for tests: each a tone of its own, so that what is joined can be told."""

from __future__ import annotations

import wave
from pathlib import Path

from displays.voice.making import write_clip
from displays.voice.wording import VOCABULARY
from queue_core.values import Language


PER_SECOND = 8_000
LENGTH = 10
"""Samples of the first clip of a language; each later one has one more."""


def record(folder: Path, *languages: Language) -> None:
    """Write the clips of some languages."""
    for language in languages:
        (folder / language).mkdir(parents=True)
        for place, name in enumerate(VOCABULARY[language]):
            path = folder / language / f"{name}.wav"
            write_clip(path, tone(place), PER_SECOND)


def tone(place: int) -> bytes:
    """Return the samples of the clip at a place of the vocabulary."""
    return (1_000 + place).to_bytes(2, "little") * (LENGTH + place)


def clip_tone(name: str, language: Language) -> bytes:
    """Return the samples of a clip."""
    return tone(list(VOCABULARY[language]).index(name))


def samples_of(path_or_file: object) -> bytes:
    """Return what sounds in a WAV file."""
    with wave.open(path_or_file, "rb") as file:  # type: ignore[call-overload]
        found: bytes = file.readframes(file.getnframes())
    return found
