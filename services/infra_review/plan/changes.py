"""What a difference between the plan as filed and a new one leads to (Act Art. 54, METI Order Arts. 23-25).

An important change is notified in advance and brings a new standstill (54(1)-(2)); any other that is not
minor is reported without delay (54(4)); a minor one leads to nothing; after the introduction only changes of
component equipment are reported (Order Art. 25(2)). Papers are no matter of Art. 52(2), so newer ones change
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from services.infra_review.plan import articles
from services.infra_review.plan.changes_of_parties import factory_differences, party_differences
from services.infra_review.plan.difference import (
    NOTHING_DONE,
    OUTSIDE,
    Consequence,
    Difference,
    Kind,
    Progress,
    difference,
    paired,
)
from services.infra_review.plan.model import (
    Component,
    Introduction,
    Measure,
    Outsourcing,
    Party,
    Plan,
    ReOutsourcing,
    Work,
)
from services.infra_review.plan.walk import Role
from services.platform.law.values import Value

IMPORTANT = "54(1); " + articles.ORDER
REPORT = "54(4)"


class Changes(Value):
    """Every difference between two plans, and what they lead to together."""

    differences: tuple[Difference, ...]

    @property
    def consequence(self) -> Consequence:
        """The weightiest of them: re-notification, else a report, else nothing."""
        kinds = {one.kind for one in self.differences}
        if "important" in kinds:
            return "renotify"
        return "report" if kinds & {"report", "component_report"} else "nothing"

    @property
    def article(self) -> str:
        """The article of the consequence; of nothing, that nothing more is asked."""
        return {"renotify": "54(1)", "report": "54(4)", "nothing": "54"}[self.consequence]


def classify(filed: Plan, new: Plan, progress: Progress = NOTHING_DONE) -> Changes:
    """Classify each difference between the plan as `filed` (with its changes so far) and a `new` one.

    Both are whole plans with their passports composed in. A pointer leads into `new`, or into `filed` for
    what `new` no longer has.
    """
    return Changes((*_outline(filed, new, progress), *_introduction(filed, new, progress),
                    *_outsourcing(filed, new, progress), *_measures(filed, new, progress)))  # fmt: skip


def _outline(filed: Plan, new: Plan, progress: Progress) -> Iterator[Difference]:
    """Item (i): the outline, as long as anything of the plan is still to come or runs."""
    kind: Kind = "important" if progress.anything_open(filed) else OUTSIDE
    if filed.business != new.business:
        yield difference("/business", filed.business, new.business, kind, IMPORTANT + " 23(1)(i)", "business")
    for name in ("kind", "name", "outline"):
        before, after = getattr(filed.equipment, name, None), getattr(new.equipment, name, None)
        if before != after:
            article = IMPORTANT + " 23(1)(i)"
            yield difference(f"/equipment/{name}", before, after, kind, article, "equipment_outline")


def _introduction(filed: Plan, new: Plan, progress: Progress) -> Iterator[Difference]:
    """Item (ii), before the introduction; after it only the component equipment."""
    before, after = filed.introduction, new.introduction
    if before is None and after is None:
        return
    if before is None:
        yield difference("/introduction", None, after, "important", "52(1)", "introduction_added")
    elif after is None:
        kind: Kind = OUTSIDE if progress.introduced else "report"
        yield difference("/introduction", before, None, kind, REPORT, "introduction_dropped")
    else:
        yield from _introduced_equipment(before, after, progress)
        yield from _components(before, after, progress)


def _introduced_equipment(
    before: Introduction, after: Introduction, progress: Progress
) -> Iterator[Difference]:
    important: Kind = OUTSIDE if progress.introduced else "important"
    report: Kind = OUTSIDE if progress.introduced else "report"
    if before.content != after.content:
        article = IMPORTANT + " 23(1)(ii)"
        yield difference(
            "/introduction/content", before.content, after.content, important, article, "introduction_content"
        )
    if before.on != after.on:
        # The time is in 52(2)(ii)イ, but Order Art. 23(1)(ii) takes only the content and Art. 24 is silent.
        yield difference("/introduction/on", before.on, after.on, report, REPORT, "introduction_time")
    yield from party_differences(
        "/introduction/supplier", "supplier", before.supplier, after.supplier, progress
    )
    yield from factory_differences("/introduction", "supplier", before.factories, after.factories, progress)


def _components(before: Introduction, after: Introduction, progress: Progress) -> Iterator[Difference]:
    kind: Kind = "component_report" if progress.introduced else "important"
    article = f"54(4); {articles.ORDER} 25(2)" if progress.introduced else IMPORTANT + " 23(1)(iv)イ"

    def key(component: Component) -> object:
        return component.kind, component.name

    pairs = paired(before.components or (), after.components or (), key)
    for old_at, old, new_at, new in pairs:
        if old is None or new is None:
            where = f"/introduction/components/{old_at if new is None else new_at}"
            code = "component_dropped" if new is None else "component_added"
            yield difference(where, old, new, kind, article, code)
            continue
        where = f"/introduction/components/{new_at}"
        for name in ("kind", "name", "function"):
            was, becomes = getattr(old, name), getattr(new, name)
            if was != becomes:
                yield difference(f"{where}/{name}", was, becomes, kind, article, "component")
        yield from party_differences(
            f"{where}/supplier", "component_supplier", old.supplier, new.supplier, progress
        )
        yield from factory_differences(where, "component_supplier", old.factories, new.factories, progress)


def _outsourcing(filed: Plan, new: Plan, progress: Progress) -> Iterator[Difference]:
    """Item (iii), until the period of the outsourcing is over."""
    before, after = filed.outsourcing, new.outsourcing
    if before is None and after is None:
        return
    if before is None:
        yield difference("/outsourcing", None, after, "important", "52(1)", "outsourcing_added")
    elif after is None:
        kind: Kind = OUTSIDE if progress.outsourcing == "over" else "report"
        yield difference("/outsourcing", before, None, kind, REPORT, "outsourcing_dropped")
    else:
        article = IMPORTANT + " 23(1)(v)"
        yield from _work("/outsourcing/work", before.work, after.work, article, progress)
        yield from party_differences(
            "/outsourcing/contractor", "contractor", before.contractor, after.contractor, progress
        )
        yield from _re_outsourcings(before, after, progress)


def _work(
    pointer: str, before: Work | None, after: Work | None, article: str, progress: Progress
) -> Iterator[Difference]:
    """Content and time or period; shortening the period is not important (Order Art. 23(1)(v), (vii)イ)."""
    old, new = before or Work(), after or Work()
    important: Kind = OUTSIDE if progress.outsourcing == "over" else "important"
    for name in ("kinds", "content", "timing"):
        was, becomes = getattr(old, name), getattr(new, name)
        if was != becomes:
            yield difference(f"{pointer}/{name}", was, becomes, important, article, "work_content")
    shorter = shortened(old, new)
    for name in ("begins_on", "ends_on"):
        was, becomes = getattr(old, name), getattr(new, name)
        if was == becomes:
            continue
        if shorter and important == "important":
            yield difference(f"{pointer}/{name}", was, becomes, "report", REPORT, "work_shortened")
        else:
            yield difference(f"{pointer}/{name}", was, becomes, important, article, "work_time")


def shortened(old: Work, new: Work) -> bool:
    """Whether the new period lies wholly inside the old one and is shorter (期間を短縮するもの)."""
    if old.timing != "period" or new.timing != "period":
        return False
    bounds = (old.begins_on, old.ends_on, new.begins_on, new.ends_on)
    if any(bound is None for bound in bounds):
        return False
    old_begins, old_ends, new_begins, new_ends = (bound or date.min for bound in bounds)
    inside = old_begins <= new_begins and new_ends <= old_ends
    return inside and (old_begins, old_ends) != (new_begins, new_ends)


def _re_outsourcings(before: Outsourcing, after: Outsourcing, progress: Progress) -> Iterator[Difference]:
    yield from _level(
        "/outsourcing/re_outsourced", before.re_outsourced or (), after.re_outsourced or (), progress
    )


def _level(
    pointer: str, before: tuple[ReOutsourcing, ...], after: tuple[ReOutsourcing, ...], progress: Progress
) -> Iterator[Difference]:
    """One level of re-outsourcing and those below; one more or less changes the content (15(i)-(ii))."""
    important: Kind = OUTSIDE if progress.outsourcing == "over" else "important"
    article = IMPORTANT + " 23(1)(vii)イ"

    def key(one: ReOutsourcing) -> object:
        return (one.party or Party()).name

    for old_at, old, new_at, new in paired(before, after, key):
        if old is None or new is None:
            where = f"{pointer}/{old_at if new is None else new_at}"
            code = "re_outsourcing_dropped" if new is None else "re_outsourcing_added"
            yield difference(where, old, new, important, article, code)
            continue
        where = f"{pointer}/{new_at}"
        yield from _re_outsourcing(where, old, new, article, progress)
        yield from _level(f"{where}/re_outsourced", old.re_outsourced, new.re_outsourced, progress)


def _re_outsourcing(
    pointer: str, old: ReOutsourcing, new: ReOutsourcing, article: str, progress: Progress
) -> Iterator[Difference]:
    relieved = old.relief is not None, new.relief is not None
    if relieved[0] != relieved[1]:
        kind: Kind = OUTSIDE if progress.outsourcing == "over" else "report"
        yield difference(f"{pointer}/relief", relieved[0], relieved[1], kind, REPORT, "relief")
    elif not (relieved[1] and (old.work is None or new.work is None)):
        # Under relief the content need not be stated: leaving it out, or telling it, changes nothing.
        yield from _work(f"{pointer}/work", old.work, new.work, article, progress)
    role: Role = "re_contractor"
    excused = any(relieved)
    yield from party_differences(f"{pointer}/party", role, old.party, new.party, progress, excused=excused)


def _measures(filed: Plan, new: Plan, progress: Progress) -> Iterator[Difference]:
    """Item (iv): the measures of Order Art. 16, each as long as what it concerns is still to come or runs."""
    for concerns in ("introduction", "outsourcing"):
        before, after = _texts(filed, concerns), _texts(new, concerns)
        if before != after:
            kind: Kind = "important" if progress.open(concerns) else OUTSIDE
            article = IMPORTANT + " 23(1)(viii)"
            yield difference("/measures", before, after, kind, article, f"measures_{concerns}")


def _texts(plan: Plan, concerns: str) -> tuple[str, ...]:
    def concerned(measure: Measure) -> bool:
        return measure.concerns == concerns

    return tuple(sorted(measure.text for measure in plan.measures if concerned(measure)))
