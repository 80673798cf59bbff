"""One row for each finished service, with the versions that prove it."""

from __future__ import annotations

from typing import NamedTuple


class ServiceRow(NamedTuple):
    """A citizen served at a window, from the number to the evaluation.

    ``…_version`` is a version of the stream ``hall-day/<hall>/<date>``. The step of a
    visit begins when the number is taken (an appointment: at the booked time, if that
    is later), or when the ticket joins the line for its next item or is sent on.
    """

    hall: str
    date: str
    service: str
    ticket: str
    number: str
    ticket_class: str
    channel: str
    item: str
    """The first item that was served."""
    items: int
    """How many items were served."""
    department: str
    zone: str
    queue: str
    """The queue from which the ticket was called."""
    window: str
    clerk: str
    issued_at: int
    called_at: int
    """The first call of this step of the visit; 0: it was not called for it."""
    started_at: int
    finished_at: int
    wait_seconds: float
    """From the beginning of this step to its first call."""
    service_seconds: float
    """At the window, without the time it was held aside."""
    held_seconds: float
    outcome: str
    calls: int
    """Calls of the ticket until then."""
    missed_calls: int
    issued_version: int
    called_version: int
    started_version: int
    finished_version: int
    grade: str = ""
    """Empty: not evaluated."""
    evaluated_at: int = 0
    evaluation_channel: str = ""

    def graded(self, grade: str, evaluated_at: int, channel: str) -> ServiceRow:
        """Return the row with its evaluation."""
        # ``_replace`` takes four times as long.
        return ServiceRow._make((*self[:BEFORE_GRADE], grade, evaluated_at, channel))

    def graded_as(self, other: ServiceRow) -> ServiceRow:
        """Return the row with the evaluation of another, if that has any."""
        return self.graded(other.grade, other.evaluated_at, other.evaluation_channel)


BEFORE_GRADE = ServiceRow._fields.index("grade")
"""So many fields of a row are known when a service is finished."""

ServiceKey = tuple[str, str, str]
"""Hall, date and service: what a row is found by."""
