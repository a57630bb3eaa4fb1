"""An API's reference as one page of HTML, from its OpenAPI document. Run when building, never in a Lambda.

The page stands alone: no script, nothing fetched, readable on paper and by a screen reader.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --accent: #06c; }
@media (prefers-color-scheme: dark) { :root { --accent: #7bf; } }
body { font: 16px/1.6 system-ui, "Hiragino Sans", "Noto Sans JP", sans-serif; max-width: 60rem;
  margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); }
h3 { margin-top: 2rem; font-size: 1rem; }
code { font-family: ui-monospace, monospace; font-size: .9em; }
.method { display: inline-block; min-width: 3.5em; font-weight: 600; color: var(--accent); }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0;
  border-bottom: 1px solid var(--soft); }
nav ul { columns: 2; padding-left: 1rem; } .note { opacity: .8; }
"""


def page(document: Mapping[str, Any], problems: Mapping[str, Mapping[str, Any]]) -> str:
    """The whole page; `problems` are the service's, by code."""
    title = escape(document["info"]["title"])
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(_body(document, problems))
        + "\n</body>\n</html>\n"
    )


def _body(document: Mapping[str, Any], problems: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield f"<h1>{escape(document['info']['title'])}</h1>"
    yield f"<p>{escape(document['info']['description'])}</p>"
    yield '<p>The same as data: <a href="openapi.json">openapi.json</a> (OpenAPI 3.1).</p>'
    operations = list(_operations(document))
    yield "<nav><ul>"
    for path, method, operation in operations:
        yield f'<li><a href="#{operation["operationId"]}"><code>{method} {escape(path)}</code></a></li>'
    yield "</ul></nav>"
    yield "<h2>Operations</h2>"
    for path, method, operation in operations:
        yield from _operation(path, method, operation, document)
    yield "<h2>Shapes</h2>"
    for name, schema in document["components"]["schemas"].items():
        yield f'<h3 id="{escape(name)}">{escape(name)}</h3>'
        yield from _shape(schema)
    yield "<h2>Examples</h2>"
    yield from _examples(document)
    yield "<h2>Problems</h2>"
    yield from _problems(problems)


def _operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method.upper(), operation


def _operation(
    path: str, method: str, operation: Mapping[str, Any], document: Mapping[str, Any]
) -> Iterator[str]:
    yield f'<section id="{operation["operationId"]}">'
    yield f'<h3><span class="method">{method}</span> <code>{escape(path)}</code></h3>'
    article = f" (Art. {escape(operation['x-article'])})" if "x-article" in operation else ""
    yield f"<p>{escape(operation['summary'])}{article}</p>"
    if "x-held-by" in operation:
        yield f'<p class="note">Held by: {escape(", ".join(operation["x-held-by"]))}.</p>'
    if operation.get("security") == []:
        yield '<p class="note">Open to all; no token needed.</p>'
    parameters = [_resolved(parameter, document) for parameter in operation["parameters"]]
    if parameters:
        yield "<table><tr><th>Parameter</th><th>In</th><th></th></tr>"
        for parameter in parameters:
            needed = "required. " if parameter["required"] else ""
            said = escape(parameter.get("description", ""))
            yield (
                f"<tr><td><code>{escape(parameter['name'])}</code></td>"
                f"<td>{parameter['in']}</td><td>{needed}{said}</td></tr>"
            )
        yield "</table>"
    if "requestBody" in operation:
        for kind, content in operation["requestBody"]["content"].items():
            yield f"<p>Body ({escape(kind)}): {_kind(content['schema'])}</p>"
            yield from _example(content)
    for status, response in operation["responses"].items():
        if status == "default":
            continue
        shapes = (_kind(content["schema"]) for content in response.get("content", {}).values())
        said = escape(response["description"]) if int(status) >= 400 else ", ".join(shapes)
        yield f"<p>{status}: {said}</p>"
        for content in response.get("content", {}).values():
            yield from _example(content)
    yield "</section>"


def _example(content: Mapping[str, Any]) -> Iterator[str]:
    for name in content.get("examples", ()):
        yield f'<p><a href="#example-{escape(name)}">An example</a></p>'


def _examples(document: Mapping[str, Any]) -> Iterator[str]:
    for name, example in document["components"]["examples"].items():
        text = json.dumps(example["value"], ensure_ascii=False, indent=1)
        yield f'<details id="example-{escape(name)}"><summary>{escape(name)}</summary>'
        yield f"<pre>{escape(text)}</pre></details>"


def _shape(schema: Mapping[str, Any]) -> Iterator[str]:
    if schema.get("description"):
        yield f"<p>{escape(schema['description'])}</p>"
    for part in schema.get("allOf", ()):
        if "$ref" in part:
            yield f"<p>Everything of {_kind(part)}, and:</p>"
        else:
            yield from _shape(part)
    properties = schema.get("properties", {})
    if properties:
        required = set(schema.get("required", ()))
        yield "<table><tr><th>Field</th><th>Kind</th><th></th></tr>"
        for name, field in properties.items():
            needed = "required" if name in required else ""
            yield f"<tr><td><code>{escape(name)}</code></td><td>{_kind(field)}</td><td>{needed}</td></tr>"
        yield "</table>"
    elif "enum" in schema:
        yield f"<p>{_kind(schema)}</p>"


def _kind(schema: Mapping[str, Any]) -> str:
    """What a value is, in a few words, with a link to its shape."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#{name}">{name}</a>'
    for joined in ("anyOf", "oneOf", "allOf"):
        if joined in schema:
            return " or ".join(_kind(part) for part in schema[joined])
    if "const" in schema:
        return f"<code>{escape(str(schema['const']))}</code>"
    if "enum" in schema:
        return "one of " + ", ".join(f"<code>{escape(str(value))}</code>" for value in schema["enum"])
    kind = schema.get("type", "any value")
    kinds = kind if isinstance(kind, list) else [kind]
    words = " or ".join(str(schema.get("format", one)) if one == "string" else one for one in kinds)
    if "array" in kinds:
        words = f"list of {_kind(schema.get('items') or {})}"
    limits = [
        f"{said} {schema[name]}"
        for name, said in (
            ("minLength", "at least"),
            ("maxLength", "at most"),
            ("minItems", "at least"),
            ("maxItems", "at most"),
            ("minimum", "from"),
            ("maximum", "to"),
        )
        if name in schema
    ]
    return words + (f" ({', '.join(limits)})" if limits else "")


def _resolved(part: dict[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    if "$ref" not in part:
        return part
    _, _, kind, name = part["$ref"].split("/")
    found: dict[str, Any] = document["components"][kind][name]
    return found


def _problems(problems: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield "<table><tr><th>Code</th><th>Status</th><th>What is wrong</th></tr>"
    for code, listed in sorted(problems.items()):
        yield (
            f'<tr><td id="problem-{escape(code)}"><code>{escape(code)}</code></td><td>{listed["status"]}</td>'
            f'<td>{escape(listed["title"])}<br><span lang="ja">{escape(listed["title_ja"])}</span></td></tr>'
        )
    yield "</table>"
