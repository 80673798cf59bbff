from __future__ import annotations

from pathlib import Path

import msgspec

from queue_core.profiles.catalog import shipped_profile_dir
from queue_core.profiles.reading import read_profile
from queue_core.profiles.rules import rules_of
from queue_core.values import HallRules, Skill
from tests.queue_core.profiles.folders import HALL, write_profile


CHANGED = """
[credits]
green_minutes = 15
appointment_minutes = 8
ordinary_minutes = 1

[appointments]
early_minutes = 20
late_minutes = 5

[calls]
announcements = 4
missed_limit = 2
return_after_calls = 5
return_not_before_seconds = 90
undo_seconds = 0

[pauses]
times = 2
minutes = 25

[waits]
target_minutes = 10

[quotas]
per_person = 7
items = { M1 = 12 }

[green]
channels = ["help-desk"]
"""


def test_every_rule_of_the_profile_reaches_the_decisions(tmp_path: Path) -> None:
    profile = read_profile(write_profile(tmp_path, HALL + CHANGED))

    rules = rules_of(profile)

    assert rules.revision == profile.revision
    assert rules.green_credit_seconds == 900
    assert rules.appointment_credit_seconds == 480
    assert rules.ordinary_credit_seconds == 60
    assert rules.appointment_early_seconds == 1200
    assert rules.appointment_late_seconds == 300
    assert rules.announcements_limit == 4
    assert rules.missed_limit == 2
    assert rules.missed_return_after_calls == 5
    assert rules.missed_not_before_seconds == 90
    assert rules.undo_seconds == 0
    assert rules.pauses_limit == 2
    assert rules.pause_limit_seconds == 1500
    assert rules.wait_target_seconds == 600
    assert rules.subject_daily_limit == 7
    assert rules.green_channels == ["help-desk"]
    assert rules.help_desk == "导办台"
    assert [item.daily_quota for item in rules.items] == [12, 0, 0]
    assert rules.windows[3].skills == [
        Skill(queue="invoices"),
        Skill(queue="civil", level="backup", offset_seconds=300),
    ]


def test_what_a_profile_leaves_out_is_as_the_rules_have_it(tmp_path: Path) -> None:
    rules = rules_of(read_profile(write_profile(tmp_path)))

    usual = HallRules(
        revision=rules.revision,
        queues=rules.queues,
        windows=rules.windows,
        items=rules.items,
    )
    assert rules == usual


def test_the_rules_of_a_city_hall_fit_into_an_event() -> None:
    rules = rules_of(read_profile(shipped_profile_dir("city")))

    stored = msgspec.msgpack.encode(rules)

    assert msgspec.msgpack.decode(stored, type=HallRules) == rules
    assert len(stored) < 20_000
