"""Examples from schemas: values as a reader would expect them, for every body and answer of a document.

A text is made by what its field is called (`samples.toml`), or else by its format, pattern and length; an
example that its schema would refuse is a mistake that the tests find.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

Schema = Mapping[str, Any]
_FILE = Path(__file__).parent / "samples.toml"
_FORMATS = {
    "date": "2026-06-01",
    "date-time": "2026-06-01T03:00:00Z",
    "uri-reference": "/infra-review/v1/notifications",
}
DEEPEST = 5
"""Levels of one in another at which an example shows no more than it must."""


@cache
def _known() -> dict[str, dict[str, Any]]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


def sample(schema: Schema, named: Mapping[str, Schema], field: str = "", depth: int = 0) -> Any:
    """A value that fits `schema`; `named` are the document's schemas, `field` is what the value is called."""
    if "$ref" in schema:
        return sample(named[schema["$ref"].rpartition("/")[2]], named, field, depth)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        known = _known()["field"].get(field)
        return known if known in schema["enum"] else schema["enum"][0]
    if "anyOf" in schema:
        return _branch(schema["anyOf"], named, field, depth)
    kinds = schema.get("type", "object")
    kind = kinds if isinstance(kinds, str) else kinds[0]
    match kind:
        case "object":
            return _object(schema, named, depth)
        case "array":
            if depth > DEEPEST and not schema.get("minItems"):
                return []
            count = max(schema.get("minItems", 0), len(schema.get("prefixItems", ())), 1)
            kinds_of = [*schema.get("prefixItems", ()), *[schema.get("items") or {}] * count][:count]
            return [sample(one, named, field, depth + 1) for one in kinds_of]
        case "integer" | "number":
            return max(schema.get("minimum", 0), _known()["number"].get(field, 1))
        case "boolean":
            return bool(_known()["flag"].get(field, True))
        case "string":
            return _text(schema, field)
    return None


def _branch(branches: list[Schema], named: Mapping[str, Schema], field: str, depth: int) -> Any:
    null = {"type": "null"}
    if depth > DEEPEST and null in branches:
        return None
    return sample(next(one for one in branches if one != null), named, field, depth)


def _object(schema: Schema, named: Mapping[str, Schema], depth: int) -> dict[str, Any]:
    required = schema.get("required", ())
    return {
        name: sample(part, named, name, depth + 1)
        for name, part in schema.get("properties", {}).items()
        if depth <= DEEPEST or name in required
    }


def _text(schema: Schema, field: str) -> str:
    if "format" in schema and schema["format"] in _FORMATS:
        return _FORMATS[schema["format"]]
    if "pattern" in schema:
        return str(_known()["pattern"][schema["pattern"].removeprefix("^(?:").removesuffix(")$(?!\n)")])
    text = str(_known()["field"].get(field, "例")) or "例"
    least, most = schema.get("minLength", 0), schema.get("maxLength", len(text))
    return (text if len(text) <= most else text[:most]).ljust(least, "例")
