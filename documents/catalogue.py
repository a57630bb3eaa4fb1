"""The catalogue of events (AsyncAPI 3.0), from the services' contracts. Never part of a Lambda.

    python -m documents.catalogue docs/events.asyncapi.json services.infra_review.contracts

writes the catalogue; with `--check` it only says whether it is up to date.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from types import ModuleType
from typing import Any

import msgspec

from services.platform.events.contracts import Metadata, contract_of, declared, source_of

BUS = "sakimori"


def document(modules: list[ModuleType]) -> dict[str, Any]:
    """The catalogue of what the services with these contracts publish."""
    schemas: dict[str, Any] = {"Metadata": _schema(Metadata, {})}
    messages: dict[str, Any] = {}
    for module in modules:
        service = module.__name__.split(".")[-2]
        for model in declared(module):
            messages[f"{service}.{contract_of(model).detail_type}"] = _message(service, model, schemas)
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


def _message(service: str, model: type, schemas: dict[str, Any]) -> dict[str, Any]:
    promised = contract_of(model)
    data = f"{service}.{promised.detail_type}"
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
        "detail-type": {"const": promised.detail_type},
        "detail": detail,
    }
    return {
        "name": promised.detail_type,
        "title": promised.detail_type,
        "summary": (model.__doc__ or "").strip().partition("\n")[0],
        "contentType": "application/json",
        "payload": {"type": "object", "properties": envelope, "required": list(envelope)},
        "x-classification": promised.classification,
        "x-schema-version": promised.schema_version,
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
    parser.add_argument("contracts", nargs="+", help="a service's contracts module")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when it is out of date")
    asked = parser.parse_args()
    modules = [importlib.import_module(name) for name in asked.contracts]
    text = json.dumps(document(modules), ensure_ascii=False, indent=1) + "\n"
    if not asked.check:
        with open(asked.file, "w", encoding="utf-8") as file:
            file.write(text)
        return 0
    with open(asked.file, encoding="utf-8") as file:
        current = file.read() == text
    if not current:
        sys.stderr.write(f"{asked.file} is not what the contracts say: run python -m {__spec__.name}\n")
    return 0 if current else 1


if __name__ == "__main__":
    sys.exit(main())
