"""The stages of the deployment: where each stands and how it is treated, as dated data."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import msgspec

FILE = Path(__file__).with_name("stages.toml")

Account = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{12}$")]
Region = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2}-[a-z]+-[0-9]$")]
Prefix = Annotated[str, msgspec.Meta(pattern=r"^sakimori(-[a-z0-9]+)*$", max_length=24)]
"""Short enough that the longest name of a role, which IAM cuts off at 64, still has room."""
Subscriber = Annotated[str, msgspec.Meta(pattern=r"^(mailto:[^@\s]+@[^@\s]+|https://\S+)$")]


class Effective(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From which day a row counts, and until which."""

    from_: date = msgspec.field(name="from")
    to: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.from_ <= day and (self.to is None or day <= self.to)


class Stage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One deployment of the whole app; stages.toml says what each field means."""

    name: str
    prefix: Prefix
    region: Region
    guarded: bool
    locked: Literal["compliance", "governance"]
    rollout: Literal["ALL_AT_ONCE", "CANARY_10_PERCENT_5_MINUTES", "LINEAR_10_PERCENT_EVERY_1_MINUTE"]
    owner: bool
    effective: Effective
    account: Account | None = None
    """None leaves it to the credentials."""
    recovery: Region | None = None
    reserved: dict[str, int] = {}
    subscribers: tuple[Subscriber, ...] = ()
    restored: dict[str, int] = {}

    def named(self, deployment: str) -> Stage:
        """The same stage under names of its own, beside others in the account."""
        return msgspec.convert(
            msgspec.to_builtins(self) | {"prefix": f"{self.prefix}-{deployment}", "owner": False}, Stage
        )


class StageError(ValueError):
    """A stage that is not there, or cannot be deployed as it is written."""


def stages(file: Path = FILE) -> tuple[Stage, ...]:
    """Every row of `file`. Raises `StageError`."""
    try:
        return msgspec.convert(tomllib.loads(file.read_text("utf-8"))["stage"], tuple[Stage, ...])
    except (tomllib.TOMLDecodeError, KeyError, msgspec.ValidationError) as error:
        raise StageError(f"{file.name}: {error}") from error


def stage(name: str, on: date, file: Path = FILE) -> Stage:
    """The stage `name` as it is on the day `on`. Raises `StageError`."""
    found = [row for row in stages(file) if row.name == name and on in row.effective]
    if len(found) != 1:
        raise StageError(f"{file.name} has {len(found)} rows for the stage {name!r} on {on}.")
    missing = [field for field in ("account", "subscribers") if not getattr(found[0], field)]
    if found[0].guarded and missing:
        raise StageError(f"The stage {name!r} is guarded and has no {' and no '.join(missing)}: {file.name}.")
    return found[0]
