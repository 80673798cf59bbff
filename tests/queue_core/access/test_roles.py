"""The table of rights, read as the hall reads it."""

from __future__ import annotations

from typing import get_args

import pytest

from queue_core.access.roles import (
    DEVICE_KINDS,
    RIGHTS,
    ROLES,
    TOPICS,
    Right,
    TopicKind,
    has_right,
    is_open,
)


KNOWN = {"citizen", *ROLES, *DEVICE_KINDS}


def test_every_right_stands_in_the_table_and_is_given_to_somebody_known() -> None:
    assert set(RIGHTS) == set(get_args(Right))
    for right, who in RIGHTS.items():
        assert who == {"anyone"} or (who and who <= KNOWN), right


@pytest.mark.parametrize("right", ["see-hall", "sign-in", "take-number"])
def test_what_is_open_is_open_to_everybody(right: Right) -> None:
    assert is_open(right)
    assert all(has_right(who, right) for who in [*KNOWN, "anyone"])


def test_no_member_of_staff_can_evaluate_for_a_citizen() -> None:
    assert not any(has_right(role, "evaluate") for role in ROLES)
    assert has_right("citizen", "evaluate")
    assert has_right("pad", "evaluate")


def test_only_an_administrator_manages_accounts() -> None:
    assert RIGHTS["manage-accounts"] == {"administrator"}


OWN = {"have-session", "have-second-factor"}
"""What everybody of the staff may do with his own sign-in."""


def test_an_inspector_reads_and_changes_nothing() -> None:
    his = {right for right in RIGHTS if has_right("inspector", right)}

    assert {right for right in his if not is_open(right)} == {
        "see-ticket",
        "see-service",
        "see-window",
        "see-console",
        "find-ticket",
        "see-manager-page",
        "see-reports",
        *OWN,
    }


def test_an_auditor_reads_and_has_no_right_that_changes_anything() -> None:
    his = {right for right in RIGHTS if has_right("auditor", right)}

    changing = {right for right in his if not is_open(right)} - OWN
    assert all(right.startswith(("see-", "find-")) for right in changing)
    assert "see-audit" in his


def test_whoever_manages_accounts_does_not_read_the_audit() -> None:
    assert not RIGHTS["manage-accounts"] & RIGHTS["see-audit"]


def test_every_topic_needs_a_right_of_the_table() -> None:
    assert set(TOPICS) == set(get_args(TopicKind))
    assert set(TOPICS.values()) <= set(RIGHTS)


def test_an_administrator_does_not_serve_and_a_clerk_does_not_manage() -> None:
    assert not has_right("administrator", "serve-window")
    assert not has_right("clerk", "run-day")
    assert not has_right("clerk", "pin-ticket")
    assert not has_right("clerk", "manage-devices")


def test_a_sign_only_looks_at_its_window() -> None:
    his = {right for right in RIGHTS if has_right("sign", right) and not is_open(right)}

    assert his == {"see-window"}


def test_somebody_unknown_has_no_right_that_is_not_open() -> None:
    assert not any(has_right("stranger", r) for r in RIGHTS if not is_open(r))
    assert not any(has_right("anyone", r) for r in RIGHTS if not is_open(r))
