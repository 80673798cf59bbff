"""Which pages may open a link, and with whose session."""

from __future__ import annotations

import pytest

from displays.link.access import SAME_HOST, is_origin_allowed, session_in


@pytest.mark.parametrize(
    ("origin", "host", "is_allowed"),
    [
        (None, "hall.example:9000", True),
        ("https://hall.example", "other.example", True),
        ("http://hall.example", "other.example", False),
        ("http://10.0.0.5:8080", "10.0.0.5:9000", True),
        ("http://evil.example", "10.0.0.5:9000", False),
        ("http://10.0.0.5.evil.example", "10.0.0.5:9000", False),
        ("null", "10.0.0.5:9000", False),
        ("http://[::1", "10.0.0.5:9000", False),
        ("http://10.0.0.5:8080", None, False),
    ],
)
def test_a_page_of_the_house_may_open_a_link_and_no_other(
    origin: str | None, host: str | None, is_allowed: bool
) -> None:
    allowed = {"https://hall.example", SAME_HOST}

    assert is_origin_allowed(origin, host, allowed) is is_allowed


def test_the_same_host_is_not_enough_where_origins_are_listed() -> None:
    assert not is_origin_allowed("http://a:1", "a:2", {"http://b:1"})


def test_the_session_is_read_from_the_cookie() -> None:
    assert session_in(["theme=dark; yihao_session=abc"]) == "abc"
    assert session_in(["theme=dark", "yihao_session=abc"]) == "abc"
    assert session_in([]) == ""
    assert session_in(["theme=dark"]) == ""
