"""Finding what is served at an address."""

from __future__ import annotations

import pytest

from queue_core.interface.addresses import Addresses


SERVED = [
    ("GET", "/api/halls", "halls"),
    ("GET", "/api/halls/{hall}", "hall"),
    ("GET", "/api/halls/{hall}/windows/{window}", "window"),
    ("POST", "/api/halls/{hall}/windows/{window}", "window opened"),
    ("GET", "/api/halls/all/windows/{window}", "window of all"),
    ("POST", "/api/tickets/{ticket}/pause", "pause"),
]


@pytest.fixture
def addresses() -> Addresses[str]:
    return Addresses(SERVED)


@pytest.mark.parametrize(
    ("address", "served", "path"),
    [
        ("/api/halls", {"GET": "halls"}, {}),
        ("/api/halls/city", {"GET": "hall"}, {"hall": "city"}),
        (
            "/api/halls/city/windows/3",
            {"GET": "window", "POST": "window opened"},
            {"hall": "city", "window": "3"},
        ),
        ("/api/tickets/t1/pause", {"POST": "pause"}, {"ticket": "t1"}),
    ],
)
def test_an_address_leads_to_its_routes_with_its_parameters(
    addresses: Addresses[str],
    address: str,
    served: dict[str, str],
    path: dict[str, str],
) -> None:
    assert addresses.find(address) == (served, path)


@pytest.mark.parametrize(
    "address",
    [
        "/api",
        "/api/halls/",
        "/api/halls//windows/3",
        "/api/halls/city/windows/3/",
        "/api/halls/city/doors/3",
        "/api/halls/{hall}",
        "/api/tickets/t1/resume",
    ],
)
def test_an_address_where_nothing_is_served_leads_nowhere(
    addresses: Addresses[str], address: str
) -> None:
    assert addresses.find(address) is None


def test_what_is_spelled_out_goes_before_a_parameter(
    addresses: Addresses[str],
) -> None:
    found = addresses.find("/api/halls/all/windows/3")

    assert found == ({"GET": "window of all"}, {"window": "3"})


def test_a_slash_inside_a_parameter_divides_nothing(addresses: Addresses[str]) -> None:
    found = addresses.find("/api/halls/a%2Fb%252F")

    assert found is not None
    assert found.path == {"hall": "a/b%2F"}


@pytest.mark.parametrize("address", ["/api/halls/{hall}", "/api/halls/{name}"])
def test_an_address_is_given_once(address: str) -> None:
    with pytest.raises(ValueError, match="served already"):
        Addresses([*SERVED, ("GET", address, "again")])
