"""What a screen may show of identifiers, what a log may not, and how they are typed."""

from __future__ import annotations

import pytest

from queue_core.persons.identifiers import (
    Field,
    plain_identity,
    plain_name,
    plain_phone,
)
from queue_core.persons.masks import masked, parse_mask
from queue_core.persons.redaction import looks_personal, redacted


@pytest.mark.parametrize(
    ("field", "rule", "text", "shown"),
    [
        ("phone", "keep 3 and 4", "13812345678", "138****5678"),
        ("identity", "keep 3 and 4", "11010519491231002X", "110***********002X"),
        ("identity", "keep 3 and 2", "11010519491231002X", "110*************2X"),
        ("name", "keep 1 and 0", "王小明", "王**"),
        ("name", "keep 1 and 1", "欧阳小明", "欧**明"),
        ("name", "keep 1 and 1", "王明", "王*"),
        ("name", "keep 1 and 0", "王", "*"),
        ("identity", "keep 3 and 4", "E1234567", "E12****7"),
        ("identity", "keep 3 and 4", "E12345", "E1****"),
        ("identity", "keep 3 and 4", "E12", "***"),
        ("phone", "keep 0 and 0", "13812345678", "***********"),
        ("name", "keep 1 and 0", "", ""),
    ],
)
def test_a_mask_shows_what_its_rule_says_and_of_a_short_text_less(
    field: Field, rule: str, text: str, shown: str
) -> None:
    assert masked(field, text, parse_mask(rule)) == shown


@pytest.mark.parametrize("rule", ["", "keep all", "keep 3", "keep 33 and 4", "3 and 4"])
def test_what_is_no_rule_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match="keep 3 and 4"):
        parse_mask(rule)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("13812345678", "13812345678"),
        ("138 1234 5678", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("+86 13812345678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("12812345678", ""),
        ("1381234567", ""),
        ("138123456789", ""),
        ("02787654321", ""),
        ("", ""),
    ],
)
def test_a_phone_is_eleven_digits_however_it_is_typed(typed: str, plain: str) -> None:
    assert plain_phone(typed) == plain


def test_a_number_is_the_same_however_it_is_typed() -> None:
    assert plain_identity("110105 19491231 002x") == "11010519491231002X"
    assert (
        plain_identity("１１０１０５１９４９１２３１００２Ｘ") == "11010519491231002X"
    )
    assert plain_identity(" - ") == ""
    assert plain_name("  王 小明 ") == "王 小明"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("身份证11010519491231002X办理", "身份证***办理"),
        ("id 11010519491231002x.", "id ***."),
        ("一代证130503670401001", "一代证***"),
        (
            "近 6 个月流水，卡号 6222021234567890123",
            "近 6 个月流水，卡号 6222021234567890123",
        ),
        ("请回电13812345678谢谢", "请回电***谢谢"),
        ("tel=+8613812345678", "tel=***"),
        ("138 1234 5678 / 138-1234-5678", "*** / ***"),
        ("at 1793581200000 version 1834", "at 1793581200000 version 1834"),
        ("item 0107 in 2.4 ms", "item 0107 in 2.4 ms"),
        ("01012345678901234567", "01012345678901234567"),
        ("hotline 12345", "hotline 12345"),
    ],
)
def test_nothing_that_looks_like_a_number_or_a_phone_stays_in_a_text(
    said: str, kept: str
) -> None:
    assert redacted(said) == kept
    assert looks_personal(said) is (said != kept)
