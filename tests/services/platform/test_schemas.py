"""The schemas of a document: each value under a name of its own, whatever its class is called."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
import pytest

from documents.schemas import Schemas
from services.platform.law.values import Len, Value


def inspect(most: int) -> type[Value]:
    """A command called Inspect, whose fields are called alike however they differ."""
    place = msgspec.defstruct("Place", [("street", Annotated[str, Len(1, most)])], bases=(Value,))
    made: type[Value] = msgspec.defstruct("Inspect", [("place", place)], bases=(Value,), module=f"m{most}")
    return made


def properties(schemas: Schemas, schema: dict[str, Any]) -> Any:
    return schemas.named[schema["$ref"].rpartition("/")[2]]["properties"]


def test_of_two_values_of_one_name_the_second_is_named_after_its_procedure() -> None:
    schemas = Schemas()
    first = schemas.sent(inspect(10), "Inquiry")
    second = schemas.sent(inspect(20), "Supervision")
    assert first == {"$ref": "#/components/schemas/Inspect"}
    assert second == {"$ref": "#/components/schemas/SupervisionInspect"}
    assert properties(schemas, second)["place"] == {"$ref": "#/components/schemas/SupervisionPlace"}
    for schema, most in ((first, 10), (second, 20)):
        place = properties(schemas, properties(schemas, schema)["place"])
        assert place["street"]["maxLength"] == most


def test_a_value_keeps_its_name_however_often_it_is_asked_for() -> None:
    schemas, other = Schemas(), inspect(20)
    schemas.sent(inspect(10), "Inquiry")
    assert schemas.sent(other, "Supervision") == schemas.answered(other, "Hearing")


def test_two_values_that_are_the_same_share_a_name() -> None:
    schemas = Schemas()
    assert schemas.sent(inspect(10), "Inquiry") == schemas.sent(inspect(10), "Supervision")
    assert set(schemas.named) == {"Inspect", "Place"}


def test_what_no_procedure_tells_apart_is_refused_with_both_modules() -> None:
    schemas = Schemas()
    schemas.sent(inspect(10))
    with pytest.raises(TypeError, match="called Inspect, in m10 and m20"):
        schemas.sent(inspect(20))
