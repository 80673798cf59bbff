"""What a LED bar over a window says, in the room that it has.

A bar of 8 or 12 characters shows so many Chinese signs; letters, digits and spaces take
half as much. Of several ways to say the same, the longest that fits is taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from unicodedata import east_asian_width

from projections.live_hall import OPEN, PAUSED


NONE, CALLED, SERVING = 0, 1, 2
"""Stages of a window's ticket."""
LEADING_ZEROS = re.compile(r"^0+(?=\d)")

CALLED_TEXTS = (
    "请{number}号到{window}号窗口办理",
    "请{number}号到{window}号窗口",
    "请{number}号到本窗口",
    "请{number}到本窗口",
    "{number}",
)
SERVING_TEXTS = ("{window}号窗口正在办理{number}号", "正在办理{number}", "{number}")
FREE_TEXTS = ("{window}号窗口 等候叫号", "等候叫号")
PAUSED_TEXTS = ("暂停服务 {reason}", "{window}号窗口暂停服务", "暂停服务")
CLOSED_TEXTS = ("{window}号窗口未开放", "窗口未开放", "未开放")
IN_DOUBT_TEXTS = ("叫号系统中断 请稍候", "叫号中断 请稍候", "叫号中断")
HALL_CLOSED_TEXTS = ("暂停叫号 请咨询导办台", "请咨询导办台", "暂停叫号")


def bar_text(state: list[Any], window: str, characters: int) -> str:
    """Return the line of a window's bar, as wide as the bar and in its middle.

    ``state`` is the state of the window's topic.
    """
    duty, number, stage, reason = state[0], state[2], state[5], state[8]
    plain = LEADING_ZEROS.sub("", window)
    texts = texts_for(duty, stage if number else NONE, reason)
    said = [text.format(number=number, window=plain, reason=reason) for text in texts]
    return centred(said, characters * 2)


def doubt_text(characters: int) -> str:
    """Return the line of a bar while nobody knows who is called."""
    return centred(IN_DOUBT_TEXTS, characters * 2)


def hall_closed_text(characters: int) -> str:
    """Return the line of a bar whose hall cannot be served."""
    return centred(HALL_CLOSED_TEXTS, characters * 2)


def texts_for(duty: int, stage: int, reason: str | None) -> tuple[str, ...]:
    """Return the ways to say how a window is, the longest first."""
    if stage == CALLED:
        return CALLED_TEXTS
    if stage == SERVING:
        return SERVING_TEXTS
    if duty == OPEN:
        return FREE_TEXTS
    if duty == PAUSED:
        return PAUSED_TEXTS if reason else PAUSED_TEXTS[1:]
    return CLOSED_TEXTS


def centred(texts: Sequence[str], columns: int) -> str:
    """Return the first text that fits into so many half signs, else the last, cut."""
    text = next((text for text in texts if width_of(text) <= columns), texts[-1])
    text = cut(text, columns)
    left = (columns - width_of(text)) // 2
    return " " * left + text + " " * (columns - width_of(text) - left)


def cut(text: str, columns: int) -> str:
    """Return as much of a text as fits into so many half signs."""
    while width_of(text) > columns:
        text = text[:-1]
    return text


def width_of(text: str) -> int:
    """Return the width of a text in half signs."""
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text)
