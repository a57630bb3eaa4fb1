"""What a rule about a plan is: one question, asked of every place it concerns, with its article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from services.infra_review.plan.articles import Cite
from services.infra_review.plan.asked import Asked
from services.infra_review.plan.findings import Defect
from services.infra_review.plan.places import Places
from services.infra_review.plan.tables import sentence
from services.infra_review.plan.walk import Found, Role
from services.platform.law.values import Value

Hit = tuple[str, dict[str, object]]
"""What a rule found: where, as the end of a JSON pointer, and the facts that fill its message."""
Article = str | Cite
Articles = Article | Mapping[Role, Article]
"""The article of a rule; the orders give each role an item of its own."""
Where = Literal[
    "whole",
    "equipment",
    "introduction",
    "components",
    "made_somewhere",
    "factories",
    "outsourcing",
    "work_places",
    "works",
    "reliefs",
    "party_places",
    "cited",
    "open_parties",
    "described",
    "holders",
    "officers",
    "foreign_sales",
    "papers",
    "country_codes",
    "ratios",
    "dated_papers",
]
"""The places a rule may be asked about, each a list of `Places`."""

HERE: tuple[Hit, ...] = (("", {}),)


class Rule(Value):
    """One question, asked of everything that lies `over` there in a plan; `finds` says what is wrong."""

    code: str
    article: Articles
    over: Where
    finds: Callable[[Found[Any], Asked], Iterable[Hit]]

    def defects(self, places: Places, asked: Asked) -> Iterator[Defect]:
        """Everything this rule finds wrong."""
        for found in getattr(places, self.over):
            for end, facts in self.finds(found, asked):
                words = sentence("defects", self.code, facts)
                yield Defect(f"{found.pointer}{end}", self.code, self._cited(found.role, asked), *words)

    def _cited(self, role: Role, asked: Asked) -> str:
        article = self.article if isinstance(self.article, str | Cite) else self.article[role]
        return article if isinstance(article, str) else article.of(asked.ministry)


@dataclass(slots=True)
class Rulebook:
    """The rules of one subject, in the order of the law."""

    rules: list[Rule] = field(default_factory=list)

    def rule(
        self, code: str, article: Articles, *, over: Where
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
        over: Where,
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
