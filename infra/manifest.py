"""A service's manifest: the few lines its stack is built from, and what follows from its chapter.

`services/<service>/manifest.toml` says what the service is and what is an exception in it; its doors are
those of `doors.toml`, its procedures, events and public routes those that its own pages declare. An unknown
key, an unknown trigger or a grant on something that is not there is refused with the file's name.
"""

from __future__ import annotations

import importlib
import tomllib
from collections import defaultdict
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import msgspec

from services.platform.cases.table import INDEXES
from services.platform.events.contracts import Heard, source_of
from services.platform.law.acts import leaving
from services.platform.law.procedure import Procedure
from services.platform.shared.papers import SCANNED

ROOT = Path(__file__).resolve().parent.parent
SERVICES = ROOT / "services"
DOORS = Path(__file__).with_name("doors.toml")

Trigger = Literal["http", "stream", "events", "procedures", "daily"]
"""What calls a function: its API, its table's stream, the bus, its state machines, or the daily schedule."""
PAGES: dict[Trigger, tuple[str, ...]] = {
    "http": ("api",),
    "stream": ("chapter",),
    "events": ("chapter", "reactions"),
    "procedures": ("chapter",),
    "daily": ("chapter", "reactions"),
}
"""The pages of a service that its doors open on."""


class May(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a function's code may do: IAM actions, each on one named thing of its own service."""

    table: tuple[str, ...] = ()
    indexes: dict[str, tuple[str, ...]] = {}
    machines: tuple[str, ...] = ()
    """On the state machine of each of its procedures."""
    bus: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    """On the service's key, for what it seals itself before the table keeps it."""
    papers: tuple[str, ...] = ()
    """On the bucket of its papers: what the links and forms it hands out may do."""
    clock_key: tuple[str, ...] = ()
    """On the platform's key that signs certificates of the legal clock."""


class Function(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One Lambda function: one door of the service."""

    trigger: Trigger
    memory: int
    """MB."""
    timeout: int
    """Seconds."""
    reserved: int | None = None
    """Concurrent executions kept for it, and its ceiling; none by default, because a new account has few."""
    may: May = May()


class Api(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The limits of the service's REST API."""

    rate: int
    """Requests a second, sustained, over all callers."""
    burst: int
    """Requests at once."""


class Subscription(msgspec.Struct, frozen=True):
    """Events of one source that reach the service's inbox."""

    source: str
    events: tuple[str, ...]


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
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

    @property
    def source(self) -> str:
        """The `source` of its events."""
        return source_of(self.name)

    @property
    def folder(self) -> Path:
        """Where the service lives."""
        return SERVICES / self.name

    def page(self, name: str) -> Any:
        """One of its pages, as a module."""
        return importlib.import_module(f"services.{self.name}.{name}")

    @cached_property
    def procedures(self) -> dict[str, Procedure[Any]]:
        """Its procedures in which a stage ends by law, by name: each has a state machine."""
        return {one.name: one for one in self.page("chapter").PROCEDURES if one.timed}

    @property
    def keeps_papers(self) -> bool:
        """Whether it hands out links to papers, and so has a bucket for them."""
        return any(function.may.papers for function in self.functions.values())

    @cached_property
    def publishes(self) -> tuple[str, ...]:
        """Its events, by detail-type."""
        acts = {act for one in self.page("chapter").PROCEDURES for act in one.acts}
        return tuple(sorted(act.__name__ for act in acts if leaving(act)))

    @cached_property
    def subscribes(self) -> tuple[Subscription, ...]:
        """What reaches its inbox: its own events, which move its machines, and others' that it reacts to."""
        if not self.publishes:
            return ()
        others: defaultdict[str, set[str]] = defaultdict(set)
        if self.keeps_papers:
            source, scanned = SCANNED
            others[source].add(scanned)
        for cause in self.page("reactions").REACTIONS:
            if isinstance(cause, Heard):
                others[source_of(cause.service)].add(cause.name)
        heard = (Subscription(source, tuple(sorted(names))) for source, names in sorted(others.items()))
        return (Subscription(self.source, self.publishes), *heard)

    @cached_property
    def public(self) -> tuple[tuple[str, str], ...]:
        """Methods and paths open without a token, besides GET /health, /openapi.json and /docs."""
        found: tuple[tuple[str, str], ...] = self.page("api").app.open_to_all
        return found

    def by(self, trigger: Trigger) -> str | None:
        """The name of the function that `trigger` calls, if there is one."""
        return next((name for name, function in self.functions.items() if function.trigger == trigger), None)

    def modules(self, function: str) -> tuple[str, ...]:
        """What a function is made of: the platform's door, and the service's pages it opens on."""
        pages = (f"services.{self.name}.{page}" for page in PAGES[self.functions[function].trigger])
        return (f"services.platform.doors.{function}", *pages)


class ManifestError(ValueError):
    """A manifest that cannot be built from; the message names the file and the line's key."""


def check(manifest: Manifest) -> None:
    """Raise `ManifestError` when its parts do not fit each other."""
    problems = [
        f"{name} may use the index {index!r}, which the table does not have"
        for name, function in manifest.functions.items()
        for index in sorted(set(function.may.indexes) - {index.name for index in INDEXES})
    ]
    if problems:
        raise ManifestError(f"{manifest.name}/manifest.toml: {'; '.join(problems)}.")


def read(file: Path) -> Manifest:
    """The manifest in `file`. Raises `ManifestError`."""
    try:
        stated = tomllib.loads(file.read_text("utf-8"))
        doors = tomllib.loads(DOORS.read_text("utf-8"))
        chapter = importlib.import_module(f"services.{stated['name']}.chapter") if _is_there(stated) else None
        if not (chapter and chapter.PROCEDURES):
            doors = {"api": {name: value for name, value in doors["api"].items() if name != "may"}}
        exceptions = stated.pop("functions", {})
        unknown = set(exceptions) - set(doors)
        if unknown:
            raise ManifestError(f"{file.parent.name}/manifest.toml: there is no door {', '.join(unknown)}.")
        functions = {name: _with(door, exceptions.get(name, {})) for name, door in doors.items()}
        manifest = msgspec.convert({**stated, "functions": functions}, Manifest)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ManifestError(f"{file.parent.name}/manifest.toml: {error}") from error
    check(manifest)
    return manifest


def _is_there(stated: dict[str, Any]) -> bool:
    return "name" in stated and find_spec(f"services.{stated['name']}.chapter") is not None


def _with(door: Any, exception: Any) -> Any:
    """A door with a service's exceptions: lists are added to, tables merged, all else replaced."""
    if isinstance(door, dict) and isinstance(exception, dict):
        names = [*door, *(name for name in exception if name not in door)]
        return {
            name: _with(door[name], exception[name])
            if name in door and name in exception
            else exception.get(name, door.get(name))
            for name in names
        }
    if isinstance(door, list) and isinstance(exception, list):
        return sorted({*door, *exception})
    return exception


@cache
def manifests() -> tuple[Manifest, ...]:
    """Every service, in the order of its name."""
    return tuple(read(file) for file in sorted(SERVICES.glob("*/manifest.toml")))


def roles() -> tuple[str, ...]:
    """The names of the roles that some chapter knows: what a person can be in the user pool."""
    known = {role.name for manifest in manifests() for role in manifest.page("chapter").ROLES}
    return tuple(sorted(known))
