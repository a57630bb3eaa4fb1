"""The API's document (OpenAPI 3.1), from the declarations that guard the acts. Never part of a Lambda.

    python -m documents.openapi services.infra_review.api

writes `openapi.json` and `docs.html` beside the service, unless that would break callers of the document that
stands there (`--breaking` says that it is meant); with `--check` it only says whether they are up to date.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from typing import Any, get_type_hints

import msgspec
from msgspec.structs import fields

from documents.compatibility import breaking
from services.platform.http.edge import Edge, Route
from services.platform.http.problems import catalogue, field_catalogue
from services.platform.time.certificates import JOSE
from services.platform.time.timekeeping import timekept

JSON_PROBLEM = "application/problem+json"
_PARAMETER = re.compile(r"<(\w+)>")
_TEXT = {"type": "string"}
_INSTANT = {"type": "string", "format": "date-time"}
_DAY = {"type": "string", "format": "date"}


def document(app: Edge) -> dict[str, Any]:
    """The document of a service's API."""
    schemas: dict[str, Any] = dict(_fixed_schemas(app.package))
    paths: dict[str, Any] = {}
    for route in app.routes:
        path = _PARAMETER.sub(r"{\1}", route.path)
        paths.setdefault(path, {})[route.method.lower()] = operation(route, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": app.title,
            "version": "1.0.0",
            "description": (
                "Part of Sakimori: Japan's Economic Security Promotion Act as services. "
                "Times are UTC; days are legal days in Japan. Errors are problem documents (RFC 9457)."
            ),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "parameters": _parameters(),
            "responses": {"problem": _problem_response()},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
    }


def operation(route: Route, schemas: dict[str, Any]) -> dict[str, Any]:
    """One operation; the schemas it needs are added to `schemas`."""
    described: dict[str, Any] = {
        "operationId": _operation_id(route),
        "summary": route.does,
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": _TEXT}
            for name in _PARAMETER.findall(route.path)
        ],
        "responses": {**_success(route, schemas), "default": {"$ref": "#/components/responses/problem"}},
    }
    if route.exposed:
        described["tags"] = [route.exposed.procedure.name]
    if route.power:
        described |= {
            "x-article": route.power.article,
            "x-held-by": sorted(role.name for role in route.power.by),
            "x-refusals": sorted(rule.code for rule in route.power.when),
        }
    if route.method == "POST" and route.kind != "question":
        described["parameters"].append(_ref("parameters", "IdempotencyKey"))
    if route.kind == "power":
        described["parameters"].append(_ref("parameters", "IfMatch"))
    if route.kind in ("list", "queue"):
        described["parameters"] += [_ref("parameters", name) for name in ("Limit", "Cursor")]
    if route.kind == "list":
        described["parameters"].append(_ref("parameters", "Organisation"))
    body = route.power.command if route.power and route.kind == "power" else route.body
    if body:
        required = bool(fields(body))
        schema = _ref("schemas", _add(body, schemas))
        described["requestBody"] = {"required": required, "content": {"application/json": {"schema": schema}}}
    if route.kind == "public":
        described["security"] = []
    return described


def _success(route: Route, schemas: dict[str, Any]) -> dict[str, Any]:
    match route.kind:
        case "power" | "case" | "opening":
            schema = _ref("schemas", _case_schema(route, schemas))
        case "history":
            schema = _ref("schemas", "History")
        case "clock":
            schema = _ref("schemas", "Clock")
        case "list" | "queue":
            schema = _ref("schemas", "Page")
        case "calendar":
            return {"200": {"description": "A calendar", "content": {"text/calendar": {"schema": _TEXT}}}}
        case _:
            return {"200": {"description": "Done"}}
    status = "201" if route.kind == "opening" else "200"
    content = {"application/json": {"schema": schema}}
    if route.kind == "clock" and route.exposed and timekept(route.exposed.procedure):
        content[JOSE] = {"schema": {"type": "object", "description": "A signed certificate (RFC 7515)"}}
    headers = {"ETag": {"description": "The case's version", "schema": _TEXT}}
    described: dict[str, Any] = {"description": "Done", "content": content}
    if route.kind not in ("list", "queue"):
        described["headers"] = headers
    return {status: described}


def _case_schema(route: Route, schemas: dict[str, Any]) -> str:
    """What every case answers, and what the service's view shows; access may leave any of it out."""
    assert route.exposed
    name = route.exposed.procedure.name.replace("-", " ").title().replace(" ", "") + "Case"
    if name not in schemas:
        whole: list[dict[str, Any]] = [_ref("schemas", "Case")]
        shown = get_type_hints(route.exposed.view).get("return")
        if isinstance(shown, type) and issubclass(shown, msgspec.Struct):
            view = dict(schemas[_add(shown, schemas)])
            view.pop("required", None)
            whole.append(view)
        schemas[name] = {"allOf": whole}
    return name


def _add(model: type, schemas: dict[str, Any]) -> str:
    (schema,), parts = msgspec.json.schema_components([model], ref_template="#/components/schemas/{name}")
    for name, part in parts.items():
        schemas.setdefault(name, part)
    return str(schema["$ref"].rpartition("/")[2])


def _operation_id(route: Route) -> str:
    words = re.sub(r"[<>]", "", route.path).replace(".", "-").strip("/").replace("/", "-")
    return f"{route.method.lower()}-{words}"


def _ref(kind: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}


def _object(properties: Mapping[str, Any], required: tuple[str, ...] | None = None) -> dict[str, Any]:
    names = list(properties) if required is None else list(required)
    return {"type": "object", "properties": dict(properties), "required": names}


def _listed(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": dict(schema)}


def _or_null(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {**schema, "type": [schema["type"], "null"]}


def _fixed_schemas(service: str) -> Iterator[tuple[str, dict[str, Any]]]:
    number = {"type": "integer"}
    allowed = {"act": _TEXT, "article": _TEXT, "href": _TEXT, "method": {"const": "POST"}}
    case = {
        "id": _TEXT,
        "procedure": _TEXT,
        "version": number,
        "stage": _TEXT,
        "until": _or_null(_INSTANT),
        "opened_at": _INSTANT,
    }
    yield "AllowedAct", _object(allowed)
    yield "Case", _object({**case, "allowed_acts": _listed(_ref("schemas", "AllowedAct"))})
    line = {
        **case,
        "organisation": _or_null(_TEXT),
        "ministries": _listed(_TEXT),
        "href": _TEXT,
    }
    yield "Line", _object(line, (*case, "href"))
    yield "Page", _object({"items": _listed(_ref("schemas", "Line")), "next": _or_null(_TEXT)})
    entry = {
        "sequence": number,
        "act": _TEXT,
        "article": _TEXT,
        "at": _INSTANT,
        "legal_day": _DAY,
        "by": _object({"organisation": _TEXT, "as": _listed(_TEXT)}),
        "data": {"type": "object"},
    }
    hashes = {"hash": _TEXT, "previous": _TEXT}
    yield "Entry", _object({**entry, **hashes}, tuple(entry))
    yield "History", _object({"case_id": _TEXT, "version": number, "acts": _listed(_ref("schemas", "Entry"))})
    deadline = {
        "period": _TEXT,
        "title": _TEXT,
        "title_ja": _TEXT,
        "article": _TEXT,
        "trigger_day": _DAY,
        "day_one": _DAY,
        "last_day": _DAY,
        "moved_from": _or_null(_DAY),
        "free_from": _DAY,
        "ends_at": _INSTANT,
        "running": {"type": "boolean"},
        "days_left": number,
        "explanation": _listed(_object({"code": _TEXT, "en": _TEXT, "ja": _TEXT})),
    }
    yield "Deadline", _object(deadline)
    clock = {
        "case_id": _TEXT,
        "version": number,
        "head": _TEXT,
        "as_of": _INSTANT,
        "legal_day": _DAY,
        "stage": _TEXT,
        "until": _or_null(_INSTANT),
        "deadlines": _listed(_ref("schemas", "Deadline")),
    }
    yield "Clock", _object(clock)
    texts = {
        f"{name}{suffix}": _TEXT for name in ("title", "detail", "next") for suffix in ("", "_en", "_ja")
    }
    problem = {
        "type": {"type": "string", "format": "uri"},
        "status": number,
        "code": {"type": "string", "enum": sorted(catalogue(service))},
        **texts,
        "article": _TEXT,
        "instance": _TEXT,
        "correlation_id": _TEXT,
        "version": number,
        "errors": _listed(_ref("schemas", "FieldProblem")),
        "deadlines": _listed(_ref("schemas", "Deadline")),
        "allowed_acts": _listed(_ref("schemas", "AllowedAct")),
    }
    yield "Problem", _object(problem, ("type", "status", "code", "title", "title_en", "title_ja"))
    codes = {"type": "string", "enum": sorted(field_catalogue())}
    yield (
        "FieldProblem",
        _object({"pointer": _TEXT, "code": codes, "message": _TEXT, "message_ja": _TEXT}),
    )


def _problem_response() -> dict[str, Any]:
    content = {JSON_PROBLEM: {"schema": _ref("schemas", "Problem")}}
    return {"description": "A problem: what is wrong, by which article, what to do next", "content": content}


def _parameters() -> dict[str, Any]:
    def header(name: str, required: bool, schema: Mapping[str, Any], said: str) -> dict[str, Any]:
        return {
            "name": name,
            "in": "header",
            "required": required,
            "schema": dict(schema),
            "description": said,
        }

    def query(name: str, schema: Mapping[str, Any], said: str) -> dict[str, Any]:
        return {"name": name, "in": "query", "required": False, "schema": dict(schema), "description": said}

    key = {"type": "string", "pattern": "^[A-Za-z0-9._:-]{1,128}$"}
    return {
        "IdempotencyKey": header(
            "Idempotency-Key",
            True,
            key,
            "New for every act; the same when one is repeated after a lost answer",
        ),
        "IfMatch": header("If-Match", False, _TEXT, "The ETag of the case as it was read"),
        "Limit": query(
            "limit", {"type": "integer", "minimum": 1, "maximum": 100}, "Lines on a page; 50 by itself"
        ),
        "Cursor": query("cursor", _TEXT, "`next` of the page before"),
        "Organisation": query("organisation", _TEXT, "For agents: whose cases, of those who gave a mandate"),
    }


def files_of(app: Edge) -> dict[str, str]:
    """The files a service serves about itself: their names and what they hold."""
    from documents.reference import page

    described = document(app)
    return {
        "openapi.json": json.dumps(described, ensure_ascii=False, indent=1) + "\n",
        "docs.html": page(described, catalogue(app.package)),
    }


def main() -> int:
    """Write the documents of the named services' APIs, or check that they are up to date."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("api", nargs="+", help="a service's api module, such as services.infra_review.api")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when one is out of date")
    parser.add_argument("--breaking", action="store_true", help="write even what breaks callers")
    asked = parser.parse_args()
    complaints: list[str] = []
    for name in asked.api:
        module = importlib.import_module(name)
        folder = os.path.dirname(str(module.__file__))
        files = files_of(module.app)
        standing = _standing(os.path.join(folder, "openapi.json"))
        broken = breaking(json.loads(standing), json.loads(files["openapi.json"])) if standing else []
        complaints += [f"{name}: {finding}" for finding in broken if not asked.breaking]
        if asked.check:
            stale = [file for file, text in files.items() if _standing(os.path.join(folder, file)) != text]
            complaints += [f"{name}: {file} is out of date; write it anew" for file in stale]
        elif not broken or asked.breaking:
            for file_name, text in files.items():
                with open(os.path.join(folder, file_name), "w", encoding="utf-8") as file:
                    file.write(text)
    sys.stderr.writelines(f"{complaint}\n" for complaint in complaints)
    return 1 if complaints else 0


def _standing(path: str) -> str | None:
    if not os.path.exists(path):
        return None
    with open(path, encoding="utf-8") as file:
        return file.read()


if __name__ == "__main__":
    sys.exit(main())
