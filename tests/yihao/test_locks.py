"""The house's locks in a database have numbers of their own."""

from __future__ import annotations

from projections.kept.postgres_store import PEN_LOCK
from queue_core.access.postgres_tables import ACCESS_LOCK
from queue_core.log.postgres_schema import SCHEMA_LOCK


def test_nobody_who_gathers_figures_keeps_others_from_signing_in() -> None:
    assert len({SCHEMA_LOCK, ACCESS_LOCK, PEN_LOCK}) == 3
