"""JSON Schemas of values for an API's document, with what the attributes' own words say of them.

What is sent is described strictly. What is answered may gain fields later, and of a case a reader may be
shown only a part: there nothing is closed, and of a view nothing is required.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import textwrap
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin

import msgspec

Schema = dict[str, Any]
REFERENCE = "#/components/schemas/{name}"


class Schemas:
    """The named schemas of one document.

    A value is named by its class. Where another value of the document has that name already and is another
    one, the second is named after the procedure it is of, too.
    """

    def __init__(self) -> None:
        self.named: dict[str, Schema] = {}
        self.examples: dict[str, Schema] = {}
        """An example of some of them, by the name of the schema."""
        self._names: dict[tuple[type, str], str] = {}
        self._meant: dict[str, _Meant] = {}

    def sent(self, kind: Any, of: str = "") -> Schema:
        """The schema of what is sent; `of` is the procedure it is sent in, where there is one."""
        schema, parts = self._under_its_names(kind, of)
        for name, part in parts.items():
            self.named.setdefault(name, part)
        return schema

    def answered(self, kind: Any, of: str = "") -> Schema:
        """The schema of what is answered."""
        schema, parts = self._under_its_names(kind, of)
        for name, part in parts.items():
            part.pop("additionalProperties", None)
            self.named.setdefault(name, part)
        return schema

    def shown(self, kind: type, of: str = "") -> dict[str, Schema]:
        """The properties of a view, of which any, however deep, may be missing."""
        schema, parts = self._under_its_names(kind, of, "Shown")
        own = schema["$ref"].rpartition("/")[2]
        for name, part in parts.items():
            part.pop("required", None)
            part.pop("additionalProperties", None)
            if name != own:
                self.named.setdefault(name, part)
        found: dict[str, Schema] = parts[own]["properties"]
        return found

    def _under_its_names(self, kind: Any, of: str, after: str = "") -> tuple[Schema, dict[str, Schema]]:
        """The schema of a type and those it refers to, under the names they have in this document."""
        schema, parts = components(kind)
        classes = _structs(kind, {})
        names = {
            name: self._name(name, after, of, _Meant(classes.get(name), _with_what_it_refers_to(name, parts)))
            for name in parts
        }
        whole: list[Any] = json.loads(_renamed(json.dumps([schema, list(parts.values())]), names))
        return whole[0], dict(zip(names.values(), whole[1], strict=True))

    def _name(self, plain: str, after: str, of: str, meant: _Meant) -> str:
        """The name of a value. Raises TypeError when there is none that is not another's."""
        known = self._names.get((meant.by, after)) if meant.by else None
        if known is not None:
            return known
        for name in (plain + after, of + plain + after):
            there = self._meant.setdefault(name, meant)
            if there.schema == meant.schema:
                if meant.by:
                    self._names[meant.by, after] = name
                return name
        where = " and ".join(one.by.__module__ if one.by else "elsewhere" for one in (there, meant))
        raise TypeError(f"two values of this API are called {name}, in {where}")


class _Meant(NamedTuple):
    """What a name of a document stands for: the class, and its schema with all that this refers to."""

    by: type | None
    schema: dict[str, Schema]


def _with_what_it_refers_to(name: str, parts: dict[str, Schema]) -> dict[str, Schema]:
    found: dict[str, Schema] = {}
    left = [name]
    while left:
        one = left.pop()
        if one not in found:
            found[one] = parts[one]
            left += [
                other for other in parts if f'"{REFERENCE.format(name=other)}"' in json.dumps(parts[one])
            ]
    return found


def _renamed(text: str, names: Mapping[str, str]) -> str:
    for name, now in names.items():
        # Between the two the quotes are others, so that no name is renamed twice.
        text = text.replace(f'"{REFERENCE.format(name=name)}"', f"'{REFERENCE.format(name=now)}'")
    return re.sub(rf"'({re.escape(REFERENCE.format(name=''))}\w+)'", r'"\1"', text)


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
