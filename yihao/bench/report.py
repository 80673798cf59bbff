"""The report of a day with 5,000 tickets, made from its events."""

from __future__ import annotations

from projections.day_report.writing import day_report_html, day_report_xlsx
from projections.labels import labels_of

from .city_hall import CityHall
from .full_day import full_day
from .plan import Run
from .rounds import spent
from .rows import Goal, Row, measured


GOAL = Goal("figure", "at most", 1.0)


def measure(run: Run) -> list[Row]:
    """Measure the page and the workbook."""
    hall = CityHall(run.folder / "city")
    day = full_day(hall, run.sizes.day_tickets)
    pairs = list(enumerate(day.events, start=1))
    labels = labels_of(hall.profile, "zh")
    pages: list[float] = []
    books: list[float] = []
    for n in range(run.sizes.rounds):
        run.tell(n, run.sizes.rounds)
        with spent() as page:
            html = day_report_html(pairs, day.evaluations, labels, day.now)
        with spent() as book:
            xlsx = day_report_xlsx(pairs, day.evaluations, labels, day.now)
        pages.append(page.seconds)
        books.append(book.seconds)
    about = f"{run.sizes.day_tickets:,} tickets, {len(pairs):,} events"
    return [
        measured(
            "report",
            "day report, HTML",
            pages,
            "s",
            goal=GOAL,
            note=f"{about}, {len(html) // 1024:,} KiB",
        ),
        measured(
            "report",
            "day report, xlsx",
            books,
            "s",
            note=f"{about}, {len(xlsx) // 1024:,} KiB",
        ),
    ]
