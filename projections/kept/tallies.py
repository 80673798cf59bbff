"""Counts, sums and distributions that can be added up over days and halls.

A duration is counted in a bucket of six seconds, a tenth of a minute, which is what a
report prints: nobody in bucket ``n`` took longer than ``n`` tenths.
"""

from __future__ import annotations

from math import ceil

import msgspec

from queue_core.values import Grade


BUCKET_MS = 6_000

GRADES: tuple[Grade, ...] = (
    "very-satisfied",
    "satisfied",
    "basically-satisfied",
    "dissatisfied",
    "very-dissatisfied",
)
"""The order in which grades are counted."""

Buckets = dict[int, int]
"""Bucket → how many."""


class Tally(msgspec.Struct, array_like=True, gc=False):
    """What was counted for somebody or something. New fields stand at the end."""

    issued: int = 0
    called: int = 0
    """Numbers that were called at least once."""
    served: int = 0
    no_shows: int = 0
    cancelled: int = 0
    expired: int = 0
    calls: int = 0
    missed: int = 0
    """Calls to which nobody came."""
    services: int = 0
    """Services that were finished."""
    wait_ms: int = 0
    """From the number (or the later booked time) to the first call."""
    longest_wait_ms: int = 0
    service_ms: int = 0
    on_duty_ms: int = 0
    grades: list[int] = msgspec.field(default_factory=lambda: [0] * len(GRADES))
    waits: Buckets = msgspec.field(default_factory=dict)
    durations: Buckets = msgspec.field(default_factory=dict)

    @property
    def evaluations(self) -> int:
        """How many services were evaluated."""
        return sum(self.grades)

    @property
    def bad(self) -> int:
        """How many evaluations were bad."""
        return sum(self.grades[3:])

    @property
    def mean_wait_seconds(self) -> float:
        """The mean wait; 0 where nobody was called."""
        return self.wait_ms / self.called / 1000 if self.called else 0.0

    @property
    def mean_service_seconds(self) -> float:
        """The mean time at a window; 0 where nothing was finished."""
        return self.service_ms / self.services / 1000 if self.services else 0.0

    def add_wait(self, wait_ms: int, bucket: int) -> None:
        """Count the wait of a number that was called."""
        self.called += 1
        self.wait_ms += wait_ms
        self.longest_wait_ms = max(self.longest_wait_ms, wait_ms)
        self.waits[bucket] = self.waits.get(bucket, 0) + 1

    def add_service(self, service_ms: int, bucket: int) -> None:
        """Count a finished service."""
        self.services += 1
        self.service_ms += service_ms
        self.durations[bucket] = self.durations.get(bucket, 0) + 1

    def remove_service(self, service_ms: int, bucket: int) -> None:
        """Count a service no longer: it was not finished after all."""
        self.services -= 1
        self.service_ms -= service_ms
        self.durations[bucket] -= 1
        if not self.durations[bucket]:
            del self.durations[bucket]

    def add(self, other: Tally) -> None:
        """Take in what was counted elsewhere."""
        self.issued += other.issued
        self.called += other.called
        self.served += other.served
        self.no_shows += other.no_shows
        self.cancelled += other.cancelled
        self.expired += other.expired
        self.calls += other.calls
        self.missed += other.missed
        self.services += other.services
        self.wait_ms += other.wait_ms
        self.longest_wait_ms = max(self.longest_wait_ms, other.longest_wait_ms)
        self.service_ms += other.service_ms
        self.on_duty_ms += other.on_duty_ms
        if any(other.grades):
            pairs = zip(self.grades, other.grades, strict=True)
            self.grades = [ours + theirs for ours, theirs in pairs]
        _add(self.waits, other.waits)
        _add(self.durations, other.durations)


def _add(buckets: Buckets, others: Buckets) -> None:
    if not buckets:
        buckets.update(others)
        return
    for bucket, count in others.items():
        buckets[bucket] = buckets.get(bucket, 0) + count


def bucket_of(milliseconds: int) -> int:
    """Return the bucket that a duration is counted in."""
    return -(-milliseconds // BUCKET_MS)


def percentile_seconds(buckets: Buckets, share: float) -> float:
    """Return how long a share took at most, by nearest rank; 0 if there was nobody."""
    rank = max(1, ceil(share * sum(buckets.values())))
    for bucket in sorted(buckets):
        rank -= buckets[bucket]
        if rank <= 0:
            return bucket * BUCKET_MS / 1000
    return 0.0


def within(buckets: Buckets, seconds: float) -> int:
    """Return how many took no longer than some whole tenths of a minute."""
    last = int(seconds * 1000) // BUCKET_MS
    return sum(count for bucket, count in buckets.items() if bucket <= last)
