"""Signing in and out."""

from __future__ import annotations

from typing import Any

from projections.house import House
from queue_core.access.audit import Refusal
from queue_core.access.refusals import (
    AccountUnknown,
    SecondFactorMissing,
    SecondFactorRefused,
    SignInLocked,
    SignInRefused,
)
from queue_core.errors import Refused
from queue_core.interface.fields import Nothing
from queue_core.interface.refusals import NotSignedIn
from queue_core.interface.routes import Call, Route
from queue_core.values import AuditAction

from .staff_answers import SessionAnswer, SignedIn, SignedOut, SignInAsked


REFUSED = (SignInRefused, SignInLocked, SecondFactorMissing, SecondFactorRefused)


async def sign_in(call: Call[House, SignInAsked]) -> SignedIn:
    """Begin a session: a cookie for a page, a token for a program."""
    asked = call.asked
    try:
        token, session = await call.house.accounts.sessions.sign_in(
            asked.account, asked.password, code=asked.code, address=call.address
        )
    except REFUSED as error:
        await note_refusal(call, error)
        raise
    call.reply.session = token
    await call.house.recheck_links()
    return SignedIn(
        account=session.account,
        name=session.name,
        role=session.role,
        hall=session.hall,
        csrf=session.csrf,
        token=token,
    )


async def show_session(call: Call[House, Nothing]) -> SessionAnswer:
    """Tell who is signed in."""
    session = await call.house.accounts.sessions.find(call.principal.token)
    if session is None:
        raise NotSignedIn
    return SessionAnswer(
        account=session.account,
        name=session.name,
        role=session.role,
        hall=session.hall,
        csrf=session.csrf,
    )


async def sign_out(call: Call[House, Nothing]) -> SignedOut:
    """End the session, on its live links too."""
    await call.house.accounts.sessions.sign_out(
        call.principal.token, address=call.address
    )
    call.reply.session = ""
    await call.house.recheck_links()
    return SignedOut(signed_out=True)


ROUTES: list[Route[House, Any, Any]] = [
    Route(
        method="POST",
        path="/api/session",
        summary="Sign in: a cookie for a page, a token for a program.",
        right="sign-in",
        handler=sign_in,
        asks=SignInAsked,
        answers=SignedIn,
        remembered=False,
        refuses=REFUSED,
    ),
    Route(
        method="GET",
        path="/api/session",
        summary="Tell who is signed in.",
        right="have-session",
        handler=show_session,
        asks=Nothing,
        answers=SessionAnswer,
    ),
    Route(
        method="DELETE",
        path="/api/session",
        summary="Sign out.",
        right="have-session",
        handler=sign_out,
        asks=Nothing,
        answers=SignedOut,
        remembered=False,
    ),
]


async def note_refusal(call: Call[House, SignInAsked], error: Refused) -> None:
    """Tell the audit of a sign-in that failed.

    A name that is no account's is left out: it may be a password in the wrong field.
    """
    if isinstance(error, SecondFactorMissing):
        return
    try:
        known = await call.house.accounts.account(call.asked.account)
        whom, hall = known.account, known.hall
    except AccountUnknown:
        whom, hall = "", ""
    is_locked = isinstance(error, SignInLocked)
    action: AuditAction = "locked-out" if is_locked else "sign-in-refused"
    call.house.audit.refused(
        Refusal(action, "anyone", hall, call.address, error.code, whom)
    )
