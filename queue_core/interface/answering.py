"""Turning answers, documents and errors into HTTP responses."""

from __future__ import annotations

import logging
from typing import Any

import msgspec
from aiohttp import web

from queue_core.access.refusals import SignInLocked
from queue_core.errors import Conflict, LogError, Overloaded, ParseError, Refused

from .first_answers import Given
from .headers import JSON_HEADERS
from .refusals import (
    MethodNotAllowed,
    NotAcceptable,
    NotSignedIn,
    TooManyRequests,
    shortened,
)
from .routes import JSON, Document
from .statuses import STORE_FAILED, status_of


logger = logging.getLogger(__name__)


class ErrorInside(msgspec.Struct, frozen=True):
    """What went wrong: a stable code, a sentence, and the values in it."""

    code: str
    message: str
    details: dict[str, Any]


class ErrorAnswer(msgspec.Struct, frozen=True):
    """The one shape of every error."""

    error: ErrorInside


def given(answer: object, status: int) -> Given:
    """Return an answer or a document as it goes out."""
    if not isinstance(answer, Document):
        return Given(status, msgspec.json.encode(answer), JSON_HEADERS)
    headers = {"Cache-Control": "no-store", "Content-Type": answer.media_type}
    if answer.filename:
        disposition = f'attachment; filename="{answer.filename}"'
        headers["Content-Disposition"] = disposition
    return Given(status, answer.content, headers)


def response_of(answer: Given) -> web.Response:
    """Return a response that carries the answer."""
    return web.Response(body=answer.body, status=answer.status, headers=answer.headers)


def error_response(error: Exception) -> web.Response:
    """Return the response that tells an error; what nobody expected is logged."""
    headers: dict[str, str] = {"Cache-Control": "no-store"}
    match error:
        case Refused():
            status, code = status_of(error), error.code
            details = error.details()
            headers |= headers_of(error)
        case ParseError():
            refused = NotAcceptable(field=error.field or "body", why=str(error))
            return error_response(refused)
        case Overloaded():
            status, code, details = STORE_FAILED, "overloaded", {}
            headers["Retry-After"] = "2"
        case LogError() | Conflict():
            status, code, details = STORE_FAILED, "store-unavailable", {}
            headers["Retry-After"] = "5"
            logger.error("the store failed: %s", error)
        case _:
            logger.error("a request failed unexpectedly", exc_info=error)
            status, code, details = 500, "unexpected", {}
    message = shortened(error, 300) if status != 500 else "an unexpected error"
    body = ErrorAnswer(error=ErrorInside(code=code, message=message, details=details))
    return web.Response(
        body=msgspec.json.encode(body),
        status=status,
        content_type=JSON,
        headers=headers,
    )


def headers_of(refused: Refused) -> dict[str, str]:
    """Return the headers that HTTP wants beside a refusal."""
    match refused:
        case NotSignedIn():
            return {"WWW-Authenticate": "Bearer"}
        case MethodNotAllowed(allowed=allowed):
            return {"Allow": ", ".join(allowed)}
        case (
            TooManyRequests(retry_after_seconds=seconds)
            | SignInLocked(retry_after_seconds=seconds)
        ):
            return {"Retry-After": str(seconds)}
        case _:
            return {}
