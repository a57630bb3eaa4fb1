"""JSON Schemas of values for an API's document, with what the attributes' own words say of them.

What is sent is described strictly. What is answered may gain fields later, and of a case a reader may be
shown only a part: there nothing is closed, and of a view nothing is required.
"""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, get_args, get_origin

import msgspec

Schema = dict[str, Any]
REFERENCE = "#/components/schemas/{name}"


class Schemas:
    """The named schemas of one document."""

    def __init__(self) -> None:
        self.named: dict[str, Schema] = {}
        self.examples: dict[str, Schema] = {}
        """An example of some of them, by the name of the schema."""

    def sent(self, kind: Any) -> Schema:
        """The schema of what is sent."""
        schema, parts = components(kind)
        for name, part in parts.items():
            self._add(name, part)
        return schema

    def answered(self, kind: Any) -> Schema:
        """The schema of what is answered."""
        schema, parts = components(kind)
        for name, part in parts.items():
            part.pop("additionalProperties", None)
            self._add(name, part)
        return schema

    def _add(self, name: str, part: Schema) -> None:
        """Add a schema under its name. Raises TypeError when another value has that name."""
        there = self.named.setdefault(name, part)
        if set(there.get("properties", ())) != set(part.get("properties", ())):
            raise TypeError(f"two values of this API are called {name}")

    def shown(self, kind: type) -> dict[str, Schema]:
        """The properties of a view, of which any, however deep, may be missing."""
        schema, parts = components(kind)
        own = schema["$ref"].rpartition("/")[2]
        renamed = json.loads(_renamed(json.dumps(parts), parts))
        for name, part in renamed.items():
            part.pop("required", None)
            part.pop("additionalProperties", None)
            if name != f"{own}Shown":
                self._add(name, part)
        found: dict[str, Schema] = renamed[f"{own}Shown"]["properties"]
        return found


def _renamed(text: str, names: Iterable[str]) -> str:
    for name in names:
        text = text.replace(f'"{REFERENCE.format(name=name)}"', f'"{REFERENCE.format(name=name + "Shown")}"')
        text = text.replace(f'"{name}": {{', f'"{name}Shown": {{', 1)
    return text


def components(kind: Any) -> tuple[Schema, dict[str, Schema]]:
    """The schema of a type, and the named schemas it refers to."""
    (schema,), parts = msgspec.json.schema_components([kind], ref_template=REFERENCE)
    said = dict(_structs(kind, {}))
    for name, part in parts.items():
        properties = part.get("properties", {})
        for field in msgspec.structs.fields(said[name]) if name in said else ():
            if datetime in (field.type, *get_args(field.type)):
                _mark_instant(properties[field.encode_name])
        for attribute, words in _attributes(said[name]).items() if name in said else ():
            if attribute in properties:
                properties[attribute]["description"] = words
    return schema, parts


def _mark_instant(schema: Schema) -> None:
    """Say of a text that it is an instant; msgspec leaves that out where the time zone is left open."""
    for one in schema.get("anyOf", (schema,)):
        if one.get("type") == "string":
            one["format"] = "date-time"


def _structs(kind: Any, found: dict[str, type]) -> dict[str, type]:
    """Every struct that a type is made of, by its name."""
    origin = get_origin(kind)
    for part in get_args(kind):
        _structs(part, found)
    if origin is not None:
        kind = origin
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind.__name__ not in found:
        found[kind.__name__] = kind
        for field in msgspec.structs.fields(kind):
            _structs(field.type, found)
    return found


@cache
def _attributes(kind: type) -> dict[str, str]:
    """The docstrings that stand under the attributes of a class."""
    found: dict[str, str] = {}
    for one in reversed(kind.__mro__):
        if not one.__module__.startswith("services."):
            continue
        body = ast.parse(textwrap.dedent(inspect.getsource(one))).body[0]
        name = ""
        for node in getattr(body, "body", ()):
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                name = node.target.id
            elif name and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                found[name] = inspect.cleandoc(str(node.value.value))
                name = ""
            else:
                name = ""
    return found
