"""A served desk of paper for each test of the interface."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from .desk_of_paper import Desk, paper_desk


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with paper_desk() as served:
        yield served
