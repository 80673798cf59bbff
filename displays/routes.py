"""All routes of citizens and of the hall's public devices."""

from __future__ import annotations

from typing import Any

from projections.house import House
from queue_core.interface.routes import Route

from . import (
    announcements,
    evaluations,
    halls,
    proofs,
    push_routes,
    reminder_routes,
    tickets,
)


ROUTES: list[Route[House, Any, Any]] = [
    *halls.ROUTES,
    *announcements.ROUTES,
    *tickets.ROUTES,
    *proofs.ROUTES,
    *evaluations.ROUTES,
    *push_routes.ROUTES,
    *reminder_routes.ROUTES,
]
