"""The paper that tells a citizen what to bring (一次性告知单), for a slip printer."""

from __future__ import annotations

from typing import NamedTuple

from projections.supplements import Supplement
from queue_core.values import Language

from .slip import WIDE_PAPER, Line, wrapped


class SupplementWords(NamedTuple):
    """The fixed words in one language."""

    title: str
    items: str
    and_: str
    bring: str
    again: str
    window: str
    clerk: str
    told: str


WORDS: dict[Language, SupplementWords] = {
    "zh": SupplementWords(
        title="一次性告知单",
        items="办理事项：",
        and_="、",
        bring="请补齐以下材料：",
        again="材料备齐后，请带本单再来办理。",
        window="告知窗口：{window} 号",
        clerk="窗口人员：{clerk}",
        told="告知时间：{told}",
    ),
    "en": SupplementWords(
        title="What to bring",
        items="For: ",
        and_=", ",
        bring="Please bring all of these:",
        again="When you have them, come back with this slip.",
        window="Told at window {window}",
        clerk="By clerk {clerk}",
        told="On {told}",
    ),
}


def supplement_lines(told: Supplement, columns: int = WIDE_PAPER) -> list[Line]:
    """Return the lines of the paper, none wider than the printer's."""
    words = WORDS[told.language]
    rule = Line("-" * columns)
    lines = [
        *wrapped(told.hall, columns, "title"),
        *wrapped(words.title, columns, "strong"),
        *wrapped(told.number, columns, "strong"),
        rule,
        *wrapped(words.items + words.and_.join(told.items), columns, "plain"),
        *wrapped(words.bring, columns, "plain"),
    ]
    for number, missing in enumerate(told.missing, start=1):
        lines += wrapped(f"{number}. {missing}", columns, "plain")
    lines += [rule, *wrapped(words.again, columns, "plain")]
    lines += wrapped(words.window.format(window=told.window), columns, "plain")
    lines += wrapped(words.clerk.format(clerk=told.clerk), columns, "plain")
    lines += wrapped(words.told.format(told=told.told), columns, "plain")
    return lines
