"""Whatever names a paper in an act serves it, and nothing else does."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from infra.manifest import Manifest, manifests
from services.platform.law.acts import Act


def _names_papers(act: type[Act]) -> bool:
    """Whether somewhere in an act stands a digest beside a name."""
    found = json.loads(json.dumps(msgspec.json.schema(act)))
    objects = [part["properties"] for part in _dicts(found) if isinstance(part.get("properties"), dict)]
    return any("sha256" in named and named.keys() & {"name", "what"} for named in objects)


def _dicts(part: Any) -> Any:
    if isinstance(part, dict):
        yield part
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from _dicts(inner)


@pytest.mark.parametrize("manifest", manifests(), ids=lambda m: m.name)
def test_papers_are_served_where_an_act_names_them(manifest: Manifest) -> None:
    app = manifest.page("api").app
    served = {route.path.split("/<")[0] for route in app.routes if route.path.endswith("/papers")}
    # A draft holds the plan as it was typed, whatever that is.
    drafts = {exposed.path for name, exposed in app.exposed.items() if name == "draft"}
    named = {
        exposed.path
        for exposed in app.exposed.values()
        if any(_names_papers(act) for act in exposed.procedure.acts)
    }
    assert served == named | drafts
