"""Which clips an announcement is made of, and what each of them says.

Chinese: 请 A 零 一 二 号，到 四 十 二 号窗口办理. English: Number A zero one two,
please go to window forty two. Numbers of tickets are said digit by digit, windows as
people say them. A clip is named by plain letters, so that a hall can put its own
recordings there.
"""

from __future__ import annotations

import re
import string

from queue_core.values import Language


LETTERS = {letter: letter for letter in string.ascii_uppercase}
CHINESE_DIGITS = dict(zip(string.digits, "零一二三四五六七八九", strict=True))
ENGLISH_NUMBERS = {
    str(number): word
    for number, word in enumerate(
        re.findall(
            r"\w+",
            "zero one two three four five six seven eight nine ten eleven twelve "
            "thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty",
        )
    )
}
ENGLISH_TENS = {
    str(ten): word
    for ten, word in zip(
        range(30, 100, 10),
        ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        strict=True,
    )
}

VOCABULARY: dict[Language, dict[str, str]] = {
    "zh": {
        "please": "请",
        "to": "号，到",
        "window": "号窗口办理",
        "ten": "十",
        "hundred": "百",
        **CHINESE_DIGITS,
        **LETTERS,
    },
    "en": {
        "number": "Number",
        "window": "please go to window",
        "hundred": "hundred",
        **ENGLISH_NUMBERS,
        **ENGLISH_TENS,
        **LETTERS,
    },
}
"""Language → clip → what it says."""

PAUSES: dict[Language, frozenset[str]] = {
    "zh": frozenset({"to"}),
    "en": frozenset({"window"}),
}
"""Before or after these clips a listener is given a moment."""

PARTS = re.compile(r"[A-Z]|0*(\d+)")
LARGEST = 999
"""A larger figure is said digit by digit."""


def clips_of(number: str, window: str, language: Language) -> list[str]:
    """Return the clips of an announcement, in order.

    What has no clip, such as a sign between letters and digits, is left out.
    """
    signs = [sign for sign in number.upper() if sign in VOCABULARY[language]]
    place = list(_window_parts(window.upper(), language))
    if language == "zh":
        return ["please", *signs, "to", *place, "window"]
    return ["number", *signs, "window", *place]


def _window_parts(window: str, language: Language) -> list[str]:
    parts: list[str] = []
    for found in PARTS.finditer(window):
        figure = found.group(1)
        if figure is None:
            parts.append(found.group())
        elif int(figure) > LARGEST:
            parts += figure
        elif language == "zh":
            parts += chinese_figure(int(figure))
        else:
            parts += english_figure(int(figure))
    return parts


def chinese_figure(figure: int) -> list[str]:
    """Return a figure up to 999 as people say it: 十, 四十二, 一百零五, 一百一十."""
    hundreds, rest = divmod(figure, 100)
    tens, ones = divmod(rest, 10)
    said = [str(hundreds), "hundred"] if hundreds else []
    if tens:
        said += ["ten"] if tens == 1 and not hundreds else [str(tens), "ten"]
    elif hundreds and ones:
        said.append("0")
    if ones or not said:
        said.append(str(ones))
    return said


def english_figure(figure: int) -> list[str]:
    """Return a figure up to 999 as people say it: ten, forty two, one hundred five."""
    hundreds, rest = divmod(figure, 100)
    said = [str(hundreds), "hundred"] if hundreds else []
    if str(rest) in ENGLISH_NUMBERS:
        return [*said, str(rest)] if rest or not said else said
    said.append(str(rest - rest % 10))
    return [*said, str(rest % 10)] if rest % 10 else said
