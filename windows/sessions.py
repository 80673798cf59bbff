"""Signing in and out."""

from __future__ import annotations

from typing import Any

from projections.house import House
from queue_core.access.refusals import SignInLocked, SignInRefused
from queue_core.interface.fields import Nothing
from queue_core.interface.refusals import NotSignedIn
from queue_core.interface.routes import Call, Route

from .staff_answers import SessionAnswer, SignedIn, SignedOut, SignInAsked


async def sign_in(call: Call[House, SignInAsked]) -> SignedIn:
    """Begin a session: a cookie for a page, a token for a program."""
    asked = call.asked
    token, session = await call.house.accounts.sessions.sign_in(
        asked.account, asked.password
    )
    call.reply.session = token
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
    await call.house.accounts.sessions.sign_out(call.principal.token)
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
        refuses=(SignInRefused, SignInLocked),
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
