"""The desk: where all commands of a hall are decided one after another, and recorded.

Read in this order:

- ``answers``: what a caller gets
- ``hall_desk``: the desk itself: waiting, batches, recovery, subscribers
- ``batch``: one round of deciding, and what comes of each command
- ``scribe``: the thread in which the log is read and written
- ``day_book``: the newest hall-day in memory, and the turn of the day
- ``side_books``: evaluations, the hall's profile and its signed heads: other streams
- ``services``: services that may be evaluated, of today and of earlier days
- ``repeats``: whether a repeated id belongs to the same command
"""

from .answers import Answer
from .hall_desk import HallDesk


__all__ = ["Answer", "HallDesk"]
