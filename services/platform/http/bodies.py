"""Request bodies: JSON into a command, or everything that is wrong with it at once.

msgspec reads a body straight into its command, limits and all, and says of a wrong one only the first thing
that is wrong. Only then is the body held against the JSON Schema of the command, which finds them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from datetime import date, datetime
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import msgspec

from services.platform.http.problems import field_problem
from services.platform.law.parties import ORGANISATION, is_organisation
from services.platform.law.procedure import Refusal

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

DEEPEST = 100
"""Levels of lists and objects in one another."""
_CODES = {
    "required": "missing",
    "additionalProperties": "unknown",
    "maxLength": "too_long",
    "maxItems": "too_long",
    "minLength": "too_short",
    "minItems": "too_short",
    "pattern": "wrong_pattern",
    "checkDigit": "wrong_check_digit",
    "enum": "not_one_of",
    "const": "not_one_of",
    "minimum": "out_of_range",
    "maximum": "out_of_range",
    "exclusiveMinimum": "out_of_range",
    "exclusiveMaximum": "out_of_range",
}
"""From JSON Schema's keywords to our codes; what is not here is `not_valid`, in the validator's words."""
FIRST_DAY, LAST_DAY = date(1868, 10, 23), date(2199, 12, 31)
"""The days that can be meant: from the first day of Meiji on, and not beyond what any period reaches."""
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_FORMATS = {"date": "not_a_day", "date-time": "not_an_instant"}
_EXPECTED = {
    "string": ("a text", "文字列"),
    "integer": ("a whole number", "整数"),
    "number": ("a number", "数値"),
    "boolean": ("true or false", "true または false"),
    "array": ("a list", "配列"),
    "object": ("an object", "オブジェクト"),
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
    if _perhaps_too_deep(body) and (errors := everything_wrong(body, command)):
        raise BodyNotValid(errors)
    try:
        read: Any = msgspec.json.decode(body or b"{}", type=command)
    except msgspec.ValidationError as first:
        raise BodyNotValid(everything_wrong(body, command) or [_told(str(first))]) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as broken:
        raise Refusal("broken_json", problem=str(broken)) from None
    # What the limits of a type cannot say, its schema is asked about only where it may be wrong.
    if not all(map(_may_pass, _inside(read))) and (errors := everything_wrong(body, command)):
        raise BodyNotValid(errors)
    return read


def can_be_meant(day: date) -> bool:
    """Whether a day, or that of an instant, is one that somebody can mean."""
    return FIRST_DAY <= (day.date() if isinstance(day, datetime) else day) <= LAST_DAY


def too_far(pointer: str) -> dict[str, str]:
    """What is wrong with a day that nobody can mean."""
    return field_problem("day_too_far", pointer, {"first": FIRST_DAY, "last": LAST_DAY})


def _may_pass(value: Any) -> bool:
    """Whether a day can be meant, and a text is no corporate number with a wrong check digit."""
    if isinstance(value, date):
        return can_be_meant(value)
    return not (isinstance(value, str) and len(value) == 13 and value.isdecimal()) or is_organisation(value)


def _inside(value: Any) -> Iterator[Any]:
    """Every text, day and number in a value, however deep."""
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _inside(getattr(value, name))
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _inside(one)
    elif isinstance(value, list | tuple | Set):
        for one in value:
            yield from _inside(one)
    else:
        yield value


def everything_wrong(body: bytes, command: type) -> list[dict[str, str]]:
    """Every way in which a JSON document does not fit a command, in the order of its places."""
    document = read_json(body or b"{}")
    found = {
        (pointer, code): facts
        for error in _validator(command).iter_errors(document)
        for pointer, code, facts in _findings(error)
    }
    return [
        field_problem(code, pointer, facts) for (pointer, code), facts in sorted(found.items(), key=_place)
    ]


def read_json(text: bytes) -> Any:
    """What a JSON text says. Raises the refusal `broken_json`, for one that is nested too deeply too."""
    try:
        document = msgspec.json.decode(text)
    except RecursionError:
        document = None
    except (msgspec.DecodeError, UnicodeDecodeError) as broken:
        raise Refusal("broken_json", problem=str(broken)) from None
    else:
        if _depth(document) <= DEEPEST:
            return document
    raise Refusal("broken_json", problem="it is nested too deeply")


@cache
def _validator(command: type) -> Draft202012Validator:
    from jsonschema import Draft202012Validator, FormatChecker, validators

    formats = FormatChecker(formats=())
    # What a day and an instant are, the reader of bodies itself says.
    for name, kind in (("date", date), ("date-time", datetime)):
        formats.checks(name, msgspec.ValidationError)(lambda text, kind=kind: _reads(text, kind))
    reader: type[Draft202012Validator] = validators.extend(  # type: ignore[no-untyped-call]
        Draft202012Validator, {"pattern": _fits}
    )
    return reader(msgspec.json.schema(command), format_checker=formats)


def _fits(validator: Any, pattern: str, instance: Any, schema: Any) -> Iterator[ValidationError]:
    """What is wrong with a text by its pattern, and of an organisation's id by its check digit."""
    from jsonschema import Draft202012Validator, exceptions

    wrong = tuple(Draft202012Validator.VALIDATORS["pattern"](validator, pattern, instance, schema))
    yield from wrong
    if pattern == ORGANISATION.pattern and not wrong and not is_organisation(str(instance)):
        facts: dict[str, Any] = {"validator_value": pattern, "instance": instance, "schema": schema}
        yield exceptions.ValidationError("the check digit is wrong", "checkDigit", **facts)


def _reads(text: Any, kind: type) -> bool:
    """Whether a text is a day or an instant that can be meant. Raises for one that is none at all."""
    if not isinstance(text, str):
        return True
    return can_be_meant(msgspec.convert(text, kind))


def _findings(error: ValidationError) -> Iterator[tuple[str, str, dict[str, object]]]:
    if error.validator == "anyOf" and error.context:
        # Something or nothing: what is there is held against what it should have been.
        branches = [one for one in error.context if one.validator != "type" or one.validator_value != "null"]
        for branch in branches:
            yield from _findings(branch)
        return
    here, keyword = _pointer(error), str(error.validator)
    wanted: Any = error.validator_value
    schema: Any = error.schema
    instance: Any = error.instance
    match keyword:
        case "required":
            for name in (name for name in wanted if name not in instance):
                yield f"{here}/{_escaped(name)}", "missing", {}
        case "additionalProperties":
            for name in (name for name in instance if name not in schema.get("properties", {})):
                yield f"{here}/{_escaped(name)}", "unknown", {}
        case "type":
            english, japanese = _EXPECTED.get(str(wanted), (str(wanted), str(wanted)))
            yield here, "wrong_type", {"expected": english, "expected_ja": japanese}
        case "format" if error.cause is None:
            yield here, "day_too_far", {"first": FIRST_DAY, "last": LAST_DAY}
        case "format":
            yield here, _FORMATS[str(wanted)], {}
        case "enum":
            yield here, "not_one_of", {"choices": ", ".join(map(str, wanted))}
        case _:
            yield here, _CODES.get(keyword, "not_valid"), {"limit": wanted, "problem": error.message}


def _pointer(error: ValidationError) -> str:
    return "#" + "".join(f"/{_escaped(str(part))}" for part in error.absolute_path)


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _place(found: tuple[tuple[str, str], Any]) -> list[str]:
    (pointer, code), _ = found
    return [*(part.zfill(6) if part.isdecimal() else part for part in pointer.split("/")), code]


def _perhaps_too_deep(body: bytes) -> bool:
    """A quick look at the brackets alone, those inside texts included, so that most bodies are read once."""
    brackets = body.translate(None, _NO_BRACKETS)
    return len(brackets) > DEEPEST and max(accumulate(1 if b in b"[{" else -1 for b in brackets)) > DEEPEST


def _depth(document: Any) -> int:
    deepest, left = 0, [(document, 1)]
    while left:
        it, depth = left.pop()
        deepest = max(deepest, depth)
        inside = it.values() if isinstance(it, dict) else it if isinstance(it, list) else ()
        left += [(one, depth + 1) for one in inside]
    return deepest


def _told(first: str) -> dict[str, str]:
    """What only the reader itself refuses, with the place it names."""
    problem, _, place = first.partition(" - at `$")
    pointer = "#" + place.rstrip("`").replace(".", "/").replace("[", "/").replace("]", "")
    return field_problem("not_valid", pointer, {"problem": problem})
