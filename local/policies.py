"""IAM as far as the templates use it: whether policies allow a call, and which grants calls have used.

Deny by default. A statement allows a call when one of its actions and one of its resources match and
every condition holds; an explicit deny wins. A condition operator that is not known here is an error,
never a yes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Call:
    """One thing a role does to one resource, with the condition keys it brings."""

    action: str
    """`dynamodb:Query`."""
    resource: str
    """ARN, or `*` for what has no resource."""
    context: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As it travels from a worker."""
        return asdict(self)

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Call:
        """The other way."""
        return cls(document["action"], document["resource"], tuple((k, v) for k, v in document["context"]))


@dataclass(frozen=True, slots=True)
class Grant:
    """One action on one resource that a statement allows."""

    action: str
    resource: str
    conditions: str = ""

    def __str__(self) -> str:
        return f"{self.action} on {self.resource}" + (f" if {self.conditions}" if self.conditions else "")


@lru_cache(maxsize=4096)
def _pattern(pattern: str, ignore_case: bool) -> re.Pattern[str]:
    body = "".join({"*": ".*", "?": "."}.get(char, re.escape(char)) for char in pattern)
    return re.compile(body, re.IGNORECASE | re.DOTALL if ignore_case else re.DOTALL)


def like(pattern: str, text: str, *, ignore_case: bool = False) -> bool:
    """Whether `text` matches a pattern with `*` and `?`."""
    return _pattern(pattern, ignore_case).fullmatch(text) is not None


def many(value: Any) -> list[Any]:
    """A policy's value or list of values, as a list."""
    return value if isinstance(value, list) else [value]


class UnknownConditionError(ValueError):
    """A policy uses a condition operator that is not evaluated here."""


_OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "StringEquals": lambda wanted, got: wanted == got,
    "StringNotEquals": lambda wanted, got: wanted != got,
    "StringLike": like,
    "ArnLike": like,
    "ArnEquals": like,
    "Bool": lambda wanted, got: str(wanted).lower() == got.lower(),
}


def _holds(operator: str, key: str, wanted: Sequence[Any], context: Mapping[str, list[str]]) -> bool:
    quantifier, _, plain = operator.rpartition(":")
    optional = plain.endswith("IfExists")
    compare = _OPERATORS.get(plain.removesuffix("IfExists"))
    if compare is None or quantifier not in {"", "ForAllValues", "ForAnyValue"}:
        raise UnknownConditionError(f"The condition operator {operator} (on {key}) is not evaluated locally.")
    got = context.get(key)
    if got is None:
        return optional or quantifier == "ForAllValues"
    matches = [any(compare(w, value) for w in wanted) for value in got]
    return any(matches) if quantifier == "ForAnyValue" else all(matches)


def _conditions_hold(statement: Mapping[str, Any], call: Call) -> bool:
    context: dict[str, list[str]] = {}
    for key, value in call.context:
        context.setdefault(key, []).append(value)
    return all(
        _holds(operator, key, many(wanted), context)
        for operator, tests in statement.get("Condition", {}).items()
        for key, wanted in tests.items()
    )


def _actions(statement: Mapping[str, Any]) -> list[str]:
    if "NotAction" in statement or "NotResource" in statement:
        raise UnknownConditionError("NotAction and NotResource are not evaluated locally.")
    return many(statement["Action"])


def _matching(statement: Mapping[str, Any], call: Call) -> list[Grant]:
    """The grants of one statement that cover `call`."""
    actions = [a for a in _actions(statement) if like(a, call.action, ignore_case=True)]
    resources = [r for r in many(statement.get("Resource", "*")) if like(r, call.resource)]
    if not actions or not resources or not _conditions_hold(statement, call):
        return []
    conditions = _described(statement)
    return [Grant(action, resource, conditions) for action in actions for resource in resources]


def _described(statement: Mapping[str, Any]) -> str:
    return " and ".join(
        f"{key} {operator} {'|'.join(map(str, many(wanted)))}"
        for operator, tests in statement.get("Condition", {}).items()
        for key, wanted in tests.items()
    )


def allowed_by(statements: Iterable[Mapping[str, Any]], call: Call) -> list[Grant]:
    """The grants that allow `call`; empty when nothing does or something denies it."""
    grants: list[Grant] = []
    for statement in statements:
        matching = _matching(statement, call)
        if matching and statement.get("Effect", "Allow") == "Deny":
            return []
        grants += matching
    return grants


def grants_of(statements: Iterable[Mapping[str, Any]]) -> set[Grant]:
    """Every grant in `statements`."""
    return {
        Grant(action, resource, _described(statement))
        for statement in statements
        if statement.get("Effect", "Allow") == "Allow"
        for action in _actions(statement)
        for resource in many(statement.get("Resource", "*"))
    }


def refusal(role: str, call: Call) -> str:
    """The sentence that names the missing grant."""
    return f"{role} needs {call.action} on {call.resource}"


@dataclass(slots=True)
class Ledger:
    """What the calls of one role have shown so far."""

    role: str
    statements: Sequence[Mapping[str, Any]]
    used: set[Grant] = field(default_factory=set)
    calls: dict[Call, int] = field(default_factory=dict)
    denied: dict[Call, int] = field(default_factory=dict)
    _judged_by: Sequence[Mapping[str, Any]] | None = None
    _judged: dict[Call, list[Grant]] = field(default_factory=dict)

    def allows(self, call: Call) -> list[Grant]:
        """The grants that allow a call, found once for as long as the statements are the same."""
        if self._judged_by is not self.statements:
            self._judged_by, self._judged = self.statements, {}
        if call not in self._judged:
            self._judged[call] = allowed_by(self.statements, call)
        return self._judged[call]

    def record(self, call: Call) -> bool:
        """Note a call; return whether it is allowed."""
        grants = self.allows(call)
        noted = self.calls if grants else self.denied
        noted[call] = noted.get(call, 0) + 1
        self.used.update(grants)
        return bool(grants)

    def unused(self) -> list[Grant]:
        """Grants no call has used."""
        return sorted(grants_of(self.statements) - self.used, key=str)
