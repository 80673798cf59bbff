"""What is said for a call, clip by clip."""

from __future__ import annotations

import pytest

from displays.voice.wording import VOCABULARY, chinese_figure, clips_of, english_figure


def said(number: str, window: str, language: str) -> str:
    """Return an announcement as it is spoken."""
    words = VOCABULARY[language]  # type: ignore[index]
    clips = clips_of(number, window, language)  # type: ignore[arg-type]
    return " ".join(words[clip] for clip in clips)


def test_a_number_is_said_digit_by_digit_and_a_window_as_people_say_it() -> None:
    assert said("A012", "42", "zh") == "请 A 零 一 二 号，到 四 十 二 号窗口办理"
    assert said("VA012", "042", "en") == (
        "Number V A zero one two please go to window forty two"
    )


def test_a_window_with_letters_is_spelled() -> None:
    assert said("B7", "12a", "zh") == "请 B 七 号，到 十 二 A 号窗口办理"
    assert said("B7", "1-12", "en") == "Number B seven please go to window one twelve"


@pytest.mark.parametrize(
    ("figure", "chinese", "english"),
    [
        (0, "零", "zero"),
        (7, "七", "seven"),
        (10, "十", "ten"),
        (15, "十五", "fifteen"),
        (20, "二十", "twenty"),
        (99, "九十九", "ninety nine"),
        (100, "一百", "one hundred"),
        (105, "一百零五", "one hundred five"),
        (110, "一百一十", "one hundred ten"),
        (125, "一百二十五", "one hundred twenty five"),
        (999, "九百九十九", "nine hundred ninety nine"),
    ],
)
def test_figures_are_said_as_people_say_them(
    figure: int, chinese: str, english: str
) -> None:
    zh, en = VOCABULARY["zh"], VOCABULARY["en"]

    assert "".join(zh[clip] for clip in chinese_figure(figure)) == chinese
    assert " ".join(en[clip] for clip in english_figure(figure)) == english


def test_every_figure_and_letter_has_its_clips() -> None:
    for language, words in VOCABULARY.items():
        for figure in range(1_200):
            clips = clips_of(f"Z{figure:03}", str(figure), language)
            assert set(clips) <= words.keys()
