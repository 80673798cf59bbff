"""What the interface itself refuses, before a command reaches the rules.

Refused
├── Unreadable          the bytes are no UTF-8 JSON
├── NotAcceptable       well-formed, and a field is not what the route takes
├── BodyTooLarge        more bytes than a request may have
├── NotJson             another content type than JSON
├── PersonalNumber      what would go into the record for ever, or on a screen
├── NotSignedIn         nobody is known to be calling
├── NotAllowed          somebody is known, and this is not his to do
├── CsrfTokenMissing    a cookie alone does not show that the page meant it
├── NotFound            nothing stands at this address
├── MethodNotAllowed    something stands here, and it takes another method
└── TooManyRequests     the caller must wait a while
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from queue_core.errors import Refused


@dataclass(eq=False)
class Unreadable(Refused):
    """The request's bytes cannot be read as what they say they are."""

    why: str
    code = "unreadable"
    sentence = "the request cannot be read: {why}"


@dataclass(eq=False)
class NotAcceptable(Refused):
    """The request can be read, and one field of it cannot be accepted."""

    field: str
    why: str
    code = "not-acceptable"
    sentence = "{field}: {why}"


@dataclass(eq=False)
class PersonalNumber(Refused):
    """A text that stays, or is shown to all, has somebody's number in it."""

    field: str
    code = "personal-number"
    sentence = "{field}: no identity number and no mobile phone may stand here"


@dataclass(eq=False)
class BodyTooLarge(Refused):
    """The request's body is larger than the interface reads."""

    limit: int
    code = "body-too-large"
    sentence = "a request's body has at most {limit} bytes"


@dataclass(eq=False)
class NotJson(Refused):
    """The body is neither ``application/json`` nor plainly encoded."""

    content_type: str
    code = "not-json"
    sentence = "the body must be plain application/json, not {content_type}"


@dataclass(eq=False)
class NotSignedIn(Refused):
    """The call needs somebody who is known, by a session, a token or a secret."""

    code = "not-signed-in"
    sentence = "sign in first, or send the token or secret for this"


@dataclass(eq=False)
class NotAllowed(Refused):
    """The caller is known and may not do this, or not in this place."""

    right: str
    why: str
    code = "not-allowed"
    sentence = "{why}"


@dataclass(eq=False)
class CsrfTokenMissing(Refused):
    """A session cookie must be accompanied by the session's CSRF token."""

    code = "csrf-token-missing"
    sentence = "the header X-CSRF-Token must carry the session's csrf value"


@dataclass(eq=False)
class NotFound(Refused):
    """Nothing stands at this address."""

    what: str
    name: str
    code = "not-found"
    sentence = "there is no {what} {name}"


@dataclass(eq=False)
class MethodNotAllowed(Refused):
    """The address takes other methods."""

    method: str
    allowed: list[str] = field(default_factory=list)
    code = "method-not-allowed"
    sentence = "{method} is not possible here, only {allowed}"


@dataclass(eq=False)
class ProfileFaulty(Refused):
    """The hall's profile folder has faults, each with file, line and field."""

    faults: list[str]
    code = "profile-faulty"
    sentence = "the profile has faults: {faults}"


@dataclass(eq=False)
class TooManyRequests(Refused):
    """The caller has asked too often and may try again later."""

    retry_after_seconds: int
    code = "too-many-requests"
    sentence = "too many requests; try again in {retry_after_seconds} seconds"


def shortened(value: Any, limit: int = 64) -> str:
    """Return a value from outside as text that is short enough for an answer."""
    text = str(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"
