"""All routes of the staff."""

from __future__ import annotations

from typing import Any

from projections.house import House
from queue_core.interface.routes import Route

from . import (
    accounts,
    audit,
    calls,
    devices,
    duty,
    histories,
    moments,
    notices,
    office,
    persons,
    reports,
    screens,
    second_factors,
    services,
    sessions,
    sign_on,
    supplement_slips,
)
from . import tickets as office_tickets


ROUTES: list[Route[House, Any, Any]] = [
    *sessions.ROUTES,
    *sign_on.ROUTES,
    *second_factors.ROUTES,
    *duty.ROUTES,
    *calls.ROUTES,
    *services.ROUTES,
    *supplement_slips.ROUTES,
    *office_tickets.ROUTES,
    *histories.ROUTES,
    *moments.ROUTES,
    *office.ROUTES,
    *persons.ROUTES,
    *notices.ROUTES,
    *screens.ROUTES,
    *reports.ROUTES,
    *devices.ROUTES,
    *accounts.ROUTES,
    *audit.ROUTES,
]
