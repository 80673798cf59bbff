"""Find items by the words that citizens use.

Every item is known by phrases: its name, its aliases, its English name. A query is
compared with all of them by characters, by sound (wrong characters, pinyin) and by
initials; characters weigh the more the fewer items have them, and their order counts
little. Everything about the items is worked out once, at construction.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from . import spoken
from .pinyin import learn
from .profile import HallProfile, Item


Scores = NDArray[np.float64]

SOUND_WORTH = 0.9
"""A phrase that only sounds like the query is worth less than one written like it."""
ALL_SPOKEN_LEAST, ALL_SPOKEN_MORE = 0.58, 0.38
"""The query holds the whole phrase and more: "身份证丢了找谁" holds "身份证丢了"."""
ALL_ASKED_LEAST, ALL_ASKED_MORE = 0.70, 0.15
"""The phrase holds the whole query and more."""
ITEM_SHARE = 0.15
"""How much counts what the item's other words cover of the query."""
CONTRADICTION_WORTH = 0.4
BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]")
TELLING_BRACKET = 4
"""Characters from which words in brackets are a name of their own (公司注册)."""
EXACT = 0.99
LEAST_SCORE = 0.34
LEAST_OF_BEST = 0.45
"""Items far behind the best one are not shown."""

STEM = 6
"""Letters by which words are told apart, so that "register" finds "registration"."""

IDLE_WORDS = frozenset(
    re.findall(
        "[a-z]+",
        "a an and apply application at by do for from get how i in is my need of on "
        "or please the to want where with",
    )
)


class Found(NamedTuple):
    """An item and how well it matches, from 0 to 100."""

    item: Item
    score: float


class ItemSearch:
    """Searches the items of one profile."""

    def __init__(self, profile: HallProfile) -> None:
        self._items = profile.items
        phrases = [list(_phrases(item)) for item in self._items]
        self._starts = np.cumsum([0, *map(len, phrases)])[:-1]
        flat = [phrase for of_item in phrases for phrase in of_item]
        learn(flat)
        spelled = [spoken.syllables(phrase) for phrase in flat]
        self._known = frozenset(one for word in spelled for one in word)
        self._texts = [" ".join(of_item) for of_item in phrases]
        self._zones = [item.zone for item in self._items]
        self._written = _Grams([spoken.units(one) for one in flat], self._starts)
        heard = [[spoken.sound(one) for one in word] for word in spelled]
        self._heard = _Grams(heard, self._starts)
        self._letters = [spoken.merged("".join(word)) for word in spelled]
        self._initials = [spoken.initials(word) for word in spelled]
        self._english = _English([item.name_en for item in self._items])

    def find(self, query: str, limit: int = 3, zone: str = "") -> list[Found]:
        """Return the items that match best, the best first; of one zone if given."""
        asked = spoken.plain(query)
        if not asked or not self._items:
            return []
        scores = self._score(asked)
        if not spoken.CHARACTER.search(asked):
            scores = np.maximum(scores, self._english.scores(query))
        if zone:
            here = np.array([one == zone for one in self._zones])
            scores = np.where(here, scores, 0.0)
        best = np.argsort(-scores, kind="stable")[:limit]
        least = max(LEAST_SCORE, LEAST_OF_BEST * float(scores[best[0]]))
        return [
            Found(self._items[at], round(100 * float(scores[at]), 1))
            for at in best
            if scores[at] >= least
        ]

    def _score(self, asked: str) -> Scores:
        """Return how well every item matches, from 0 to 1."""
        scores = self._compare(asked)
        usual = spoken.usual_words(asked)
        core = spoken.without_fillers(asked)
        if not core:
            scores[scores < EXACT] = 0.0
            return scores
        for other in {usual, core, spoken.without_fillers(usual)} - {asked, ""}:
            scores = np.maximum(scores, self._compare(other))
        for at in np.flatnonzero(scores >= LEAST_SCORE):
            if spoken.contradicts(asked, self._texts[at]):
                scores[at] *= CONTRADICTION_WORTH
        return scores

    def _compare(self, asked: str) -> Scores:
        by_sound = SOUND_WORTH * self._heard.compare(self._sounds(asked))
        if asked.isascii() and asked.isalnum():
            by_letters = self._best_of_item(self._by_letters(asked))
            return np.maximum(by_sound, by_letters)
        return np.maximum(by_sound, self._written.compare(spoken.units(asked)))

    def _sounds(self, asked: str) -> list[str]:
        """Return the sounds of a query, in which pinyin may stand for characters."""
        sounds: list[str] = []
        for syllable in spoken.syllables(asked):
            parts = None
            if syllable.isalpha() and syllable not in self._known:
                parts = spoken.split_pinyin(syllable, self._known)
            sounds += [spoken.sound(part) for part in parts or [syllable]]
        return sounds

    def _by_letters(self, asked: str) -> Scores:
        """Compare letters with the pinyin and the initials of every phrase."""
        ratios = process.cdist(
            [spoken.merged(asked)], self._letters, scorer=fuzz.ratio, dtype=np.float64
        )[0]
        scores = np.asarray(ratios, dtype=np.float64) / 100 * SOUND_WORTH
        scores[scores < SOUND_WORTH * 0.7] = 0.0
        for at, letters in enumerate(self._initials):
            if asked in letters:
                worth = 0.7 + 0.25 * len(asked) / len(letters)
                scores[at] = max(scores[at], worth)
        return scores

    def _best_of_item(self, scores: Scores) -> Scores:
        return np.maximum.reduceat(scores, self._starts)


def _phrases(item: Item) -> Iterable[str]:
    """Return what an item is called, plain and each once, its name first."""
    brackets = [
        one for one in BRACKETS.findall(item.name) if len(one) >= TELLING_BRACKET
    ]
    whole = [item.name, BRACKETS.sub("", item.name), *brackets, *item.aliases]
    plain = [spoken.plain(phrase) for phrase in whole]
    usual = [spoken.usual_words(phrase) for phrase in plain]
    return dict.fromkeys(phrase for phrase in plain + usual if phrase) or ["?"]


class _Grams:
    """An index of phrases by their parts, and by two parts that stand together."""

    def __init__(self, phrases: list[list[str]], starts: NDArray[np.int64]) -> None:
        self._starts = starts
        ends = [*starts[1:].tolist(), len(phrases)]
        spans = list(zip(starts.tolist(), ends, strict=True))
        of_phrase: dict[str, list[int]] = defaultdict(list)
        of_item: dict[str, list[int]] = defaultdict(list)
        for at, (start, end) in enumerate(spans):
            for phrase in range(start, end):
                for gram in spoken.grams(phrases[phrase]):
                    of_phrase[gram].append(phrase)
                    if not of_item[gram] or of_item[gram][-1] != at:
                        of_item[gram].append(at)
        self._of_phrase = {one: np.array(found) for one, found in of_phrase.items()}
        self._of_item = {one: np.array(found) for one, found in of_item.items()}
        self._most = math.log(1 + len(spans))
        self._weights = {
            gram: math.log(1 + len(spans) / len(found))
            for gram, found in of_item.items()
        }
        self._sizes = np.array(
            [
                sum(self._weights[gram] for gram in spoken.grams(phrase))
                for phrase in phrases
            ]
        )

    def compare(self, parts: list[str]) -> Scores:
        """Return how well every item matches the parts, from 0 to 1."""
        asked = spoken.grams(parts)
        size = sum(self._weights.get(gram, self._most) for gram in asked)
        shared = np.zeros(len(self._sizes))
        covered = np.zeros(len(self._starts))
        for gram in asked:
            if (found := self._of_phrase.get(gram)) is not None:
                shared[found] += self._weights[gram]
                covered[self._of_item[gram]] += self._weights[gram]
        alike = 2 * shared / (size + self._sizes)
        of_phrase, of_asked = shared / self._sizes, shared / size
        spoken_whole = of_phrase**2 * (ALL_SPOKEN_LEAST + ALL_SPOKEN_MORE * of_asked)
        asked_whole = of_asked**2 * (ALL_ASKED_LEAST + ALL_ASKED_MORE * of_phrase)
        best = np.maximum(alike, np.maximum(spoken_whole, asked_whole))
        of_item: Scores = np.maximum.reduceat(best, self._starts)
        return (1 - ITEM_SHARE) * of_item + ITEM_SHARE * covered / size


class _English:
    """An index of English names by word; a misspelt word counts as the nearest."""

    def __init__(self, names: list[str]) -> None:
        self._count = len(names)
        words = [set(_words(name)) for name in names]
        self._sizes = np.array([max(1, len(one)) for one in words])
        self._found: dict[str, list[int]] = defaultdict(list)
        for at, of_name in enumerate(words):
            for word in of_name:
                self._found[word].append(at)
        self._vocabulary = list(self._found)

    def scores(self, query: str) -> Scores:
        """Return how well every item's English name matches, from 0 to 1."""
        scores = np.zeros(self._count)
        asked = set(_words(query))
        if not self._vocabulary or not asked:
            return scores
        weights = 0.0
        for word in asked:
            near = process.extractOne(
                word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=80
            )
            found = self._found[near[0]] if near else []
            weight = math.log(1 + self._count / max(1, len(found)))
            weights += weight
            scores[found] += weight * near[1] / 100 if near else 0.0
        return 0.9 * scores / weights + 0.1 / self._sizes * (scores > 0)


def _words(text: str) -> list[str]:
    words = re.findall(r"[a-z0-9]+", text[: 4 * spoken.LONGEST].lower())
    return [word.removesuffix("s")[:STEM] for word in words if word not in IDLE_WORDS]
