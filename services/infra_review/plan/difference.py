"""One difference between two plans, and how far what the plan is about has come when it arises."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, TypeVar

from services.infra_review.plan.articles import Cite
from services.infra_review.plan.model import Plan
from services.infra_review.plan.tables import sentence
from services.platform.law.values import Value

T = TypeVar("T")
Kind = Literal["important", "report", "component_report", "minor", "outside"]
"""Important (23), reported (54(4)), component report after introduction (25(2)), minor (24), outside 54."""
Consequence = Literal["nothing", "report", "renotify"]
OUTSIDE: Kind = "outside"


class Progress(Value):
    """How far a plan has been carried out; after an emergency report (54(5)) both have been done."""

    introduced: bool = False
    outsourcing: Literal["before", "running", "over"] = "before"
    """`running` from the day the work is outsourced; `over` after the last day of its period."""

    def open(self, plan: Plan) -> bool:
        """Whether Art. 54(1) still watches over `plan`, and so over all that Art. 52(2) has it state.

        It does before the introduction, *or* before the outsourcing or the end of its period, whichever the
        plan is for (導入を行う前又は重要維持管理等を行わせる前若しくは行わせる期間の終了前に).
        """
        introduction = plan.introduction is not None and not self.introduced
        return introduction or (plan.outsourcing is not None and self.outsourcing != "over")


NOTHING_DONE = Progress()


class Difference(Value):
    """One difference: where, what was and what becomes, and what the law sees in it, by which article."""

    pointer: str
    before: object
    after: object
    kind: Kind
    article: str
    code: str
    message: str
    message_ja: str


class Watch(Value):
    """What Art. 54 still asks about a plan, and whose order says so."""

    open: bool
    """Whether 54(1) still watches over the plan, with all that is stated in it."""
    introduced: bool = False
    outsourced: bool = False
    """Whether the work has been given to another (重要維持管理等の委託を行った後)."""
    ministry: str = ""

    @classmethod
    def over(cls, plan: Plan, progress: Progress, ministry: str) -> Watch:
        """The watch over a plan that has come so far."""
        return cls(progress.open(plan), progress.introduced, progress.outsourcing != "before", ministry)

    def differs(
        self, pointer: str, before: object, after: object, kind: Kind, article: str | Cite, code: str
    ) -> Difference:
        """A difference with its words; what is no longer watched over is outside Art. 54."""
        if not self.open and kind != "component_report":
            words = sentence("changes", "outside", {})
            return Difference(pointer, before, after, OUTSIDE, "54", "outside", *words)
        cited = article if isinstance(article, str) else article.of(self.ministry)
        return Difference(pointer, before, after, kind, cited, code, *sentence("changes", code, {}))


def paired(
    before: Sequence[T], after: Sequence[T], key: Callable[[T], object]
) -> Iterator[tuple[int, T | None, int, T | None]]:
    """Pair two lists: by key first, the rest one by one in order; `None` where a partner is missing."""
    left = list(enumerate(before))
    unmatched: list[tuple[int, T]] = []
    for new_at, new in enumerate(after):
        match = next((pair for pair in left if key(pair[1]) == key(new)), None)
        if match is None:
            unmatched.append((new_at, new))
        else:
            left.remove(match)
            yield match[0], match[1], new_at, new
    for (old_at, old), (new_at, new) in zip(left, unmatched, strict=False):
        yield old_at, old, new_at, new
    for old_at, old in left[len(unmatched) :]:
        yield old_at, old, -1, None
    for new_at, new in unmatched[len(left) :]:
        yield -1, None, new_at, new
