"""Bodies and queries: what can be read, what cannot, and which field is named."""

from __future__ import annotations

from typing import Annotated

import msgspec
import pytest

from queue_core.interface.fields import Line, Reference
from queue_core.interface.refusals import NotAcceptable, Unreadable
from queue_core.interface.requests import read_body, read_query


class Inner(msgspec.Struct, forbid_unknown_fields=True):
    """A struct inside another."""

    code: Reference


class Order(msgspec.Struct, forbid_unknown_fields=True):
    """A request with every kind of field."""

    item: Reference
    note: Line = ""
    count: Annotated[int, msgspec.Meta(ge=0, le=9)] = 0
    inner: list[Inner] = []


class Search(msgspec.Struct, forbid_unknown_fields=True):
    """A query."""

    q: Line = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=50)] = 3


def test_a_body_is_read_into_the_struct_its_route_asks_for() -> None:
    order = read_body('{"item":"营业执照","inner":[{"code":"a"}]}'.encode(), Order)

    assert order == Order(item="营业执照", inner=[Inner(code="a")])


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b'{"item":"a"',
        b'{"item":"\xff\xfe"}',
        b'{"item":"\\ud800x"}',
        b"nan",
        b"\xef\xbb\xbf{}",
        b'{"item":"a"} {}',
    ],
)
def test_bytes_that_are_no_json_in_utf8_are_unreadable(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        read_body(raw, Order)


@pytest.mark.parametrize(
    ("raw", "field", "why"),
    [
        (b"", "item", "is missing"),
        (b"{}", "item", "is missing"),
        (b'{"item":"a","colour":"red"}', "colour", "is not known"),
        (b'{"item":3}', "item", "expected str, got int"),
        (b'{"item":"a","count":10}', "count", "expected int <= 9"),
        (b'{"item":"a","count":1.5}', "count", "expected int, got float"),
        (b'{"item":"a","count":true}', "count", "expected int, got bool"),
        (b'{"item":"a","inner":[{"code":"a"},{}]}', "inner[1].code", "is missing"),
        (b'{"item":"a","inner":[{"code":1}]}', "inner[0].code", "expected str"),
        (b'{"item":"a","inner":{}}', "inner", "expected array"),
        (b"[]", "body", "expected object, got array"),
        (b"null", "body", "expected object, got null"),
        (b'{"item":"a\\u0000"}', "item", "expected str matching regex"),
        (b'{"item":""}', "item", "expected str of length >= 1"),
    ],
)
def test_a_body_that_does_not_fit_is_refused_naming_the_field(
    raw: bytes, field: str, why: str
) -> None:
    with pytest.raises(NotAcceptable) as refusal:
        read_body(raw, Order)

    assert refusal.value.field == field
    assert refusal.value.why.startswith(why)


def test_a_long_unknown_field_is_named_shortened() -> None:
    with pytest.raises(NotAcceptable) as refusal:
        read_body(b'{"item":"a","' + b"x" * 9999 + b'":1}', Order)

    assert len(refusal.value.field) == 64


def test_a_query_is_read_with_its_numbers() -> None:
    assert read_query([("q", "开公司"), ("limit", "5")], Search) == Search("开公司", 5)


@pytest.mark.parametrize(
    ("pairs", "field", "why"),
    [
        ([("limit", "many")], "limit", "expected int, got str"),
        ([("limit", "0")], "limit", "expected int >= 1"),
        ([("limit", "1"), ("limit", "2")], "limit", "is given twice"),
        ([("page", "1")], "page", "is not known"),
        ([("q", "a\x00")], "q", "expected str matching regex"),
    ],
)
def test_a_query_that_does_not_fit_is_refused_naming_the_field(
    pairs: list[tuple[str, str]], field: str, why: str
) -> None:
    with pytest.raises(NotAcceptable) as refusal:
        read_query(pairs, Search)

    assert refusal.value.field == field
    assert refusal.value.why.startswith(why)
