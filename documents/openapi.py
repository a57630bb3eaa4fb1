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
from collections.abc import Mapping
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec.structs import fields

from documents.compatibility import breaking
from documents.refusals import plain, refusals_of
from documents.samples import sample
from documents.schemas import Schemas
from services.platform.http.answers import Answer
from services.platform.http.edge import JSON, Edge, Route
from services.platform.http.problems import OF_THE_CLOCK, OF_THE_GATEWAY, catalogue, status_of
from services.platform.http.shapes import CaseHead, Paging, Problem
from services.statute import messages

JSON_PROBLEM = "application/problem+json"
_PARAMETER = re.compile(r"<(\w+)>")
_TEXT = {"type": "string"}


def document(app: Edge) -> dict[str, Any]:
    """The document of a service's API."""
    schemas = Schemas()
    for route in app.routes:
        body = _body(route)
        if body:
            schemas.sent(body, _of(route))
    schemas.answered(Problem)
    schemas.named["Problem"]["properties"]["code"]["enum"] = sorted(codes_of(app))
    paths: dict[str, Any] = {}
    for route in app.routes:
        path = _PARAMETER.sub(r"{\1}", route.path)
        paths.setdefault(path, {})[route.method.lower()] = operation(route, schemas, app.package)
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
        "servers": [{"url": f"/{app.service}/v1", "description": "Below the front of a deployment"}],
        "security": [{"token": []}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(schemas.named.items())),
            "examples": dict(sorted(schemas.examples.items())),
            "parameters": _parameters(),
            "responses": {"problem": _problem_response()},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
    }


def operation(route: Route, schemas: Schemas, service: str) -> dict[str, Any]:
    """One operation; the schemas it needs are added to `schemas`."""
    described: dict[str, Any] = {
        "operationId": _operation_id(route),
        "summary": route.does,
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": _TEXT}
            for name in _PARAMETER.findall(route.path)
        ],
        "responses": {**_success(route, schemas), **_problems(route, service)},
    }
    if route.exposed:
        described["tags"] = [route.exposed.procedure.name]
    if route.power:
        described |= {
            "x-article": route.power.article,
            "x-held-by": sorted(role.name for role in route.power.by),
        }
    if _changes(route):
        described["parameters"].append(_ref("parameters", "IdempotencyKey"))
    if _in_a_case(route):
        described["parameters"].append(_ref("parameters", "IfMatch"))
    described["parameters"] += _queries(route, schemas)
    body = _body(route)
    if body:
        schema = schemas.sent(body, _of(route))
        content = {JSON: _with_example(schema, schemas)}
        described["requestBody"] = {"required": bool(fields(body)), "content": content}
    elif route.files:
        content = {"schema": _TEXT}
        described["requestBody"] = {"required": True, "content": dict.fromkeys(route.files, content)}
    if route.public:
        described["security"] = []
    return described


def _of(route: Route) -> str:
    """The name of the procedure a route is of, as schemas are named after it."""
    return _camel(route.exposed.procedure.name) if route.exposed else ""


def _camel(name: str) -> str:
    return name.replace("-", " ").title().replace(" ", "")


def _body(route: Route) -> type | None:
    return route.power.command if route.power and route.kind == "power" else route.body


def _changes(route: Route) -> bool:
    return route.method == "POST" and route.kind != "question"


def _in_a_case(route: Route) -> bool:
    """Whether it uses a power in a case that is there."""
    return _changes(route) and "<case_id>" in route.path


def _queries(route: Route, schemas: Schemas) -> list[dict[str, Any]]:
    if route.asks is None:
        return []
    schema = schemas.answered(route.asks, _of(route))
    asked = schemas.named.pop(schema["$ref"].rpartition("/")[2])
    found = []
    for name, part in asked["properties"].items():
        plain = {key: value for key, value in part.items() if key not in ("description", "default")}
        described = {"name": name, "in": "query", "required": False, "schema": _not_null(plain)}
        found.append(described | ({"description": part["description"]} if "description" in part else {}))
    return found


def _not_null(schema: dict[str, Any]) -> dict[str, Any]:
    """What can be sent in a query: there is no null there, only leaving a parameter out."""
    branches = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    if len(branches) == 1:
        return dict(branches[0])
    if None in schema.get("enum", ()):
        return {"enum": [one for one in schema["enum"] if one is not None]}
    return schema


def _success(route: Route, schemas: Schemas) -> dict[str, Any]:
    schema = _answer_schema(route, schemas)
    content: dict[str, Any] = {}
    for kind in route.content:
        if kind.partition(";")[0] == JSON:
            content[JSON] = _with_example(schema, schemas)
        else:
            plain_kind = kind.partition(";")[0]
            content[plain_kind] = {"schema": {"type": "object"} if plain_kind.endswith("json") else _TEXT}
    described: dict[str, Any] = {"description": "Done", "content": content}
    if route.kind not in ("list", "queue", "public", "question"):
        described["headers"] = {"ETag": {"description": "The case's version", "schema": _TEXT}}
    found = {"201" if route.kind == "opening" else "200": described}
    if route.known:
        found["200"] = {**described, "description": "Known already", "headers": dict(described["headers"])}
    if route.kind == "opening":
        described["headers"]["Location"] = {"description": "Where the case is", "schema": _TEXT}
    return found


def _with_example(schema: dict[str, Any], schemas: Schemas) -> dict[str, Any]:
    """A schema with an example of it, which stands once in the document however often it is shown."""
    if "$ref" not in schema:
        return {"schema": schema, "example": sample(schema, schemas.named)}
    name = schema["$ref"].rpartition("/")[2]
    if name not in schemas.examples:
        schemas.examples[name] = {"value": sample(schema, schemas.named)}
    return {"schema": schema, "examples": {name: _ref("examples", name)}}


def _answer_schema(route: Route, schemas: Schemas) -> dict[str, Any]:
    """What is answered. Raises TypeError for a route that does not say so: no caller could rely on it."""
    if route.kind == "case" or _changes(route):
        return _ref("schemas", _case_schema(route, schemas))
    handler = route.handler
    gives = get_type_hints(plain(handler)).get("return")
    for part in _alternatives(gives):
        given = _given(part)
        if given is not str and given is not None:
            return schemas.answered(given, _of(route))
    if JSON in route.content and route.path != "/openapi.json":
        raise TypeError(f"{route.method} {route.path} does not say what it answers")
    return {"type": "object"}


def _given(part: Any) -> Any:
    """The type in `Answer[…]`, or the type itself."""
    if get_origin(part) is Answer:
        inside = [one for one in _alternatives(get_args(part)[0]) if one is not str]
        return inside[0] if inside else str
    return None if part is Any else part


def _alternatives(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)


def _case_schema(route: Route, schemas: Schemas) -> str:
    """What every case answers, and what the service's view shows; access may leave any of that out."""
    exposed = route.answers or route.exposed
    assert exposed, f"{route.method} {route.path} changes nothing that can be shown"
    of = _camel(exposed.procedure.name)
    name = of + "Case"
    if name not in schemas.named:
        schemas.answered(CaseHead)
        whole = schemas.named.pop("CaseHead")
        view = exposed.shows
        if not (isinstance(view, type) and issubclass(view, msgspec.Struct)):
            raise TypeError(f"the view of {exposed.procedure.name} does not say what it shows")
        schemas.named[name] = {
            "type": "object",
            "title": name,
            "description": (view.__doc__ or "").partition("\n")[0],
            "properties": {**whole["properties"], **schemas.shown(view, of)},
            "required": whole["required"],
        }
    return name


def _problems(route: Route, service: str) -> dict[str, Any]:
    """The problems a route can answer, by status, and `default` for what nobody foresees."""
    by_status: dict[int, set[str]] = {}
    for code in _codes(route, service):
        by_clock = code in messages.codes("refusal")
        by_status.setdefault(OF_THE_CLOCK if by_clock else status_of(service, code), set()).add(code)
    found: dict[str, Any] = {}
    for status, codes in sorted(by_status.items()):
        one = {"properties": {"code": {"enum": sorted(codes)}}}
        schema = {"allOf": [_ref("schemas", "Problem"), one]}
        found[str(status)] = {
            "description": ", ".join(sorted(codes)),
            "content": {JSON_PROBLEM: {"schema": schema}},
        }
    return {**found, "default": _ref("responses", "problem")}


def _codes(route: Route, service: str) -> set[str]:
    found = {"fault", *refusals_of(route.handler)}
    if not route.public:
        found |= {"not_signed_in"}
    if "<case_id>" in route.path:
        found |= {"no_such_case"}
    if route.asks:
        found |= {"query_not_valid"}
    if route.asks and issubclass(route.asks, Paging):
        found |= {"cursor_not_valid"}
    if _body(route):
        found |= {"broken_json", "body_not_valid", "body_too_large", "number_not_exact"}
    if route.files:
        found |= {"body_too_large"}
    if _changes(route):
        found |= {
            "key_missing",
            "key_not_valid",
            "idempotency_key_reused",
            "version_conflict",
            "case_too_large",
        }
    if _in_a_case(route):
        found |= {"if_match_not_valid", "version_mismatch"}
    if route.becomes:
        found |= refusals_of(route.becomes.decide)
    if route.power:
        found |= {"not_your_act", *(rule.code for rule in route.power.when), *refusals_of(route.power.decide)}
        found |= {"organisation_id_wrong"} if route.power.opens else set()
    if route.kind == "question":
        found |= messages.codes("refusal")  # it may ask about what the legal clock does not know
    if unknown := found - _every_code(service):
        raise LookupError(
            f"{route.method} {route.path} refuses {', '.join(sorted(unknown))}, which no problems.toml lists"
        )
    return found


def codes_of(app: Edge) -> frozenset[str]:
    """Every code that an API can answer, of itself or through the gateway before it."""
    told = (code for route in app.routes for one in route.tells for code in refusals_of(one))
    return frozenset(OF_THE_GATEWAY).union(told, *(_codes(route, app.package) for route in app.routes))


def _every_code(service: str) -> set[str]:
    """Every code of a problem: those of the catalogue, and those by which the legal clock refuses."""
    return {*catalogue(service), *messages.codes("refusal")}


def _operation_id(route: Route) -> str:
    words = re.sub(r"[<>]", "", route.path).replace(".", "-").strip("/").replace("/", "-")
    return f"{route.method.lower()}-{words}"


def _ref(kind: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}


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

    key = {"type": "string", "pattern": "^[A-Za-z0-9._:-]{1,128}$"}
    said = "New for every act; the same when one is repeated after a lost answer"
    return {
        "IdempotencyKey": header("Idempotency-Key", True, key, said),
        "IfMatch": header("If-Match", False, _TEXT, "The ETag of the case as it was read"),
    }


def files_of(app: Edge) -> dict[str, str]:
    """The files a service serves about itself: their names and what they hold."""
    from documents.reference import page

    described, codes = document(app), codes_of(app)
    words = {code: said for code, said in catalogue(app.package).items() if code in codes}
    return {
        "openapi.json": json.dumps(described, ensure_ascii=False, separators=(",", ":"), indent=0) + "\n",
        "docs.html": page(described, words),
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
