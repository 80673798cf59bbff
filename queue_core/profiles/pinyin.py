"""How Chinese characters sound, from a dictionary that is no larger than needed.

The library's own dictionary of 47,000 phrases takes a third of a server's memory. Two
kinds of them matter: those in which a character sounds otherwise than alone (银行),
and those that divide the words of the hall's items (机动车 行驶证). The rest say
nothing that the single characters do not say, once tones are left out.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

import msgspec


# The library looks at these when it is imported. Whoever has imported it before has
# the whole dictionary, which is right too.
SPARING = {"PYPINYIN_NO_PHRASES": "true", "PYPINYIN_NO_DICT_COPY": "true"}
ADDED = SPARING.keys() - os.environ.keys()
os.environ.update(SPARING)

from pypinyin import lazy_pinyin, load_phrases_dict  # noqa: E402
from pypinyin.contrib.tone_convert import to_normal  # noqa: E402


# Other programs that this one starts shall choose for themselves.
for _name in ADDED:
    del os.environ[_name]

DICTIONARY = "phrases_dict.json"

LEARNED: set[str] = set()
"""The texts that were taken in; the dictionary is one for the whole process."""
LEARNING = threading.Lock()

Readings = list[list[str]]
"""The readings of each character of a phrase, the usual one first, with tones."""

plain_reading = lru_cache(maxsize=4096)(to_normal)
"""A reading without its tone."""


@lru_cache(maxsize=8192)
def syllables_of(characters: str) -> tuple[str, ...]:
    """Return how characters sound, one toneless syllable for each."""
    return tuple(lazy_pinyin(characters))


def learn(texts: Iterable[str]) -> None:
    """Take in from the library's dictionary what matters for texts, and for any.

    The first time it takes most of a second: call it in a thread, and once for many
    texts. Texts that were taken in before cost nothing.
    """
    with LEARNING:
        unknown = set(texts) - LEARNED
        if unknown or not LEARNED:
            load_phrases_dict(phrases_for("\n".join(unknown), first=not LEARNED))
            LEARNED.update(unknown)
            syllables_of.cache_clear()


def phrases_for(words: str, *, first: bool) -> dict[str, Readings]:
    """Return the phrases that stand in words; the first time also all telling ones."""
    raw = (files("pypinyin") / DICTIONARY).read_bytes()
    # The readings are decoded one by one: all at once they would fill the memory that
    # is to be spared.
    phrases = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    kept: dict[str, Readings] = {}
    for phrase, encoded in phrases.items():
        spoken = phrase in words
        if spoken or first:
            readings = msgspec.json.decode(encoded, type=Readings)
            if spoken or is_telling(phrase, readings):
                kept[phrase] = readings
    return kept


def is_telling(phrase: str, readings: Readings) -> bool:
    """Tell whether a character sounds otherwise in the phrase than alone."""
    heard = [plain_reading(one[0]) for one in readings]
    return heard != [usual_reading(character) for character in phrase]


@cache
def usual_reading(character: str) -> str:
    """Return how a character sounds alone."""
    found: list[str] = lazy_pinyin(character)
    return found[0]
