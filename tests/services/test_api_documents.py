"""Every API's document says all that a caller needs: answers, problems, queries, and examples that fit."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from documents import openapi
from documents.services import services
from services.platform.http.edge import Edge


@cache
def app_of(service: str) -> Edge:
    app: Edge = importlib.import_module(f"services.{service}.api").app
    return app


@cache
def document_of(service: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(openapi.files_of(app_of(service))["openapi.json"])
    return made


def operations(service: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document_of(service)["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def validator(service: str, schema: dict[str, Any]) -> Draft202012Validator:
    """A validator of one of the document's schemas, with the document's own to refer to."""
    return Draft202012Validator({**schema, "components": document_of(service)["components"]})


@pytest.mark.parametrize("service", services())
def test_every_operation_says_what_it_answers_and_what_can_go_wrong(service: str) -> None:
    for name, operation in operations(service):
        answers = {status: one for status, one in operation["responses"].items() if status < "3"}
        assert answers, name
        for one in answers.values():
            assert one["content"], name
            for content in one["content"].values():
                assert content["schema"], name
        assert operation["responses"]["default"], name
        if operation.get("security") != []:
            assert "401" in operation["responses"], name


@pytest.mark.parametrize("service", services())
def test_no_shape_of_an_answer_is_hollow(service: str) -> None:
    for name, schema in document_of(service)["components"]["schemas"].items():
        assert schema.get("properties") or "enum" in schema or not schema.get("required"), name
        if name.endswith("Case"):
            assert len(schema["properties"]) > 8, name


@pytest.mark.parametrize("service", services())
def test_every_example_fits_its_schema(service: str) -> None:
    document = document_of(service)
    for name, example in document["components"]["examples"].items():
        wrong = list(
            validator(service, document["components"]["schemas"][name]).iter_errors(example["value"])
        )
        assert not wrong, f"{name}: {[(list(one.absolute_path), one.message[:80]) for one in wrong[:3]]}"


@pytest.mark.parametrize("service", services())
def test_every_query_that_is_read_is_declared(service: str) -> None:
    for route in app_of(service).routes:
        path = openapi._PARAMETER.sub(r"{\1}", route.path)
        operation = document_of(service)["paths"][path][route.method.lower()]
        declared = {one["name"] for one in operation["parameters"] if one.get("in") == "query"}
        assert declared == (set(route.asks.__struct_fields__) if route.asks else set()), path
