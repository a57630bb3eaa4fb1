"""Holds every answer that a test receives against the API's document: nothing may leave that is not in it."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

SERVICES = Path(__file__).parents[2] / "services"


@cache
def document_of(package: str) -> dict[str, Any]:
    """The document as it stands beside the service."""
    found: dict[str, Any] = json.loads((SERVICES / package / "openapi.json").read_text(encoding="utf-8"))
    return found


@cache
def _operations(package: str) -> tuple[tuple[str, re.Pattern[str], dict[str, Any]], ...]:
    paths = document_of(package)["paths"]
    # A path without parameters is the better match of two.
    ordered = sorted(paths, key=lambda path: path.count("{"))
    return tuple(
        (method.upper(), re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))), operation)
        for path in ordered
        for method, operation in paths[path].items()
    )


def operation_of(package: str, method: str, path: str) -> dict[str, Any] | None:
    """The operation that a request comes to."""
    found = (one for kind, pattern, one in _operations(package) if kind == method and pattern.fullmatch(path))
    return next(found, None)


@cache
def _validator(package: str, schema: str) -> Draft202012Validator:
    return Draft202012Validator({**json.loads(schema), "components": document_of(package)["components"]})


def conforms(package: str, method: str, path: str, status: int, headers: dict[str, str], text: str) -> None:
    """Assert that an answer is one of those the document speaks of."""
    operation = operation_of(package, method, path)
    if operation is None or status == 304:
        assert status in (304, 404, 405), f"{method} {path} is in no document and answers {status}"
        return
    kind = headers.get("Content-Type", "").partition(";")[0]
    where = f"{method} {path} {status}"
    response = operation["responses"].get(str(status))
    assert response or status >= 500, f"{where} is not in the document: {text[:200]}"
    if response is None:
        return
    content = response["content"].get(kind)
    assert content, f"{where} answers {kind}, and the document does not"
    if kind.endswith("json") and kind != "application/jose+json":
        wrong = next(_validator(package, json.dumps(content["schema"])).iter_errors(json.loads(text)), None)
        assert wrong is None, f"{where}: {list(wrong.absolute_path)} {wrong.message[:300]}"
