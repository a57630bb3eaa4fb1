"""What others may know: how a service declares the events it publishes, and how any service reads one. Pure.

A contract is a frozen dataclass marked with `@event`. Its fields are all that leaves the service: a fact that
is not a field has no way out. Readers take the fields they know and ignore the rest, so fields may be added;
a field that is removed or changes its meaning makes a new `schema_version`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import datetime
from types import ModuleType
from typing import Any, Generic, Literal, TypeVar

import msgspec

from services.platform.law.values import Value

T = TypeVar("T")
Classification = Literal["public", "internal", "restricted"]
"""Who may subscribe: anyone; ministries and the parties; nobody without a need to know, and then ids only."""


class Contract(Value):
    """What is promised about an event besides its fields."""

    detail_type: str
    classification: Classification
    schema_version: int


def event(
    classification: Classification, *, schema_version: int = 1, detail_type: str = ""
) -> Callable[[type[T]], type[T]]:
    """Declare a dataclass as an event; its `detail-type` is the class's name unless another one is given."""

    def declare(model: type[T]) -> type[T]:
        contract = Contract(detail_type or model.__name__, classification, schema_version)
        model.__contract__ = contract  # type: ignore[attr-defined]
        return model

    return declare


def contract_of(model: type) -> Contract:
    """The contract of an event's class. Raises TypeError when it was not declared."""
    contract = model.__dict__.get("__contract__")
    if not isinstance(contract, Contract):
        raise TypeError(f"{model.__name__} is not an event: declare it with @event")
    return contract


def declared(module: ModuleType) -> tuple[type, ...]:
    """The events that a `contracts` module declares, in the order of their names."""
    models = (model for _, model in inspect.getmembers(module, inspect.isclass))
    return tuple(model for model in models if "__contract__" in model.__dict__)


def source_of(service: str) -> str:
    """The `source` of a service's events on the bus."""
    return f"sakimori.{service}"


class Metadata(Value):
    """What every event says of itself; `event_id` is the same in any repetition, `sequence` orders a case."""

    event_id: str
    case_id: str
    sequence: int
    occurred_at: datetime
    article: str
    classification: Classification
    schema_version: int
    correlation_id: str = ""
    causation_id: str = ""


class Event(Value, Generic[T]):
    """An event as a consumer reads it from the bus."""

    source: str
    name: str
    metadata: Metadata
    data: T

    @property
    def id(self) -> str:
        """The same for every delivery of the event."""
        return self.metadata.event_id

    @property
    def case_id(self) -> str:
        """The case the event belongs to, in the service that published it."""
        return self.metadata.case_id


def read(envelope: dict[str, Any], data: type[T]) -> Event[T]:
    """An event from EventBridge's JSON. Raises ValueError when its data is not a `data`."""
    detail = envelope["detail"]
    return Event(
        envelope["source"],
        envelope["detail-type"],
        msgspec.convert(detail["metadata"], Metadata),
        msgspec.convert(detail["data"], data),
    )
