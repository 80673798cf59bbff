"""Clips spoken by espeak-ng, for a hall that has recorded none.

The library comes with the package ``espeakng-loader`` (``pip install yihao[voice]``).
It only makes the clips: whoever serves a hall reads files.
"""

from __future__ import annotations

import ctypes
import importlib
import wave
from array import array
from pathlib import Path
from typing import Any

from queue_core.errors import YihaoError
from queue_core.values import Language

from .wording import VOCABULARY


ESPEAK_VOICES: dict[Language, bytes] = {"zh": b"cmn", "en": b"en-us"}
WORDS_PER_MINUTE = 150
SYNCHRONOUS, UTF8, RATE = 2, 1, 1
"""Of espeak-ng's interface: the kind of output, the coding of texts, a parameter."""
QUIET = 300
"""Samples below this at both ends of a clip are cut off: clips are joined."""
SAMPLE_BYTES = 2

Receive = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


class VoiceMissing(YihaoError):
    """There is no voice that could speak clips."""

    def __init__(self, why: str) -> None:
        super().__init__(f"no clips can be spoken: {why}; pip install yihao[voice]")


class Espeak:
    """The library, and what it is saying."""

    def __init__(self) -> None:
        try:
            loader = importlib.import_module("espeakng_loader")
            self._library = ctypes.CDLL(loader.get_library_path())
        except (ImportError, OSError) as error:
            raise VoiceMissing(str(error)) from error
        data = str(loader.get_data_path()).encode()
        self.samples_per_second: int = self._library.espeak_Initialize(
            SYNCHRONOUS, 0, data, 0
        )
        if self.samples_per_second <= 0:
            raise VoiceMissing("espeak-ng does not start")
        self._library.espeak_SetParameter(RATE, WORDS_PER_MINUTE, 0)
        self._heard = bytearray()
        # It must live as long as the library may call it.
        self._receive = Receive(self._take)
        self._library.espeak_SetSynthCallback(self._receive)

    def speak(self, text: str, language: Language) -> bytes:
        """Return a text as samples of 16 bits, without the silence around it.

        Raises:
            VoiceMissing: The library has no such voice.
        """
        if self._library.espeak_SetVoiceByName(ESPEAK_VOICES[language]) != 0:
            raise VoiceMissing(f"espeak-ng has no voice for {language}")
        self._heard.clear()
        said = text.encode()
        self._library.espeak_Synth(
            said, ctypes.c_size_t(len(said) + 1), 0, 0, 0, UTF8, None, None
        )
        self._library.espeak_Synchronize()
        return without_silence(bytes(self._heard))

    def _take(self, samples: Any, count: int, _events: Any) -> int:
        if samples and count > 0:
            self._heard += ctypes.string_at(samples, count * SAMPLE_BYTES)
        return 0


def without_silence(heard: bytes) -> bytes:
    """Return samples of 16 bits without the quiet ones at both ends."""
    samples = array("h", heard)
    loud = [place for place, sample in enumerate(samples) if abs(sample) > QUIET]
    if not loud:
        return b""
    return samples[loud[0] : loud[-1] + 1].tobytes()


def make_clips(folder: Path) -> None:
    """Write every clip that is not there; recordings of the hall stay as they are.

    Beside them stands what each of them says, for whoever wants to record his own.

    Raises:
        VoiceMissing: There is no voice.
        OSError: The folder cannot be written.
    """
    espeak = Espeak()
    for language, words in VOCABULARY.items():
        inside = folder / language
        inside.mkdir(parents=True, exist_ok=True)
        for name, text in words.items():
            path = inside / f"{name}.wav"
            if not path.exists():
                write_clip(
                    path, espeak.speak(text, language), espeak.samples_per_second
                )
        script = "".join(f"{name}.wav\t{text}\n" for name, text in words.items())
        (inside / "script.txt").write_text(script, encoding="utf-8")


def write_clip(path: Path, samples: bytes, samples_per_second: int) -> None:
    """Write samples of 16 bits as a WAV file with one channel."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(SAMPLE_BYTES)
        file.setframerate(samples_per_second)
        file.writeframes(samples)
