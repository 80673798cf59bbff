"""Unified sign-on: the page asks the provider, and comes back with a code."""

from __future__ import annotations

from typing import Any

from projections.house import House
from queue_core.access.audit import Refusal
from queue_core.access.refusals import (
    SignInRefused,
    SignOnRefused,
    SignOnUnavailable,
)
from queue_core.interface.fields import Nothing
from queue_core.interface.refusals import NotFound, TooManyRequests
from queue_core.interface.routes import Call, Route

from .sign_on_provider import SignOnProvider
from .staff_answers import SignedIn, SignInWays, SignOnAsked, SignOnBegun


BACK = "/sign-in"
"""The page that the provider sends people back to."""


async def show_sign_in_ways(call: Call[House, Nothing]) -> SignInWays:
    """Tell how staff may sign in here."""
    return SignInWays(unified=isinstance(call.house.sign_on, SignOnProvider))


async def begin_sign_on(call: Call[House, Nothing]) -> SignOnBegun:
    """Begin a unified sign-on: where to ask, and what to bring back."""
    provider = provider_of(call.house)
    back = call.house.address(call.host, secure=call.secure) + BACK
    address, begun = await provider.begin(back)
    return SignOnBegun(address=address, begun=begun)


async def finish_sign_on(call: Call[House, SignOnAsked]) -> SignedIn:
    """Sign in whom the provider vouches for, if he has an account here."""
    asked, house = call.asked, call.house
    try:
        account = await provider_of(house).finish(asked.begun, asked.state, asked.code)
        token, session = await house.accounts.sessions.begin_for(
            account, address=call.address, by="unified sign-on"
        )
    except (SignOnRefused, SignInRefused) as error:
        house.audit.refused(
            Refusal("sign-in-refused", "anyone", "", call.address, error.code)
        )
        raise
    call.reply.session = token
    await house.recheck_links()
    return SignedIn(
        account=session.account,
        name=session.name,
        role=session.role,
        hall=session.hall,
        csrf=session.csrf,
        token=token,
    )


ROUTES: list[Route[House, Any, Any]] = [
    Route(
        method="GET",
        path="/api/session/ways",
        summary="Tell how staff may sign in.",
        right="sign-in",
        handler=show_sign_in_ways,
        asks=Nothing,
        answers=SignInWays,
    ),
    Route(
        method="POST",
        path="/api/session/unified",
        summary="Begin a unified sign-on (OpenID Connect).",
        right="sign-in",
        handler=begin_sign_on,
        asks=Nothing,
        answers=SignOnBegun,
        remembered=False,
        refuses=(NotFound, SignOnUnavailable, TooManyRequests),
    ),
    Route(
        method="POST",
        path="/api/session/unified/finish",
        summary="Sign in with what the provider gave.",
        right="sign-in",
        handler=finish_sign_on,
        asks=SignOnAsked,
        answers=SignedIn,
        remembered=False,
        refuses=(NotFound, SignOnUnavailable, SignOnRefused, SignInRefused),
    ),
]


def provider_of(house: House) -> SignOnProvider:
    """Return the house's provider.

    Raises:
        NotFound: It has none.
    """
    if not isinstance(house.sign_on, SignOnProvider):
        raise NotFound(what="sign-on", name="provider")
    return house.sign_on
