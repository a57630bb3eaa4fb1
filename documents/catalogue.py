"""The catalogue of events (AsyncAPI 3.0), from the services' contracts. Never part of a Lambda.

    python -m documents.catalogue docs/events.asyncapi.json infra_review

writes the catalogue; with `--check` it only says whether it is up to date.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from documents.services import procedures as procedures_of
from services.platform.events.contracts import Metadata, source_of
from services.platform.law.acts import Act, Leaving, leaving, version_of
from services.platform.law.procedure import Procedure

BUS = "sakimori"


def document(services: Mapping[str, Iterable[Procedure[Any]]]) -> dict[str, Any]:
    """The catalogue of what services with these procedures publish."""
    schemas: dict[str, Any] = {"Metadata": _schema(Metadata, {})}
    messages: dict[str, Any] = {}
    for service, procedures in services.items():
        for act in sorted({act for one in procedures for act in one.acts}, key=lambda act: act.__name__):
            left = leaving(act)
            if left is not None:
                messages[f"{service}.{act.__name__}"] = _message(service, act, left, schemas)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Sakimori's events",
            "version": "1.0.0",
            "description": (
                "Events on the bus, delivered at least once and in any order. Consumers recognise a "
                "repetition by metadata.event_id and order a case's events by metadata.sequence."
            ),
        },
        "channels": {
            BUS: {
                "address": BUS,
                "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in sorted(messages)},
            }
        },
        "operations": {
            f"publish-{name}": {
                "action": "send",
                "channel": {"$ref": f"#/channels/{BUS}"},
                "messages": [{"$ref": f"#/channels/{BUS}/messages/{name}"}],
            }
            for name in sorted(messages)
        },
        "components": {"messages": dict(sorted(messages.items())), "schemas": dict(sorted(schemas.items()))},
    }


def _message(service: str, act: type[Act], left: Leaving, schemas: dict[str, Any]) -> dict[str, Any]:
    data = f"{service}.{act.__name__}"
    known = {field.name: field for field in msgspec.structs.fields(act)}
    model = msgspec.defstruct(act.__name__, [(name, known[name].type) for name in left.fields])
    schemas[data] = _schema(model, schemas)
    detail = {
        "type": "object",
        "properties": {
            "metadata": {"$ref": "#/components/schemas/Metadata"},
            "data": {"$ref": f"#/components/schemas/{data}"},
        },
        "required": ["metadata", "data"],
    }
    envelope = {
        "source": {"const": source_of(service)},
        "detail-type": {"const": act.__name__},
        "detail": detail,
    }
    return {
        "name": act.__name__,
        "title": act.__name__,
        "summary": (act.__doc__ or "").strip().partition("\n")[0],
        "contentType": "application/json",
        "payload": {"type": "object", "properties": envelope, "required": list(envelope)},
        "x-classification": left.classification,
        "x-schema-version": version_of(act),
    }


def _schema(model: type, schemas: dict[str, Any]) -> dict[str, Any]:
    (made,), parts = msgspec.json.schema_components([model], ref_template="#/components/schemas/{name}")
    named = parts.pop(made["$ref"].rpartition("/")[2])
    schemas.update(parts)
    return dict(named)


def main() -> int:
    """Write the catalogue, or check that it is up to date."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", help="where the catalogue stands")
    parser.add_argument("services", nargs="+", help="a service, by its package")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when it is out of date")
    asked = parser.parse_args()
    chapters = {name: procedures_of(name) for name in asked.services}
    text = json.dumps(document(chapters), ensure_ascii=False, indent=1) + "\n"
    if not asked.check:
        with open(asked.file, "w", encoding="utf-8") as file:
            file.write(text)
        return 0
    with open(asked.file, encoding="utf-8") as file:
        current = file.read() == text
    if not current:
        sys.stderr.write(f"{asked.file} is not what the acts say: run python -m {__spec__.name}\n")
    return 0 if current else 1


if __name__ == "__main__":
    sys.exit(main())
