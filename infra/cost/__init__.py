"""What a deployment costs a month: its templates, one case as recorded, and a dated list of prices."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, Literal

import msgspec

from infra.constructs.backup import AT_HAND, DAILY_KEPT, MONTHLY_KEPT

HERE = Path(__file__).resolve().parent
PRICES = HERE / "prices.toml"
RECORDED = HERE / "recorded.json"
"""What one case used, from `python -m bench.recorded`."""
MONTHS = 12
GB = 10**9
QUEUE_REQUESTS = 3
"""Of each message: sent, received, deleted."""
Templates = dict[str, dict[str, Any]]


class Standing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A resource that costs by the month."""

    type: str
    price: float
    source: str
    part: str = ""
    each: float = 0.0


class Used(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that costs by use."""

    of: str
    price: float
    per: int
    source: str


class Assumed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was not recorded."""

    milliseconds: dict[str, int]
    log_bytes: int
    open_days: int
    traced: float
    idle_requests: int


class Scenario(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much is done in a year."""

    name: str
    cases: int
    people: int


class Prices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of `prices.toml`."""

    as_of: date
    checked: date | Literal[False]
    standing: tuple[Standing, ...]
    used: tuple[Used, ...]
    assumed: Assumed
    scenario: tuple[Scenario, ...]


class Recorded(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one case used, from its designation to its end."""

    recorded_on: date
    invocations: dict[str, int]
    calls: dict[str, int]
    acts: int
    write_units: int
    index_write_units: int
    read_units: int
    stored_bytes: int
    transitions: int


def prices() -> Prices:
    """The list of prices. Raises `msgspec.ValidationError`."""
    return msgspec.convert(tomllib.loads(PRICES.read_text("utf-8")), Prices)


def recorded() -> Recorded:
    """One case as it was recorded. Raises `msgspec.ValidationError`."""
    return msgspec.json.decode(RECORDED.read_bytes(), type=Recorded)


def standing(templates: Templates, given: Prices) -> dict[str, float]:
    """USD a month for what stands, by type."""
    found: dict[str, float] = {}
    for template in templates.values():
        for resource in template["Resources"].values():
            for row in given.standing:
                if row.type == resource["Type"]:
                    parts = len(resource["Properties"].get(row.part, []))
                    found[row.type] = found.get(row.type, 0) + row.price + row.each * parts
    return found


def memory(templates: Templates, service: str) -> dict[str, float]:
    """GB of each function of a service, by the end of its name."""
    return {
        r["Properties"]["FunctionName"].removeprefix(f"{service}-"): r["Properties"]["MemorySize"] / 1024
        for r in templates[service]["Resources"].values()
        if r["Type"] == "AWS::Lambda::Function"
    }


def quantities(
    scenario: Scenario, one: Recorded, assumed: Assumed, gb_of: dict[str, float]
) -> dict[str, float]:
    """What is used in a month, with a year's cases in the table."""
    cases = scenario.cases / MONTHS
    swept = scenario.cases * assumed.open_days / 365 * 30
    invoked = {door: times * cases for door, times in one.invocations.items()}
    invoked["api"] += assumed.idle_requests
    invocations = sum(invoked.values())
    seconds = {door: times * assumed.milliseconds[door] / 1000 for door, times in invoked.items()}
    seconds["sweeper"] += swept * assumed.milliseconds["sweeper"] / 1000
    table = one.stored_bytes * scenario.cases / GB
    warm = table * (DAILY_KEPT + AT_HAND / 30)
    cold = table * (MONTHLY_KEPT - AT_HAND) / 30
    return {
        "api requests": invoked["api"],
        "web ACL requests": invoked["api"],
        "function requests": invocations,
        "function GB-seconds (arm64)": sum(seconds[door] * gb_of[door] for door in seconds),
        "table write units": (one.write_units + one.index_write_units) * cases,
        "table read units": one.read_units * cases + swept,
        "table GB": table,
        "point-in-time recovery GB": table,
        # Here, and the copies in the second Region.
        "backup GB at hand": 2 * warm,
        "backup GB put away": 2 * cold,
        "GB copied to the second Region": table * 31,
        "machine transitions": one.transitions * cases,
        "events": one.calls["PutEvents"] * cases,
        "queue requests": QUEUE_REQUESTS * one.invocations["inbox"] * cases,
        "log GB written": invocations * assumed.log_bytes / GB,
        "trail data events": sum(one.calls.values()) * cases + swept,
        "traces": invocations * assumed.traced,
        "signatures": one.calls["Sign"] * cases,
        "people signed in (Cognito Plus)": scenario.people,
    }


def cost(scenario: Scenario, templates: Templates, service: str) -> dict[str, float]:
    """USD a month of a scenario, line by line; its cases are those of `service`."""
    given = prices()
    used = quantities(scenario, recorded(), given.assumed, memory(templates, service))
    lines = dict(standing(templates, given))
    lines |= {row.of: used[row.of] * row.price / row.per for row in given.used}
    return lines


def read(assembly: Path) -> Templates:
    """The templates of an assembly, by stack."""
    return {
        file.name.removesuffix(".template.json"): json.loads(file.read_text("utf-8"))
        for file in sorted(assembly.glob("*.template.json"))
    }
