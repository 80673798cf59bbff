"""How spoken words are compared: by their characters, their sound and their letters.

Everything here is a pure function of text. Sounds leave out tones and the differences
that many speakers do not make (zh and z, n and ng, l and n), so that a word typed with
the wrong characters still sounds like the right one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from .pinyin import syllables_of


LONGEST = 40
"""Characters of a query that are looked at."""

UNITS = re.compile(r"[a-z]+|[0-9]+|[^\W_a-z0-9]")
CHARACTER = re.compile(r"[^\W_a-z0-9]")

FILLERS = re.compile(
    "请问|你好|您好|麻烦|我们|我想|我要|我来|我是|我的|我|他|"
    "怎么办理|怎么办|怎么弄|怎么|如何|咋办|咋弄|咋|"
    "在哪里|在哪儿|在哪|去哪里|去哪儿|去哪|哪里|哪儿|哪个|什么|几号|"
    "窗口|办理|一下|帮我|帮忙|需要|想要|想|可以|能不能|能|"
    "手续|业务|事情|材料|吗|呢|啊|吧|呀|了|的|个|给"
)
"""What people say around the words that matter."""

SAME = (
    ("丢了", "丢失|遗失|掉了|弄丢|不见了|丢掉"),
    ("到期", "过期|期满"),
    ("孩子", "小孩|宝宝|娃娃|娃"),
    ("房本", "不动产权证书|不动产权证|房产证|房屋所有权证|房证"),
    ("驾照", "机动车驾驶证|驾驶证"),
    ("补贴", "补助|津贴"),
    ("欠薪", "拖欠工资|欠工资|拖欠薪水"),
    ("法人", "法定代表人|法人代表"),
    ("三孩", "三胎"),
    ("二孩", "二胎"),
    ("火化", "火葬"),
    ("残疾证", "残疾人证"),
    ("户口本", "户口簿"),
    ("公司", "企业"),
)
"""Words that mean the same here, under the first of them."""

SAME_PATTERNS = tuple((usual, re.compile(others)) for usual, others in SAME)

OPPOSITES = (
    (("注册", "设立", "成立", "开办", "新办", "新开"), ("注销", "关闭", "撤销")),
    (("结婚", "领证"), ("离婚",)),
    (("上户口", "落户", "报户口"), ("销户", "死亡")),
    (("上牌", "新车"), ("报废",)),
    (("收养", "领养"), ("解除收养",)),
)
"""Words that a citizen never means when saying the others."""

MERGED = (
    (re.compile(r"([zcs])h"), r"\1"),
    (re.compile(r"(?<=[aei])ng"), "n"),
)


def plain(text: str) -> str:
    """Return the text in one width and case, without spaces and punctuation."""
    folded = unicodedata.normalize("NFKC", text[: 4 * LONGEST]).lower()
    return "".join(UNITS.findall(folded))[:LONGEST]


def without_fillers(text: str) -> str:
    """Return plain text without filler words; it may be empty."""
    return FILLERS.sub("", text)


def usual_words(text: str) -> str:
    """Return plain text with the commonest of words that mean the same."""
    for usual, others in SAME_PATTERNS:
        text = others.sub(usual, text)
    return text


def units(text: str) -> list[str]:
    """Divide plain text into characters, and runs of letters or of digits."""
    return UNITS.findall(text)


def syllables(text: str) -> list[str]:
    """Return the toneless pinyin of plain text, one syllable for each character."""
    return [_syllable(unit) for unit in _pinyin(text)]


def _pinyin(text: str) -> list[str]:
    spelled: list[str] = []
    for run in re.findall(r"[a-z0-9]+|[^\W_a-z0-9]+", text):
        spelled += syllables_of(run) if CHARACTER.match(run) else units(run)
    return spelled


def _syllable(spelled: str) -> str:
    return spelled.replace("ü", "v")


@lru_cache(4096)
def merged(letters: str) -> str:
    """Return pinyin letters without the differences that many do not hear."""
    for pattern, kept in MERGED:
        letters = pattern.sub(kept, letters)
    return letters


@lru_cache(4096)
def sound(syllable: str) -> str:
    """Return a syllable as many hear it: ``zheng`` as ``zen``, ``nan`` as ``lan``."""
    heard = merged(syllable)
    return f"l{heard[1:]}" if heard.startswith("n") else heard


def initials(spelled: Iterable[str]) -> str:
    """Return the first letters of syllables; digits stay whole."""
    return "".join(one if one.isdigit() else one[0] for one in spelled)


def split_pinyin(letters: str, known: frozenset[str]) -> list[str] | None:
    """Divide letters into known syllables, longest first, or return None."""
    rest: list[list[str] | None] = [None] * len(letters) + [[]]
    for start in range(len(letters) - 1, -1, -1):
        for end in range(min(len(letters), start + 6), start, -1):
            tail = rest[end]
            if tail is not None and letters[start:end] in known:
                rest[start] = [letters[start:end], *tail]
                break
    return rest[0]


def grams(parts: Sequence[str]) -> set[str]:
    """Return every part, and every two that stand together."""
    return {*parts, *(f"{one} {two}" for one, two in pairwise(parts))}


def contradicts(query: str, words: str) -> bool:
    """Tell whether the words say only the opposite of what the query asks for."""
    for pair in OPPOSITES:
        for wanted, opposite in (pair, pair[::-1]):
            asks = _has(query, wanted) and not _has(query, opposite)
            if asks and _has(words, opposite) and not _has(words, wanted):
                return True
    return False


def _has(text: str, words: Iterable[str]) -> bool:
    return any(word in text for word in words)
