"""What a rule about a plan is: one question, asked of every place it concerns, with its article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from services.infra_review.plan.model import Plan, Token
from services.infra_review.plan.tables import sentence
from services.infra_review.plan.walk import Found, Role
from services.platform.law.values import Value

if TYPE_CHECKING:
    from services.infra_review.plan.passport import Passport

Filing = Literal["notification", "changed_plan", "change", "report", "emergency"]
"""A plan (52(1)), one changed as recommended (52(8)), a draft change (54(1)), a report of one (54(4)), or an
emergency report (52(11))."""
Hit = tuple[str, dict[str, object]]
"""What a rule found: where, as the end of a JSON pointer, and the facts that fill its message."""
Articles = str | Mapping[Role, str]
"""The article of a rule; the orders give each role an item of its own."""

HERE: tuple[Hit, ...] = (("", {}),)


class Asked(Value):
    """What a plan is checked against: the legal day of filing, what is filed, the passports it may cite."""

    on: date
    filing: Filing = "notification"
    passports: Mapping[Token, Passport] | None = None
    stated: Plan | None = None
    """The plan as its operator wrote it, before passports were filled in."""
    before: Plan | None = None
    """The plan as filed until now, when a change of it is filed."""


class Defect(Value):
    """One thing that keeps a plan from being complete: where, by which rule and article."""

    field: str
    """JSON pointer (RFC 6901) into the plan."""
    code: str
    article: str
    message: str
    message_ja: str


class Rule(Value):
    """One question, asked of everything `over` finds in a plan; `finds` says what is wrong there."""

    code: str
    article: Articles
    over: Callable[[Plan, Asked], Iterator[Found[Any]]]
    finds: Callable[[Found[Any], Asked], Iterable[Hit]]

    def defects(self, plan: Plan, asked: Asked) -> Iterator[Defect]:
        """Everything this rule finds wrong in `plan`."""
        for found in self.over(plan, asked):
            for end, facts in self.finds(found, asked):
                article = self.article if isinstance(self.article, str) else self.article[found.role]
                yield Defect(
                    f"{found.pointer}{end}", self.code, article, *sentence("defects", self.code, facts)
                )


@dataclass(slots=True)
class Rulebook:
    """The rules of one subject, in the order of the law."""

    rules: list[Rule] = field(default_factory=list)

    def rule(
        self, code: str, article: Articles, *, over: Callable[[Plan, Asked], Iterator[Found[Any]]]
    ) -> Callable[[Callable[[Any, Asked], Iterable[Hit]]], Callable[[Any, Asked], Iterable[Hit]]]:
        """Declare the decorated function as the rule `code` of `article`."""

        def declare(
            finds: Callable[[Any, Asked], Iterable[Hit]],
        ) -> Callable[[Any, Asked], Iterable[Hit]]:
            self.rules.append(Rule(code, article, over, finds))
            return finds

        return declare

    def required(
        self,
        code: str,
        article: Articles,
        name: str,
        *,
        over: Callable[[Plan, Asked], Iterator[Found[Any]]],
        when: Callable[[Any, Asked], bool] = lambda _it, _asked: True,
        or_empty: bool = False,
    ) -> None:
        """Declare that the field `name` must be stated; with `or_empty`, an empty list is an answer too."""

        def finds(found: Found[Any], asked: Asked) -> Iterable[Hit]:
            if not when(found.it, asked):
                return ()
            value = getattr(found.it, name)
            missing = value is None if or_empty else not (value.strip() if isinstance(value, str) else value)
            return ((f"/{name}", {}),) if missing else ()

        self.rules.append(Rule(code, article, over, finds))
