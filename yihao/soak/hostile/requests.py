"""HTTP requests that mean no good, made of the interface's own description.

A route that is added is attacked by the next run: paths, parameters and bodies are
read from ``/api/openapi.json``.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from . import texts


PARAMETER = re.compile(r"\{([a-z_]+)\}")

OTHER_PATHS = (
    *("/", "/healthz", "/readyz", "/metrics", "/sign-in", "/board/township"),
    *("/t/0", "/built/../../setup.cfg", "/built/%2e%2e/%2e%2e/setup.cfg", "//", "/%"),
    *("/api", "/api/", "/api/halls/..%2ftownship", "/built/assets", "/api/halls/%00"),
)

METHODS = ("GET", "POST", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS", "TRACE", "X")

HEADERS = (
    *("Accept", "Accept-Encoding", "Authorization", "Connection", "Content-Encoding"),
    *("Content-Type", "Cookie", "Expect", "Host", "Idempotency-Key", "If-None-Match"),
    *("Origin", "Range", "Upgrade", "X-CSRF-Token", "X-Forwarded-For"),
    *("X-Forwarded-Proto", "X-HTTP-Method-Override", "X-Original-URL", "Forwarded"),
)

MISLEADING = (
    b"Content-Length: 5\r\nContent-Length: 6\r\n",
    b"Content-Length: -1\r\n",
    b"Content-Length: 99999999999999999999\r\n",
    b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
    b"Transfer-Encoding: chunked, identity\r\n",
    b"Transfer-Encoding : chunked\r\n",
    b" folded: header\r\n",
    b"X: a\x00b\r\n",
    b"X: \xff\xfe\r\n",
)
"""Headers about which a proxy and a server might not agree (RFC 9112, 6.3 and 11.2)."""

LONGEST = 6_000
"""So much of a header or a path is sent (bytes)."""


class Operation(NamedTuple):
    """What may be asked at an address."""

    method: str
    path: str
    body: Any
    """The schema of the body; None: it takes none."""
    query: Mapping[str, Any]


class Attack(NamedTuple):
    """The bytes of one request; ``whole``: they are HTTP, and have an answer."""

    raw: bytes
    whole: bool
    is_head: bool


class Requests:
    """Makes requests for a house with a description."""

    def __init__(self, described: Mapping[str, Any], tokens: Sequence[str]) -> None:
        """``tokens`` belong to all who may do something."""
        self._schemas: Mapping[str, Any] = described["components"]["schemas"]
        self.operations = [
            operation_of(method.upper(), path, told)
            for path, methods in described["paths"].items()
            for method, told in methods.items()
        ]
        self.tokens = list(tokens)
        self.known: dict[str, list[str]] = {}
        """What stands in paths: parameter → values that the house knows."""

    def draw(self, chance: random.Random) -> Attack:
        """Return the next request."""
        operation = chance.choice(self.operations)
        method, target = operation.method, self._target(operation, chance)
        if chance.random() < 0.05:
            method = chance.choice(METHODS)
        if chance.random() < 0.05:
            target = chance.choice(OTHER_PATHS)
        body = self._body(operation, chance)
        head = [f"{method} {target} HTTP/1.1", "Host: hall.example"]
        head += self._headers(chance)
        head.append(f"Content-Length: {len(body)}")
        raw = "\r\n".join(head).encode("utf-8", "replace") + b"\r\n"
        is_head = method == "HEAD"
        if chance.random() < 0.04:
            raw += chance.choice(MISLEADING)
            return Attack(raw + b"\r\n" + body, False, is_head)
        raw += b"\r\n" + body
        if chance.random() < 0.05:
            return Attack(texts.spoilt(raw, chance), False, is_head)
        return Attack(raw, True, is_head)

    # Where it goes.

    def _target(self, operation: Operation, chance: random.Random) -> str:
        def filled(match: re.Match[str]) -> str:
            known = self.known.get(match[1])
            if known and chance.random() < 0.85:
                return quote(chance.choice(known), safe="")
            return quote(texts.text(chance)[:2_000].encode(), safe="") or "_"

        target = PARAMETER.sub(filled, operation.path)
        query = {
            name: self._fitting(schema, chance)
            for name, schema in operation.query.items()
            if chance.random() < 0.5
        }
        if chance.random() < 0.2:
            query[texts.text(chance)[:40]] = texts.text(chance)[:400]
        asked = urlencode({name: as_text(one) for name, one in query.items()})
        return (f"{target}?{asked}" if asked else target)[:LONGEST]

    def _headers(self, chance: random.Random) -> list[str]:
        found = []
        if chance.random() < 0.8:
            found.append(f"Authorization: Bearer {chance.choice(self.tokens)}")
        found.append("Content-Type: application/json")
        if chance.random() < 0.3:
            key = "".join(chance.choices("abcdef0123456789", k=16))
            found.append(f"Idempotency-Key: {key}")
        for _ in range(chance.choice((0, 0, 0, 1, 3))):
            said = texts.text(chance)[:2_000]
            for end in "\r\n\0":
                said = said.replace(end, " ")
            found.append(f"{chance.choice(HEADERS)}: {said}")
        return found

    # What it says.

    def _body(self, operation: Operation, chance: random.Random) -> bytes:
        if operation.body is None:
            return b"" if chance.random() < 0.9 else b"{}"
        asked = self._fitting(operation.body, chance)
        if isinstance(asked, dict) and asked and chance.random() < 0.6:
            # One field is wrong: what is around it is read nevertheless.
            name = chance.choice([*asked, "unknown"])
            asked[name] = texts.value(chance)
        raw = json.dumps(asked, ensure_ascii=chance.random() < 0.5).encode(
            "utf-8", "replace"
        )
        return texts.spoilt(raw, chance) if chance.random() < 0.15 else raw

    def _fitting(self, schema: Any, chance: random.Random) -> Any:
        """Return a value that nearly fits a schema."""
        if "$ref" in schema:
            return self._fitting(self._schemas[schema["$ref"].split("/")[-1]], chance)
        if "anyOf" in schema:
            return self._fitting(chance.choice(schema["anyOf"]), chance)
        if "enum" in schema:
            return chance.choice(schema["enum"])
        match schema.get("type"):
            case "object":
                return self._object(schema, chance)
            case "array":
                items = schema.get("items", {})
                return [
                    self._fitting(items, chance) for _ in range(chance.randint(0, 3))
                ]
            case "string":
                known = [one for some in self.known.values() for one in some]
                return (
                    chance.choice(known)
                    if chance.random() < 0.5
                    else texts.text(chance)
                )
            case "integer" | "number":
                low = schema.get("minimum", 0)
                high = schema.get("maximum", low + 10)
                return chance.choice((low, high, *texts.NUMBERS))
            case "boolean":
                return chance.random() < 0.5
        return texts.value(chance)

    def _object(self, schema: Any, chance: random.Random) -> dict[str, Any]:
        required = set(schema.get("required", ()))
        return {
            name: self._fitting(one, chance)
            for name, one in schema.get("properties", {}).items()
            if name in required or chance.random() < 0.4
        }


def operation_of(method: str, path: str, told: Mapping[str, Any]) -> Operation:
    """Return an operation from its description."""
    content = told.get("requestBody", {}).get("content", {})
    body = content.get("application/json", {}).get("schema")
    asked = [one for one in told.get("parameters", ()) if one["in"] == "query"]
    return Operation(method, path, body, {one["name"]: one["schema"] for one in asked})


def as_text(value: Any) -> str:
    """Return a value as it may stand in a query."""
    said = value if isinstance(value, str) else json.dumps(value)
    return said.encode("utf-8", "replace").decode()[:3_000]
