"""The part of a profile that decisions need, in the units of the rules."""

from __future__ import annotations

from queue_core.values import HallRules, ItemRules, QueueRules, WindowRules

from .profile import HallProfile


def rules_of(profile: HallProfile) -> HallRules:
    """Return the rules that a day opened under this profile follows."""
    return HallRules(
        revision=profile.revision,
        queues=[
            QueueRules(
                queue=queue.queue,
                zone=queue.zone,
                letter=queue.letter,
                first_number=queue.first_number,
                last_number=queue.last_number,
                daily_quota=queue.daily_quota,
            )
            for queue in profile.queues
        ],
        windows=[
            WindowRules(window=one.window, zone=one.zone, skills=one.skills)
            for one in profile.windows
        ],
        items=item_rules(profile),
        green_credit_seconds=profile.credits.green_minutes * 60,
        appointment_credit_seconds=profile.credits.appointment_minutes * 60,
        ordinary_credit_seconds=profile.credits.ordinary_minutes * 60,
        appointment_early_seconds=profile.appointments.early_minutes * 60,
        appointment_late_seconds=profile.appointments.late_minutes * 60,
        announcements_limit=profile.calls.announcements,
        missed_limit=profile.calls.missed_limit,
        missed_return_after_calls=profile.calls.return_after_calls,
        missed_not_before_seconds=profile.calls.return_not_before_seconds,
        pause_limit_seconds=profile.pauses.minutes * 60,
        pauses_limit=profile.pauses.times,
        subject_daily_limit=profile.quotas.per_person,
        green_channels=profile.green.channels,
        help_desk=profile.help_desk.zh,
        wait_target_seconds=profile.waits.target_minutes * 60,
        undo_seconds=profile.calls.undo_seconds,
    )


def item_rules(profile: HallProfile) -> list[ItemRules]:
    """Return the queue and the quota of every item."""
    return [
        ItemRules(
            item=item.item,
            queue=item.queue,
            daily_quota=profile.quotas.items.get(item.item, 0),
        )
        for item in profile.items
    ]
