"""Who really asks, when a proxy stands before the house; and whom nobody believes."""

from __future__ import annotations

from unittest.mock import Mock

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from queue_core.errors import ParseError
from queue_core.interface.proxies import Proxies


def request_from(remote: str, **headers: str) -> web.Request:
    """Return a request that reached us from an address."""
    transport = Mock()
    transport.get_extra_info = {"peername": (remote, 4711)}.get
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return make_mocked_request("GET", "/", headers=named, transport=transport)


@pytest.mark.parametrize(
    ("remote", "said", "address"),
    [
        ("127.0.0.1", "", ""),
        ("127.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("::1", "192.0.2.7", "192.0.2.7"),
        ("::ffff:127.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("10.1.0.5", "192.0.2.7", "192.0.2.7"),
        ("::ffff:10.1.0.5", "192.0.2.7", "192.0.2.7"),
        ("10.1.0.5", "203.0.113.1, 192.0.2.7", "192.0.2.7"),
        ("10.1.0.5", "", "10.1.0.5"),
        ("10.2.0.5", "192.0.2.7", "10.2.0.5"),
        ("192.0.2.9", "192.0.2.7", "192.0.2.9"),
    ],
)
def test_only_this_machine_and_named_proxies_speak_for_others(
    remote: str, said: str, address: str
) -> None:
    headers = {"X_Forwarded_For": said} if said else {}

    found = Proxies(["10.1.0.0/24"]).address_of(request_from(remote, **headers))

    assert found == address


@pytest.mark.parametrize(
    ("remote", "secure"),
    [("127.0.0.1", True), ("10.1.0.5", True), ("10.2.0.5", False)],
)
def test_a_proxy_says_that_a_caller_came_by_https(remote: str, secure: bool) -> None:
    request = request_from(remote, X_Forwarded_Proto="https")

    assert Proxies(["10.1.0.5"]).came_by_https(request) == secure


def test_without_a_proxy_the_connection_itself_counts() -> None:
    assert not Proxies().came_by_https(request_from("192.0.2.9"))


def test_a_proxy_that_is_no_address_is_refused() -> None:
    with pytest.raises(ParseError, match="nginx"):
        Proxies(["nginx"])
