"""The OpenAPI 3.1 document, made from the routes and from nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from queue_core.access import roles
from queue_core.errors import Refused

from . import refusals
from .answering import ErrorAnswer
from .fields import Nothing
from .routes import JSON, Document, Route
from .statuses import STATUSES, STORE_FAILED


REF = "#/components/schemas/{name}"

Schema = dict[str, Any]

PATH_PARAMETER: Schema = {"type": "string", "minLength": 1, "maxLength": 64}
KEY_PARAMETER: Schema = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Names the command: a repeat with the same key gets the first "
    "answer. With fewer than 16 characters it counts, without a token, only for those "
    "at the same address in the network.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,128}$"},
}
CSRF_PARAMETER: Schema = {
    "name": "X-CSRF-Token",
    "in": "header",
    "required": False,
    "description": "The session's csrf value, where the session comes as a cookie.",
    "schema": {"type": "string"},
}
SECURITY: Schema = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "A session token, a device token or a ticket's secret.",
    },
    "session": {"type": "apiKey", "in": "cookie", "name": "yihao_session"},
}
WORDS = {
    400: "The request cannot be read.",
    401: "Nobody is known to be calling.",
    403: "The caller is known and may not do this.",
    404: "It is not there.",
    409: "The rules refuse it now.",
    410: "It has ended.",
    413: "The body is too large.",
    415: "The body is not plain JSON.",
    422: "Well-formed, and not acceptable.",
    429: "Too many requests.",
    STORE_FAILED: "What is needed cannot be reached now; nothing was done.",
}


def describe(
    routes: Sequence[Route[Any, Any, Any]],
    *,
    title: str,
    version: str,
    topics: Mapping[str, tuple[roles.TopicKind, str]] | None = None,
) -> Schema:
    """Return the whole document for the given routes, and the link's topics.

    ``topics`` gives each name's kind and what it is for. OpenAPI has no place for
    them, so they stand under ``x-live-topics``.
    """
    structs = {struct for route in routes for struct in structs_of(route)}
    structs.add(ErrorAnswer)
    ordered = sorted(structs, key=lambda struct: struct.__name__)
    _, schemas = msgspec.json.schema_components(ordered, ref_template=REF)
    paths: dict[str, Schema] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = operation(
            route, schemas
        )
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version},
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": SECURITY},
        "x-live-topics": {
            name: described_topic(kind, summary)
            for name, (kind, summary) in (topics or {}).items()
        },
    }


def described_topic(kind: roles.TopicKind, summary: str) -> Schema:
    """Return the description of one topic: what it is for, and who may follow it."""
    right = roles.TOPICS[kind]
    return {
        "summary": summary,
        "kind": kind,
        "x-right": right,
        "x-who": sorted(roles.RIGHTS[right]),
    }


def structs_of(route: Route[Any, Any, Any]) -> list[type]:
    """Return the structs a route needs a schema for."""
    return [kind for kind in (route.asks, route.answers) if kind is not Document]


def operation(route: Route[Any, Any, Any], schemas: dict[str, Any]) -> Schema:
    """Return the description of one route."""
    described: Schema = {
        "operationId": route.name,
        "summary": route.summary,
        "parameters": parameters(route, schemas),
        "responses": responses(route),
        "security": security(route),
        "x-right": route.right,
        "x-who": sorted(roles.RIGHTS[route.right]),
    }
    if route.method == "POST":
        described["requestBody"] = {
            "required": bool(schemas[route.asks.__name__].get("required")),
            "content": {JSON: {"schema": reference(route.asks)}},
        }
    return described


def security(route: Route[Any, Any, Any]) -> list[Schema]:
    """Return the ways to be known that a route accepts; none needed comes first."""
    known: list[Schema] = [{"bearer": []}, {"session": []}]
    return [{}, *known] if roles.is_open(route.right) else known


def parameters(route: Route[Any, Any, Any], schemas: dict[str, Any]) -> list[Schema]:
    """Return the parameters in path, query and headers."""
    found: list[Schema] = [
        {"name": name, "in": "path", "required": True, "schema": PATH_PARAMETER}
        for name in route.parameters
    ]
    if route.method == "GET" and route.asks is not Nothing:
        schema = schemas[route.asks.__name__]
        for name, field in schema["properties"].items():
            required = name in schema.get("required", [])
            found.append(
                {"name": name, "in": "query", "required": required, "schema": field}
            )
    if route.method != "GET":
        found.append(CSRF_PARAMETER)
    if route.method == "POST":
        found.append(KEY_PARAMETER)
    return found


def responses(route: Route[Any, Any, Any]) -> Schema:
    """Return every status a route can answer with, and what comes with it."""
    content: Schema
    if route.answers is Document:
        content = {media: {} for media in route.media}
    else:
        content = {JSON: {"schema": reference(route.answers)}}
    answers: Schema = {str(route.status): {"description": "Done.", "content": content}}
    codes: dict[int, set[str]] = {STORE_FAILED: {"store-unavailable", "overloaded"}}
    for refusal in possible_refusals(route):
        codes.setdefault(STATUSES[refusal], set()).add(refusal.code)
    for status in sorted(codes):
        answers[str(status)] = {
            "description": f"{WORDS[status]} Codes: {', '.join(sorted(codes[status]))}",
            "content": {JSON: {"schema": reference(ErrorAnswer)}},
        }
    return answers


def possible_refusals(route: Route[Any, Any, Any]) -> set[type[Refused]]:
    """Return what a route may refuse: its own reasons, and those of every route."""
    found: set[type[Refused]] = {
        refusals.Unreadable,
        refusals.NotSignedIn,
        refusals.NotAcceptable,
        refusals.TooManyRequests,
        *route.refuses,
    }
    if not roles.is_open(route.right):
        found.add(refusals.NotAllowed)
    if route.parameters:
        found.add(refusals.NotFound)
    if route.method != "GET":
        found |= {refusals.BodyTooLarge, refusals.NotJson}
        if not roles.is_open(route.right):
            found.add(refusals.CsrfTokenMissing)
    return found


def reference(struct: type[msgspec.Struct]) -> Schema:
    """Return a reference to a struct's schema."""
    return {"$ref": REF.format(name=struct.__name__)}
