"""A folder of clips, and the announcements joined from them.

A clip is a WAV file, such as ``zh/please.wav``. All clips of a language have one
format, because they are joined sample by sample, and none may be missing.
"""

from __future__ import annotations

import io
import wave
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from queue_core.errors import YihaoError
from queue_core.values import Language

from .wording import PAUSES, VOCABULARY, clips_of


PAUSE_SECONDS = 0.18
KEPT = 64
"""Announcements kept ready: each is asked for by every board, and said twice."""


class ClipsUnusable(YihaoError):
    """A folder of clips cannot be used."""

    def __init__(self, folder: Path, why: str) -> None:
        self.folder = folder
        self.why = why
        super().__init__(f"the clips in {folder} cannot be used: {why}")


class Format(NamedTuple):
    """What all clips of a language have in common."""

    channels: int
    sample_bytes: int
    samples_per_second: int


Formats = dict[Language, Format]


class Clips:
    """The clips of a hall, read once."""

    def __init__(
        self, clips: dict[Language, dict[str, bytes]], formats: Formats
    ) -> None:
        self._clips = clips
        self._formats = formats
        self._kept = lru_cache(KEPT)(self._joined)

    @property
    def languages(self) -> list[Language]:
        """Return the languages that can be spoken."""
        return list(self._clips)

    def announcement(
        self, number: str, window: str, language: Language
    ) -> bytes | None:
        """Return an announcement as a WAV file; None in a language without clips."""
        if language not in self._clips:
            return None
        return self._kept(number, window, language)

    def _joined(self, number: str, window: str, language: Language) -> bytes:
        clips, form = self._clips[language], self._formats[language]
        silence = bytes(
            int(PAUSE_SECONDS * form.samples_per_second)
            * form.channels
            * form.sample_bytes
        )
        written = io.BytesIO()
        with wave.open(written, "wb") as file:
            file.setnchannels(form.channels)
            file.setsampwidth(form.sample_bytes)
            file.setframerate(form.samples_per_second)
            for name in clips_of(number, window, language):
                file.writeframes(clips[name])
                if name in PAUSES[language]:
                    file.writeframes(silence)
        return written.getvalue()


def read_clips(folder: Path) -> Clips:
    """Read the clips of every language that has a folder.

    Raises:
        ClipsUnusable: A clip is missing or no WAV file, or two differ in format.
    """
    clips: dict[Language, dict[str, bytes]] = {}
    formats: Formats = {}
    for language, words in VOCABULARY.items():
        inside = folder / language
        if inside.is_dir():
            found = {name: _read(inside / f"{name}.wav") for name in words}
            kinds = {form for form, _ in found.values()}
            if len(kinds) > 1:
                raise ClipsUnusable(inside, "they have not all the same format")
            formats[language] = kinds.pop()
            clips[language] = {name: data for name, (_, data) in found.items()}
    return Clips(clips, formats)


def _read(path: Path) -> tuple[Format, bytes]:
    try:
        with wave.open(str(path), "rb") as file:
            form = Format(file.getnchannels(), file.getsampwidth(), file.getframerate())
            return form, file.readframes(file.getnframes())
    except FileNotFoundError:
        raise ClipsUnusable(path.parent, f"there is no {path.name}") from None
    except (OSError, EOFError, wave.Error) as error:
        raise ClipsUnusable(path.parent, f"{path.name}: {error}") from error
