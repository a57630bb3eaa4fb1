"""What in a new API document would break a caller of the old one. Never part of a Lambda.

Callers send what the old document allowed and read what it promised. So what may be sent can only widen, and
what is answered can only gain fields; codes of problems may be added, since callers are told to expect
unknown ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Document = Mapping[str, Any]
_CEILINGS = {"maxLength", "maxItems", "maximum", "exclusiveMaximum"}
_FLOORS = {"minLength", "minItems", "minimum", "exclusiveMinimum"}


def breaking(old: Document, new: Document) -> list[str]:
    """Every way in which `new` breaks a caller of `old`, each as a sentence."""
    return list(_Comparison(old, new).findings())


class _Comparison:
    def __init__(self, old: Document, new: Document) -> None:
        self.old, self.new = old, new
        self._seen: set[tuple[int, int, bool]] = set()

    def findings(self) -> Iterator[str]:
        for path, methods in self.old["paths"].items():
            for method, operation in methods.items():
                where = f"{method.upper()} {path}"
                now = self.new["paths"].get(path, {}).get(method)
                if now is None:
                    yield f"{where} is gone"
                else:
                    yield from self._operation(where, operation, now)

    def _operation(self, where: str, old: Document, new: Document) -> Iterator[str]:
        known = {self._name(self._of(self.old, part)) for part in old["parameters"]}
        for part in new["parameters"]:
            parameter = self._of(self.new, part)
            if parameter["required"] and self._name(parameter) not in known:
                yield f"{where} now needs the parameter {parameter['name']}"
        if "requestBody" in old and "requestBody" in new:
            yield from self._schema(
                f"{where} body", _json(old["requestBody"]), _json(new["requestBody"]), True
            )
        elif "requestBody" in new and new["requestBody"]["required"]:
            yield f"{where} now needs a body"
        for status, response in old["responses"].items():
            answered = new["responses"].get(status)
            if answered is None:
                yield f"{where} no longer answers {status}"
                continue
            before, after = (
                _json(self._of(self.old, response)),
                _json(self._of(self.new, answered)),
            )
            if before is not None:
                yield from self._schema(f"{where} {status}", before, after, False)
        if old.get("security") == [] and new.get("security") != []:
            yield f"{where} now needs a token"

    def _schema(self, where: str, old: Any, new: Any, sent: bool) -> Iterator[str]:
        old, new = self._of(self.old, old or {}), self._of(self.new, new or {})
        if (id(old), id(new), sent) in self._seen:
            return
        self._seen.add((id(old), id(new), sent))
        yield from self._values(where, old, new, sent)
        yield from self._limits(where, old, new, sent)
        before, after = self._properties(self.old, old), self._properties(self.new, new)
        for name, schema in before.items():
            if name not in after:
                yield f"{where}: {name} is gone"
            else:
                yield from self._schema(f"{where}.{name}", schema, after[name], sent)
        was, now = self._required(self.old, old), self._required(self.new, new)
        for name in sorted(now - was if sent else (was - now) & set(after)):
            yield f"{where}: {name} is now {'required' if sent else 'optional'}"
        if isinstance(old.get("items"), dict):
            yield from self._schema(f"{where}[]", old["items"], new.get("items"), sent)
        for place, branch in enumerate(old.get("anyOf", ())):
            branches = new.get("anyOf", ())
            if place < len(branches):
                yield from self._schema(where, branch, branches[place], sent)

    def _values(self, where: str, old: Document, new: Document, sent: bool) -> Iterator[str]:
        was, now = _kinds(old), _kinds(new)
        if was and now and (was - now if sent else now - was):
            yield f"{where} was {'/'.join(sorted(was))} and is {'/'.join(sorted(now))}"
        if old.get("format") != new.get("format"):
            yield f"{where} was {old.get('format', 'free')} and is {new.get('format', 'free')}"
        allowed, allows = set(map(str, old.get("enum", ()))), set(map(str, new.get("enum", ())))
        narrower = allowed - allows if allows else set()
        if sent and (narrower or (allows and not allowed)):
            yield f"{where} no longer takes {', '.join(sorted(narrower)) or 'every value'}"

    @staticmethod
    def _limits(where: str, old: Document, new: Document, sent: bool) -> Iterator[str]:
        if not sent:
            return
        for name in _CEILINGS & new.keys():
            if name not in old or new[name] < old[name]:
                yield f"{where}: {name} was {old.get(name, 'free')} and is {new[name]}"
        for name in _FLOORS & new.keys():
            if new[name] > old.get(name, 0 if name in ("minLength", "minItems") else new[name] - 1):
                yield f"{where}: {name} was {old.get(name, 'free')} and is {new[name]}"

    def _properties(self, document: Document, schema: Document) -> dict[str, Any]:
        found = dict(schema.get("properties", {}))
        for part in schema.get("allOf", ()):
            found |= self._properties(document, self._of(document, part))
        return found

    def _required(self, document: Document, schema: Document) -> set[str]:
        found = set(schema.get("required", ()))
        for part in schema.get("allOf", ()):
            found |= self._required(document, self._of(document, part))
        return found

    @staticmethod
    def _name(parameter: Document) -> tuple[str, str]:
        return parameter["in"], parameter["name"]

    @staticmethod
    def _of(document: Document, part: Any) -> Any:
        if "$ref" not in part:
            return part
        _, *names = part["$ref"].split("/")
        found: Any = document
        for name in names:
            found = found[name]
        return found


def _json(part: Document) -> Any:
    content = part.get("content", {}).get("application/json")
    return content["schema"] if content else None


def _kinds(schema: Document) -> set[str]:
    kind = schema.get("type", ())
    return {kind} if isinstance(kind, str) else set(kind)
