"""The table of indicators."""

from __future__ import annotations

from collections import Counter

from queue_core.rules.indicators import INDICATORS, indicators_of
from queue_core.values import Grade


FIRST_DIGIT: dict[Grade, str] = {
    "very-satisfied": "5",
    "satisfied": "4",
    "basically-satisfied": "3",
    "dissatisfied": "2",
    "very-dissatisfied": "1",
}


def test_every_grade_has_eight_indicators_and_three_of_them_are_basic() -> None:
    grades = Counter(indicator.grade for indicator in INDICATORS.values())
    basic = Counter(i.grade for i in INDICATORS.values() if i.basic)

    assert grades == dict.fromkeys(FIRST_DIGIT, 8)
    assert basic == dict.fromkeys(FIRST_DIGIT, 3)


def test_the_first_digit_of_a_code_stands_for_its_grade() -> None:
    for code, indicator in INDICATORS.items():
        assert indicator.code == code
        assert len(code) == 3
        assert code[0] == FIRST_DIGIT[indicator.grade]


def test_every_indicator_has_its_own_words_in_both_languages() -> None:
    assert len({indicator.zh for indicator in INDICATORS.values()}) == 40
    assert len({indicator.en for indicator in INDICATORS.values()}) == 40
    assert all(not i.en.endswith(".") for i in INDICATORS.values())


def test_the_indicator_on_queueing_twice_belongs_to_dissatisfied() -> None:
    assert INDICATORS["212"].zh == "在线预约办理后到实体大厅重复取号排队"
    assert INDICATORS["212"].grade == "dissatisfied"


def test_a_screen_shows_the_basic_indicators_first() -> None:
    for grade in FIRST_DIGIT:
        shown = [indicator.basic for indicator in indicators_of(grade)]

        assert shown == sorted(shown, reverse=True)
