"""A connection of aiohttp whose own errors look like all others of the house.

What is no HTTP never reaches an application, so no signal of one puts a header on the
answer; aiohttp's own would name its version and repeat what was sent.
"""

from __future__ import annotations

from http import HTTPStatus

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from .answering import error_response
from .headers import JSON_HEADERS
from .refusals import Unreadable


class Connection(RequestHandler):
    """Answers what cannot be read in the words of the house, and is closed then."""

    __slots__ = ()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Return the answer to what aiohttp could not read, or could not go on with.

        Raises:
            ConnectionError: part of another answer has been sent already.
        """
        answer = super().handle_error(request, status, exc, message)
        if status == HTTPStatus.BAD_REQUEST:
            answer = error_response(Unreadable(why="it is no sound HTTP"))
            answer.force_close()
        answer.headers.update(JSON_HEADERS)
        return answer
