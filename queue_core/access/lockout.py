"""Back-off after failed sign-ins: free at first, then twice as long each time."""

from __future__ import annotations


FREE_FAILURES = 5
LONGEST_WAIT_SECONDS = 300
FORGOTTEN_AFTER_SECONDS = 3600


ADDRESS_FREE_FAILURES = 100
"""A whole hall may stand behind one address: a hundred clerks who mistype once on a
Monday morning are no attack, and somebody who tries many names soon is slower than one
try a second."""


def seconds_to_wait(
    failures: int, last_at: int, now: int, free: int = FREE_FAILURES
) -> int:
    """Return for how many seconds an account, or from an address, nothing may be tried.

    It never locks anybody out for good: who can fail on purpose in a clerk's name
    could otherwise close his window.
    """
    if failures < free or is_forgotten(last_at, now):
        return 0
    doublings = min(failures - free, 16)
    wait_ms = min(1 << doublings, LONGEST_WAIT_SECONDS) * 1000
    left_ms = last_at + wait_ms - now
    # A clock that was set back must not make anybody wait longer than the rule.
    return min(-(-max(left_ms, 0) // 1000), LONGEST_WAIT_SECONDS)


def is_forgotten(last_at: int, now: int) -> bool:
    """Return whether earlier failures count no more."""
    return now - last_at > FORGOTTEN_AFTER_SECONDS * 1000
