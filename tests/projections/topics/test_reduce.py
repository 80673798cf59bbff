"""A state and changes give the next state, as the shared vectors say."""

from __future__ import annotations

from typing import Any

import pytest

from projections.topics.reduce import reduce
from tests.link_vectors import vectors


@pytest.mark.parametrize("vector", vectors("reduce"), ids=lambda v: v["name"])
def test_changes_lead_from_one_state_to_the_next(vector: dict[str, Any]) -> None:
    after = reduce(vector["topic"], vector["before"], vector["changes"])

    assert after == vector["after"]
