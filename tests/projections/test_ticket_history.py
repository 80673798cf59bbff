"""One number's way through the day, as a clerk and an inspector read it."""

from __future__ import annotations

import re

import pytest

from projections.history_words import SENTENCES
from projections.ticket_history import (
    history_line,
    history_text,
    ticket_history,
    tickets_with_number,
)

from .hall_day import HallDay, at, small_labels


def a_full_life() -> HallDay:
    """A ticket that is missed, comes back, is held, sent on, and finished."""
    day = HallDay()
    day.open("09:00", "1")
    day.open("09:00", "3")
    day.issue("09:01", "A001", people_ahead=2)
    day.issue("09:02", "A002")
    day.call("09:03", "A001", "1")
    day.recall("09:04", "A001", "1")
    day.miss("09:04:30", "A001", "1")
    day.undo_miss("09:04:40", "A001", "1")
    day.miss("09:05", "A001", "1")
    day.back("09:09", "A001")
    day.leave_line("09:10", "A001", until="09:40")
    day.come_back("09:20", "A001")
    day.pin("09:21", "A001", "行动不便")
    day.call("09:22", "A001", "1", ground="pinned")
    day.start("09:23", "A001", "1")
    day.hold("09:25", "A001", "1", "等待补充材料")
    day.take_up("09:30", "A001", "1")
    day.add_item("09:31", "A001", "1", "BILL")
    day.transfer("09:32", "A001", "1", "tax", ready="09:40")
    day.call("09:41", "A001", "3", offset_seconds=300)
    day.start("09:42", "A001", "3")
    day.complete("09:50:10", "A001")
    day.undo_completion("09:50:20", "A001")
    day.complete("09:50:30", "A001", "needs-supplement", ["身份证", "户口簿"])
    day.next_step("09:50:30", "A001", "civil", "CARD")
    day.finish("09:51", "A001", "cancelled")
    return day


def test_a_history_holds_every_event_of_its_ticket_and_no_other() -> None:
    day = a_full_life()

    lines = ticket_history(day.pairs, "A001", small_labels())

    expected = [v for v, e in day.pairs if getattr(e, "ticket", "") == "A001"]
    assert [line.version for line in lines] == expected


def test_a_line_names_its_version_the_local_time_and_the_fact() -> None:
    day = a_full_life()

    line = ticket_history(day.pairs, "A001", small_labels())[1]

    assert (line.version, line.time, line.event) == (6, "09:03:00", "TicketCalled")
    assert line.text == "1 号窗口叫号：有效时间 09:01:00 最早"


def test_every_line_is_finished_in_both_languages() -> None:
    day = a_full_life()

    chinese = ticket_history(day.pairs, "A001", small_labels("zh"))
    english = ticket_history(day.pairs, "A001", small_labels("en"))

    for zh, en in zip(chinese, english, strict=True):
        assert zh.text != en.text
        assert not set("{}") & set(zh.text + en.text)


def test_a_backup_call_says_how_much_later_the_window_comes() -> None:
    day = a_full_life()

    texts = [x.text for x in ticket_history(day.pairs, "A001", small_labels("en"))]

    assert any("window 3 (backup, 5 min later)" in text for text in texts)


def test_the_supplement_list_is_told_whole() -> None:
    day = a_full_life()

    texts = [x.text for x in ticket_history(day.pairs, "A001", small_labels())]

    assert any("用时 8 分 30 秒；一次性告知：身份证；户口簿" in text for text in texts)


def test_an_evaluation_stands_after_the_service_it_is_about() -> None:
    day = HallDay()
    day.open("09:00", "1")
    day.issue("09:01", "A001")
    day.call("09:02", "A001", "1")
    day.start("09:03", "A001", "1")
    day.complete("09:10", "A001")
    day.finish("09:10", "A001")
    day.evaluate("09:11", "A001", "dissatisfied", text="等太久", code="214")

    lines = ticket_history(day.pairs, "A001", small_labels(), day.evaluations)

    assert lines[-1].text == "评价：不满意（评价器）：服务态度生硬；等太久"
    assert lines[-1].version == 7


def test_a_number_is_found_whatever_case_it_is_typed_in() -> None:
    day = a_full_life()

    assert tickets_with_number(day.pairs, " a002 ") == ["A002"]
    assert tickets_with_number(day.pairs, "Z999") == []


def test_an_event_of_a_window_is_no_line_of_a_ticket() -> None:
    day = HallDay()
    day.open("09:00", "1")

    with pytest.raises(TypeError, match="WindowOpened"):
        history_line(*day.pairs[-1], small_labels())


def test_the_terminal_shows_version_time_and_sentence_on_one_line() -> None:
    day = a_full_life()

    text = history_text(ticket_history(day.pairs, "A001", small_labels("en")))

    assert "#6      09:03:00  called to window 1" in text
    assert len(text.splitlines()) == 23
    assert "the miss at window 1 was a mistake and is undone; the call stands" in text
    assert "the end at window 3 was a mistake and is undone" in text


def test_an_appointment_says_its_booked_time() -> None:
    day = HallDay()
    booked = {"ticket_class": "appointment", "booked_at": at("10:00")}
    day.issue("09:40", "YA001", **booked, effective_at=at("09:50"))

    (line,) = ticket_history(day.pairs, "YA001", small_labels("en"))

    assert "(appointment for 10:00, kiosk)" in line.text
    assert "effective time 09:50:00" in line.text


def test_every_sentence_stands_in_both_languages_with_the_same_values() -> None:
    for words in SENTENCES.values():
        named = [set(re.findall(r"{(\w+)}", words[lang])) for lang in ("zh", "en")]
        assert named[0] == named[1]
