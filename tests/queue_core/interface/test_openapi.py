"""The description of the interface says what the routes say."""

from __future__ import annotations

from typing import Any

import jsonschema_rs

from queue_core.interface.openapi import describe

from .desk_of_paper import ROUTES


def described() -> dict[str, Any]:
    """Return the description of the paper house."""
    return describe(ROUTES, title="Paper", version="1")


def test_every_route_is_described_under_its_address_and_method() -> None:
    paths = described()["paths"]

    found = {(path, m.upper()) for path, methods in paths.items() for m in methods}

    assert found == {(route.path, route.method) for route in ROUTES}


def test_every_reference_leads_to_a_schema() -> None:
    document = described()
    names = set(document["components"]["schemas"])

    assert references(document) <= {f"#/components/schemas/{name}" for name in names}
    for schema in document["components"]["schemas"].values():
        jsonschema_rs.meta.validate({**schema, "$schema": DRAFT})


DRAFT = "https://json-schema.org/draft/2020-12/schema"


def references(node: Any) -> set[str]:
    """Return every ``$ref`` inside a document."""
    if isinstance(node, list):
        return {ref for part in node for ref in references(part)}
    if isinstance(node, dict):
        own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
        return own | {ref for part in node.values() for ref in references(part)}
    return set()


def test_a_query_is_described_field_by_field() -> None:
    operation = described()["paths"]["/api/halls/{hall}"]["get"]

    limit = next(p for p in operation["parameters"] if p["name"] == "limit")

    assert limit["in"] == "query"
    assert limit["required"] is False
    assert limit["schema"] == {"type": "integer", "minimum": 1, "default": 3}


def test_a_body_with_missing_fields_is_required_and_an_empty_one_is_not() -> None:
    paths = described()["paths"]

    order = paths["/api/halls/{hall}/orders"]["post"]["requestBody"]
    serve = paths["/api/halls/{hall}/windows/{window}/serve"]["post"]["requestBody"]

    assert order["required"] is True
    assert serve["required"] is False


def test_every_status_a_route_can_answer_stands_there_with_its_codes() -> None:
    paths = described()["paths"]

    order = paths["/api/halls/{hall}/orders"]["post"]["responses"]
    serve = paths["/api/halls/{hall}/windows/{window}/serve"]["post"]["responses"]

    assert sorted(order) == [
        *("201", "400", "401", "404", "409", "413", "415", "422", "429", "503")
    ]
    assert "window-busy" in order["409"]["description"]
    assert "403" in serve
    assert "429" in serve


def test_open_routes_need_no_credentials_and_others_do() -> None:
    paths = described()["paths"]

    assert {} in paths["/api/halls/{hall}"]["get"]["security"]
    assert {} not in paths["/api/halls/{hall}/letter"]["get"]["security"]
