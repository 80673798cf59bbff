"""Which HTTP status answers which refusal: the one table of the house.

400 cannot be read · 401 nobody known · 403 known, and not his to do · 404 not there ·
409 the rules refuse it now · 410 ended · 422 well-formed and not acceptable.
"""

from __future__ import annotations

from queue_core import errors
from queue_core.access import refusals as access
from queue_core.errors import Refused
from queue_core.persons import refusals as persons

from . import refusals


STATUSES: dict[type[Refused], int] = {
    refusals.Unreadable: 400,
    refusals.NotSignedIn: 401,
    refusals.NotAllowed: 403,
    refusals.CsrfTokenMissing: 403,
    refusals.NotFound: 404,
    refusals.MethodNotAllowed: 405,
    refusals.ProfileFaulty: 422,
    refusals.BodyTooLarge: 413,
    refusals.NotJson: 415,
    refusals.NotAcceptable: 422,
    refusals.PersonalNumber: 422,
    refusals.TooManyRequests: 429,
    # The day.
    errors.DayNotOpen: 409,
    errors.DayAlreadyOpen: 409,
    errors.DayEnded: 410,
    errors.TicketsLeft: 409,
    # Notices.
    errors.ZoneUnknown: 422,
    errors.NoticesEnough: 409,
    errors.NoticeOver: 422,
    errors.NoticeUnknown: 404,
    # Taking a number.
    errors.DoorsClosed: 409,
    errors.ItemUnknown: 422,
    errors.NoWindowServes: 409,
    errors.LiveTicketExists: 409,
    errors.QuotaReached: 409,
    errors.NumbersExhausted: 409,
    errors.ClassNotAllowed: 422,
    # Duty at a window.
    errors.WindowUnknown: 404,
    errors.WindowNotOpen: 409,
    errors.WindowOccupied: 409,
    errors.ClerkElsewhere: 409,
    errors.NotOnDuty: 403,
    errors.WindowPausedNow: 409,
    errors.WindowNotPaused: 409,
    errors.WindowBusy: 409,
    errors.TicketsHeld: 409,
    errors.QueueUnknown: 422,
    # The ticket.
    errors.TicketUnknown: 404,
    errors.TicketGone: 410,
    errors.NoTicketAtWindow: 409,
    errors.TicketNotCallable: 409,
    errors.TicketNotHeld: 409,
    errors.TicketBusy: 409,
    errors.AnnouncedEnough: 409,
    errors.PauseUsed: 409,
    errors.ServiceNotStarted: 409,
    errors.ServiceStartedAlready: 409,
    errors.SupplementMissing: 422,
    errors.TransferTargetUnclear: 422,
    errors.NothingToUndo: 409,
    errors.UndoTooLate: 409,
    errors.TicketMovedOn: 409,
    # Evaluation.
    errors.ServiceUnknown: 404,
    errors.ServiceNotFinished: 409,
    errors.AlreadyEvaluated: 409,
    errors.GroundMissing: 422,
    errors.IndicatorUnknown: 422,
    # Accounts and devices.
    access.SignInRefused: 401,
    access.SignInLocked: 429,
    access.SecondFactorMissing: 403,
    access.SecondFactorRefused: 403,
    access.SignOnRefused: 401,
    access.SignOnUnavailable: 503,
    access.AccountUnknown: 404,
    access.AccountExists: 409,
    access.OwnAccount: 403,
    access.PasswordTooShort: 422,
    access.CodeUnknown: 422,
    access.DeviceUnknown: 404,
    # Persons.
    persons.PersonUnknown: 404,
    persons.PersonHeld: 409,
    # Idempotence.
    errors.CommandIdReused: 422,
}

STORE_FAILED = 503
"""The store could not record or read: nothing was done, try again."""


def status_of(refused: Refused) -> int:
    """Return the status that answers a refusal."""
    return STATUSES[type(refused)]
