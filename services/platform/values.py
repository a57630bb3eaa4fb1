"""Frozen values, defined in a tenth of the time that `dataclasses` takes.

Chapter 3 alone has some two hundred acts, commands and states, and a Lambda function defines them all before
it answers for the first time. The standard decorator compiles six methods for each class; these share theirs.
To type checkers, pydantic and msgspec they are the standard library's frozen dataclasses with slots.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, FrozenInstanceError
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(*, frozen: bool = False, slots: bool = False):
        """Define a frozen class with slots quickly, any other as the standard library does."""
        return _value if frozen and slots else dataclasses.dataclass(frozen=frozen, slots=slots)


def _value(cls: type) -> Any:
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    for method in (_init, _repr, _eq, _hash, _setattr, _delattr, _getstate, _setstate):
        name = f"__{method.__name__[1:]}__"
        if name not in cls.__dict__:
            setattr(made, name, method)
    made.__signature__ = _SIGNATURE
    return made


class _Signature:
    """The signature of a value, made when somebody asks for it."""

    def __get__(self, _instance: object, owner: Any) -> Any:
        from inspect import Parameter, Signature

        def parameter(field: dataclasses.Field[Any]) -> Parameter:
            optional = field.default is not MISSING or field.default_factory is not MISSING
            default = field.default if field.default is not MISSING else None
            return Parameter(
                field.name,
                Parameter.POSITIONAL_OR_KEYWORD,
                default=default if optional else Parameter.empty,
                annotation=field.type,
            )

        return Signature([parameter(field) for field in dataclasses.fields(owner)])


_SIGNATURE = _Signature()


def _init(self: Any, *args: Any, **given: Any) -> None:
    fields = dataclasses.fields(self)
    if len(args) > len(fields):
        raise TypeError(f"{type(self).__name__} has {len(fields)} fields; {len(args)} values were given")
    place = object.__setattr__
    for field, value in zip(fields, args, strict=False):
        if field.name in given:
            raise TypeError(f"{type(self).__name__} was given {field.name} twice")
        place(self, field.name, value)
    for field in fields[len(args) :]:
        if field.name in given:
            place(self, field.name, given.pop(field.name))
        elif field.default is not MISSING:
            place(self, field.name, field.default)
        elif field.default_factory is not MISSING:
            place(self, field.name, field.default_factory())
        else:
            raise TypeError(f"{type(self).__name__} was not given {field.name}")
    if given:
        raise TypeError(f"{type(self).__name__} has no field {', '.join(given)}")


def _values(self: Any) -> tuple[Any, ...]:
    return tuple(getattr(self, field.name) for field in dataclasses.fields(self))


def _repr(self: Any) -> str:
    shown = ", ".join(
        f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr
    )
    return f"{type(self).__qualname__}({shown})"


def _eq(self: Any, other: object) -> Any:
    return _values(self) == _values(other) if type(other) is type(self) else NotImplemented


def _hash(self: Any) -> int:
    return hash(_values(self))


def _setattr(self: Any, name: str, _value: Any) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r} of {type(self).__name__}")


def _delattr(self: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r} of {type(self).__name__}")


def _getstate(self: Any) -> list[Any]:
    return list(_values(self))


def _setstate(self: Any, state: list[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
