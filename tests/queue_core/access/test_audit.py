"""Notes go into the log once, and a flood of refusals goes there as one note."""

from __future__ import annotations

from pathlib import Path

import pytest

from queue_core.access.accounts import AccountStore
from queue_core.access.audit import COUNTED_LIMIT, Audit, Refusal, noted
from queue_core.access.sqlite_tables import SqliteTables
from queue_core.access.tables import AccessTables
from queue_core.events import AccessNoted
from queue_core.log.memory_log import MemoryLog

from .store_case import StoreCase


def date_of(hall: str, at: int) -> str:
    """Return the one day on which everything happens here."""
    return "2026-11-02"


class TestAudit(StoreCase):
    """The audit of a store in a file."""

    @pytest.fixture(autouse=True)
    def _file(self, tmp_path: Path) -> None:
        self.file = tmp_path / "accounts.sqlite"
        self.log = MemoryLog()

    def open_tables(self) -> AccessTables:
        return SqliteTables(self.file)

    @pytest.fixture
    async def audit(self, store: AccountStore) -> Audit:
        return Audit(store.notes, self.log, date_of, {"city"})

    def set_down(self, hall: str = "house") -> list[AccessNoted]:
        """Return what stands in the audit of a hall."""
        recorded = self.log.read(f"audit/{hall}/2026-11-02")
        return [one.event for one in recorded if isinstance(one.event, AccessNoted)]

    async def test_a_change_is_set_down_in_the_audit_of_its_hall(
        self, store: AccountStore, audit: Audit
    ) -> None:
        await store.set_role("li", "manager", by="root")
        await audit.move()

        told = [(one.by, one.action, one.whom) for one in self.set_down("city")]
        assert sorted(told) == [
            ("root", "account-added", "li"),
            ("root", "role-changed", "li"),
        ]
        assert self.set_down() == []
        assert await store.notes.waiting(9) == []

    async def test_what_was_set_down_before_a_crash_is_not_set_down_twice(
        self, store: AccountStore, audit: Audit
    ) -> None:
        [note] = await store.notes.waiting(9)
        self.log.append([("audit/city/2026-11-02", 1, noted(note))])

        await audit.move()

        assert len(self.set_down("city")) == 1
        assert await store.notes.waiting(9) == []

    async def test_a_thousand_refusals_at_one_address_are_one_note(
        self, audit: Audit
    ) -> None:
        since = self.wall.now
        for _ in range(1000):
            audit.refused(Refusal("refused", "anyone", "", "10.0.0.5", "take_number"))
            self.wall.now += 1

        await audit.move()

        [note] = self.set_down()
        assert (note.times, note.address) == (1000, "10.0.0.5")
        assert (note.since_at, note.at) == (since, self.wall.now)

    async def test_a_flood_from_ever_new_addresses_fills_no_disk(
        self, audit: Audit
    ) -> None:
        for n in range(5000):
            audit.refused(Refusal("refused", "anyone", "", f"10.0.{n}", "sign_in"))

        await audit.move()

        notes = self.set_down()
        assert len(notes) == COUNTED_LIMIT + 1
        assert sum(note.times for note in notes) == 5000

    async def test_from_where_somebody_works_is_noted_when_it_changes(
        self, audit: Audit
    ) -> None:
        for address in ("10.0.0.5", "10.0.0.5", "10.0.0.6", "10.0.0.5"):
            audit.seen("li", "city", address)

        await audit.move()

        places = {n.address: n.times for n in self.set_down("city") if n.address}
        assert places == {"10.0.0.5": 2, "10.0.0.6": 1}

    async def test_refusals_wait_until_they_are_asked_for(self, audit: Audit) -> None:
        audit.refused(Refusal("refused", "anyone", "", "10.0.0.5", "sign_in"))

        await audit.move(with_counts=False)
        assert self.set_down() == []
        await audit.close()

        assert len(self.set_down()) == 1

    async def test_a_hall_that_a_stranger_made_up_has_no_audit(
        self, store: AccountStore, audit: Audit
    ) -> None:
        for hall in ("../../etc", "nowhere", "city"):
            audit.refused(Refusal("refused", "anyone", hall, "192.0.2.1", "x"))
        await audit.move()

        assert [one.times for one in self.set_down()] == [2]
        assert "refused" in [one.action for one in self.set_down("city")]
