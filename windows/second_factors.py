"""The second factor of one's own account, and its removal by an administrator."""

from __future__ import annotations

from typing import Any

from projections.house import House
from queue_core.access.refusals import (
    AccountUnknown,
    OwnAccount,
    SecondFactorMissing,
    SecondFactorRefused,
)
from queue_core.interface.fields import Nothing
from queue_core.interface.routes import Call, Route

from .accounts import account_meant
from .staff_answers import (
    FactorAnswer,
    FactorBegun,
    FactorCodeAsked,
    FactorConfirmed,
)


async def show_second_factor(call: Call[House, Nothing]) -> FactorAnswer:
    """Tell whether one's own account is asked for codes."""
    factors = call.house.accounts.second_factors
    return FactorAnswer(confirmed=await factors.has(call.principal.name))


async def begin_second_factor(call: Call[House, Nothing]) -> FactorBegun:
    """Make a secret for a phone's authenticator."""
    factors = call.house.accounts.second_factors
    secret, uri = await factors.begin(call.principal.name)
    return FactorBegun(secret=secret, uri=uri)


async def confirm_second_factor(call: Call[House, FactorCodeAsked]) -> FactorConfirmed:
    """Begin to ask for codes; the recovery codes are told this once."""
    factors, who = call.house.accounts.second_factors, call.principal
    codes = await factors.confirm(who.name, who.hall, call.asked.code)
    return FactorConfirmed(recovery_codes=codes)


async def remove_second_factor(call: Call[House, FactorCodeAsked]) -> FactorAnswer:
    """Ask one's own account for codes no longer."""
    factors, who = call.house.accounts.second_factors, call.principal
    await factors.remove(who.name, by=who.name, hall=who.hall, code=call.asked.code)
    return FactorAnswer(confirmed=False)


async def reset_second_factor(call: Call[House, Nothing]) -> FactorAnswer:
    """Take the second factor of somebody who has lost his phone away."""
    known = await account_meant(call)
    if known.account == call.principal.name:
        raise OwnAccount(known.account)
    await call.house.accounts.second_factors.remove(
        known.account, by=call.principal.name, hall=known.hall
    )
    return FactorAnswer(confirmed=False)


REFUSED = (SecondFactorMissing, SecondFactorRefused)

ROUTES: list[Route[House, Any, Any]] = [
    Route(
        method="GET",
        path="/api/session/second-factor",
        summary="Tell whether one's own account is asked for codes.",
        right="have-second-factor",
        handler=show_second_factor,
        asks=Nothing,
        answers=FactorAnswer,
    ),
    Route(
        method="POST",
        path="/api/session/second-factor",
        summary="Make a secret for a phone's authenticator; it counts when confirmed.",
        right="have-second-factor",
        handler=begin_second_factor,
        asks=Nothing,
        answers=FactorBegun,
        remembered=False,
        refuses=REFUSED,
    ),
    Route(
        method="POST",
        path="/api/session/second-factor/confirm",
        summary="Show a code of the new secret, and get the recovery codes.",
        right="have-second-factor",
        handler=confirm_second_factor,
        asks=FactorCodeAsked,
        answers=FactorConfirmed,
        remembered=False,
        refuses=REFUSED,
    ),
    Route(
        method="POST",
        path="/api/session/second-factor/remove",
        summary="Show a code, and be asked for none any longer.",
        right="have-second-factor",
        handler=remove_second_factor,
        asks=FactorCodeAsked,
        answers=FactorAnswer,
        remembered=False,
        refuses=REFUSED,
    ),
    Route(
        method="POST",
        path="/api/accounts/{account}/second-factor/remove",
        summary="Take the second factor of another account away.",
        right="manage-accounts",
        handler=reset_second_factor,
        asks=Nothing,
        answers=FactorAnswer,
        refuses=(AccountUnknown, OwnAccount),
    ),
]
