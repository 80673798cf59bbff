"""One house with a city hall for the journeys of each file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.open_house import OpenHouse, open_house


@pytest.fixture(scope="module")
def slips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that is the slip printer of the house."""
    return tmp_path_factory.mktemp("slips")


@pytest.fixture(scope="module")
async def house(
    tmp_path_factory: pytest.TempPathFactory, slips: Path
) -> AsyncIterator[OpenHouse]:
    """A city hall on a Monday morning; no two journeys of a file share a queue."""
    data = tmp_path_factory.mktemp("house")
    async with open_house(data, profile="city", printers=(f"file:{slips}",)) as opened:
        yield opened
