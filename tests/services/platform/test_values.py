"""Values are the standard library's frozen dataclasses to everybody who uses them."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from services.platform.values import dataclass


@dataclass(frozen=True, slots=True)
class Light:
    name: str
    of: tuple[str, ...] = ()
    more: dict[str, int] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True)
class Standard:
    name: str
    of: tuple[str, ...] = ()
    more: dict[str, int] = dataclasses.field(default_factory=dict)


NAMES = st.sampled_from(["name", "of", "more", "else"])
VALUES = st.one_of(st.text(max_size=3), st.tuples(st.text(max_size=2)), st.just({"a": 1}))


def outcome(kind: Any, args: tuple[Any, ...], given: dict[str, Any]) -> Any:
    try:
        return dataclasses.astuple(kind(*args, **given))
    except TypeError:
        return TypeError


@given(st.lists(VALUES, max_size=4).map(tuple), st.dictionaries(NAMES, VALUES))
def test_a_value_is_made_and_refused_as_the_standard_one(
    args: tuple[Any, ...], given: dict[str, Any]
) -> None:
    assert outcome(Light, args, given) == outcome(Standard, args, given)


def test_each_value_has_defaults_of_its_own() -> None:
    assert Light("a").more == {}
    assert Light("a").more is not Light("a").more


def test_equal_values_are_equal_and_hash_alike() -> None:
    @dataclass(frozen=True, slots=True)
    class Other:
        name: str
        of: tuple[str, ...] = ()

    assert Other("a", ("b",)) == Other("a", of=("b",))
    assert hash(Other("a")) == hash(Other("a"))
    assert Other("a") != Other("b")
    assert Light("a") != Standard("a")


def test_a_value_does_not_change() -> None:
    value = Light("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        value.name = "b"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del value.name  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        value.new = "b"  # type: ignore[attr-defined]
    assert value == Light("a")


def test_a_value_is_copied_replaced_matched_and_shown() -> None:
    value = Light("a", ("b",))
    assert copy.deepcopy(value) == pickle.loads(pickle.dumps(value)) == value
    assert dataclasses.replace(value, name="c") == Light("c", ("b",))
    assert repr(value) == "Light(name='a', of=('b',), more={})"
    match value:
        case Light(name, of=(one,)):
            assert (name, one) == ("a", "b")


def test_its_signature_is_the_standard_one() -> None:
    light, standard = inspect.signature(Light), inspect.signature(Standard)
    assert [(p.name, p.kind, p.annotation) for p in light.parameters.values()] == [
        (p.name, p.kind, p.annotation) for p in standard.parameters.values()
    ]


@pytest.mark.parametrize("given", [{"name": "a"}, {"name": "a", "of": ["b"], "more": {"c": 1}}])
def test_json_becomes_the_same_value_whoever_reads_it(given: dict[str, Any]) -> None:
    stored = msgspec.json.decode(msgspec.json.encode(given), type=Light)
    assert stored == TypeAdapter(Light).validate_python(given)
    assert msgspec.to_builtins(stored) == msgspec.to_builtins(
        msgspec.json.decode(msgspec.json.encode(given), type=Standard)
    )
