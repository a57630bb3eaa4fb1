"""A service's manifest: the few lines its stack is built from.

`services/<service>/manifest.toml` says what the service is; this says what may stand there. An unknown key,
an unknown trigger or a grant on something that is not there is refused with the file's name.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from services.platform.cases.table import INDEXES

ROOT = Path(__file__).resolve().parent.parent
SERVICES = ROOT / "services"

Trigger = Literal["http", "stream", "events", "procedures", "daily"]
"""What calls a function: its API, its table's stream, the bus, its state machines, or the daily schedule."""


class May(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a function's code may do: IAM actions, each on one named thing of its own service."""

    table: tuple[str, ...] = ()
    indexes: dict[str, tuple[str, ...]] = {}
    machines: tuple[str, ...] = ()
    """On the state machine of each of its procedures."""
    bus: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    """On the service's key, for what it seals itself before the table keeps it."""
    clock_key: tuple[str, ...] = ()
    """On the platform's key that signs certificates of the legal clock."""


class Function(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One Lambda function: one door of the service."""

    entry: str
    """Module of the service and handler in it: `api.handler`."""
    trigger: Trigger
    memory: int
    """MB."""
    timeout: int
    """Seconds."""
    reserved: int | None = None
    """Concurrent executions kept for it, and its ceiling; none by default, because a new account has few."""
    may: May = May()


class Api(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The service's REST API."""

    rate: int
    """Requests a second, sustained, over all callers."""
    burst: int
    """Requests at once."""
    public: tuple[str, ...] = ()
    """Paths open to GET without a token, besides /health, /openapi.json and /docs."""


class Subscription(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Events of one source that reach the service's inbox."""

    source: str
    events: tuple[str, ...]


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One service."""

    name: str
    """Its package under `services/`."""
    path: str
    """Its name in addresses, resource names and event sources."""
    chapter: int
    """Chapter of the Act."""
    title: str
    title_ja: str
    api: Api
    functions: dict[str, Function]
    publishes: tuple[str, ...] = ()
    """Its events, by detail-type."""
    subscribes: tuple[Subscription, ...] = ()
    procedures: dict[str, str] = {}
    """Procedure -> the file of its state machine."""

    @property
    def source(self) -> str:
        """The `source` of its events."""
        return f"sakimori.{self.name}"

    @property
    def folder(self) -> Path:
        """Where the service lives."""
        return SERVICES / self.name

    def by(self, trigger: Trigger) -> str | None:
        """The name of the function that `trigger` calls, if there is one."""
        return next((name for name, function in self.functions.items() if function.trigger == trigger), None)


class ManifestError(ValueError):
    """A manifest that cannot be built from; the message names the file and the line's key."""


def check(manifest: Manifest) -> None:
    """Raise `ManifestError` when its parts do not fit each other."""
    triggers = [function.trigger for function in manifest.functions.values()]
    problems = [
        f"two functions with the trigger {t!r}" for t in sorted(set(triggers)) if triggers.count(t) > 1
    ]
    if "http" not in triggers:
        problems.append("no function with the trigger 'http'")
    if ("stream" in triggers) != bool(manifest.publishes):
        problems.append("`publishes` and a function with the trigger 'stream' need each other")
    if ("events" in triggers) != bool(manifest.subscribes):
        problems.append("`subscribes` and a function with the trigger 'events' need each other")
    if ("procedures" in triggers) != bool(manifest.procedures):
        problems.append("`procedures` and a function with the trigger 'procedures' need each other")
    for name, function in manifest.functions.items():
        if function.may.machines and not manifest.procedures:
            problems.append(f"{name} may use state machines, and there are none")
        unknown = set(function.may.indexes) - {index.name for index in INDEXES}
        problems += [
            f"{name} may use the index {index!r}, which the table does not have" for index in sorted(unknown)
        ]
    if problems:
        raise ManifestError(f"{manifest.name}/manifest.toml: {'; '.join(problems)}.")


def read(file: Path) -> Manifest:
    """The manifest in `file`. Raises `ManifestError`."""
    try:
        manifest = msgspec.convert(tomllib.loads(file.read_text("utf-8")), Manifest)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ManifestError(f"{file.parent.name}/manifest.toml: {error}") from error
    check(manifest)
    return manifest


@cache
def manifests() -> tuple[Manifest, ...]:
    """Every service, in the order of its name."""
    return tuple(read(file) for file in sorted(SERVICES.glob("*/manifest.toml")))
