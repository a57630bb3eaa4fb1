"""Request bodies: JSON into a command, or everything that is wrong with it at once.

pydantic does the checking, from the command's own annotations; it is imported with the first body, since most
requests have none.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args, get_type_hints

from services.platform.problems import field_problem
from services.platform.procedure import Refusal

# From pydantic's kinds of error to our codes; what is not here is `not_valid` with pydantic's own words.
_CODES = {
    "missing": "missing",
    "missing_argument": "missing",
    "unexpected_keyword_argument": "unknown",
    "extra_forbidden": "unknown",
    "date_type": "not_a_day",
    "date_parsing": "not_a_day",
    "date_from_datetime_parsing": "not_a_day",
    "date_from_datetime_inexact": "not_a_day",
    "datetime_type": "not_an_instant",
    "datetime_parsing": "not_an_instant",
    "datetime_from_date_parsing": "not_an_instant",
    "timezone_aware": "not_an_instant",
    "string_too_long": "too_long",
    "too_long": "too_long",
    "string_too_short": "too_short",
    "too_short": "too_short",
    "string_pattern_mismatch": "wrong_pattern",
    "literal_error": "not_one_of",
    "enum": "not_one_of",
    "greater_than": "out_of_range",
    "greater_than_equal": "out_of_range",
    "less_than": "out_of_range",
    "less_than_equal": "out_of_range",
    "multiple_of": "out_of_range",
    "finite_number": "out_of_range",
}
_EXPECTED = {
    "string_type": ("a text", "文字列"),
    "int_type": ("a whole number", "整数"),
    "int_from_float": ("a whole number", "整数"),
    "float_type": ("a number", "数値"),
    "decimal_type": ("a number", "数値"),
    "decimal_parsing": ("a number", "数値"),
    "bool_type": ("true or false", "true または false"),
    "list_type": ("a list", "配列"),
    "tuple_type": ("a list", "配列"),
    "set_type": ("a list", "配列"),
    "frozen_set_type": ("a list", "配列"),
    "dataclass_type": ("an object", "オブジェクト"),
    "dataclass_exact_type": ("an object", "オブジェクト"),
    "dict_type": ("an object", "オブジェクト"),
}


class BodyNotValid(Refusal):
    """A body that does not fit its command, with every error in it."""

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__("body_not_valid", count=len(errors))
        self.errors = errors


def command_from(body: bytes, command: type) -> Any:
    """The command that a body describes. Raises the refusals `broken_json` and `body_not_valid`.

    No body at all stands for a command without fields. Types are strict: "3" is not a number.
    """
    from pydantic import ValidationError

    try:
        return checker(command).validate_json(body or b"{}", strict=True)
    except ValidationError as found:
        errors = found.errors(include_url=False, include_input=False)
    if errors[0]["type"] == "json_invalid":
        raise Refusal("broken_json", problem=str(errors[0].get("ctx", {}).get("error", "")))
    # pydantic counts only the items that are right, so a list with a wrong item also seems too short.
    inside = {error["loc"][:depth] for error in errors for depth in range(len(error["loc"]))}
    raise BodyNotValid(
        [_entry(dict(e)) for e in errors if not (e["type"] == "too_short" and e["loc"] in inside)]
    )


@cache
def checker(command: type) -> Any:
    """The pydantic adapter of a command, which takes no field it does not know, at any depth."""
    from pydantic import ConfigDict, TypeAdapter

    for model in _dataclasses(command):
        if "__pydantic_config__" not in model.__dict__:
            model.__pydantic_config__ = ConfigDict(extra="forbid", allow_inf_nan=False)  # type: ignore[attr-defined]
    return TypeAdapter(command)


def _dataclasses(annotation: Any, known: set[Any] | None = None) -> Iterator[type]:
    known = set() if known is None else known
    if dataclasses.is_dataclass(annotation) and isinstance(annotation, type):
        if annotation in known:
            return
        known.add(annotation)
        yield annotation
        for hint in get_type_hints(annotation, include_extras=True).values():
            yield from _dataclasses(hint, known)
    for part in get_args(annotation):
        yield from _dataclasses(part, known)


def _entry(error: Mapping[str, Any]) -> dict[str, str]:
    kind, context = error["type"], error.get("ctx", {})
    pointer = "#" + "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in error["loc"])
    facts: dict[str, object] = {
        "limit": context.get("max_length", context.get("min_length", "")),
        "choices": context.get("expected", ""),
        "problem": str(error["msg"]).removeprefix("Value error, ").rstrip("."),
    }
    if kind in _EXPECTED:
        facts["expected"], facts["expected_ja"] = _EXPECTED[kind]
        return field_problem("wrong_type", pointer, facts)
    return field_problem(_CODES.get(kind, "not_valid"), pointer, facts)
