"""The full day that is folded and reported: 5,000 tickets, all 125 windows open."""

from __future__ import annotations

from yihao.rehearsal.generator import generate_day

from .city_hall import DATE, CityHall
from .played_day import PlayedDay


def full_day(hall: CityHall, tickets: int) -> PlayedDay:
    """Play a day of the hall with so many tickets and every window open."""
    people = generate_day(hall.profile, DATE, tickets=tickets)
    windows = [window.window for window in hall.rules.windows]
    return PlayedDay(hall.profile, people, windows).play()
