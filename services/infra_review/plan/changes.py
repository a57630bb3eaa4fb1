"""What a difference between the plan as filed and a new one leads to (Act Art. 54, METI Order Arts. 23-25).

An important change is notified in advance and brings a new standstill (54(1)-(2)); any other that is not
minor is reported without delay (54(4)); a minor one leads to nothing; after the introduction only changes of
component equipment are reported (Order Art. 25(2)). Papers are no matter of Art. 52(2), so newer ones change
nothing. Every ministry's order says the same under its own numbers, which the differences cite.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from services.infra_review.plan.articles import COMPONENT_REPORT, important
from services.infra_review.plan.changes_of_parties import factory_differences, party_differences
from services.infra_review.plan.difference import (
    NOTHING_DONE,
    Consequence,
    Difference,
    Kind,
    Progress,
    Watch,
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
from services.infra_review.sectors import ministry_of
from services.platform.law.values import Value

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


def classify(filed: Plan, new: Plan, progress: Progress = NOTHING_DONE, *, on: date | None = None) -> Changes:
    """Classify each difference between the plan as `filed` (with its changes so far) and a `new` one.

    Both are whole plans with their passports composed in. A pointer leads into `new`, or into `filed` for
    what `new` no longer has. Articles are those of the ministry `on` that day, or by the newest law.
    """
    watch = Watch.over(filed, progress, ministry_of(filed.business, on))
    return Changes((*_outline(filed, new, watch), *_introduction(filed, new, watch),
                    *_outsourcing(filed, new, watch), *_measures(filed, new, watch)))  # fmt: skip


def _outline(filed: Plan, new: Plan, watch: Watch) -> Iterator[Difference]:
    """Item (i): the outline."""
    article = important("(i)")
    if filed.business != new.business:
        yield watch.differs("/business", filed.business, new.business, "important", article, "business")
    for name in ("kind", "name", "outline"):
        before, after = getattr(filed.equipment, name, None), getattr(new.equipment, name, None)
        if before != after:
            where = f"/equipment/{name}"
            yield watch.differs(where, before, after, "important", article, "equipment_outline")


def _introduction(filed: Plan, new: Plan, watch: Watch) -> Iterator[Difference]:
    """Item (ii); once introduced, and when nothing else is open, only the component equipment."""
    before, after = filed.introduction, new.introduction
    if before is None and after is not None:
        yield _announced("/introduction", after, "introduction_added", watch)
    elif before is not None and after is None:
        yield watch.differs("/introduction", before, None, "report", REPORT, "introduction_dropped")
    elif before is not None and after is not None:
        yield from _introduced_equipment(before, after, watch)
        yield from _components(before, after, watch)


def _announced(pointer: str, what: object, code: str, watch: Watch) -> Difference:
    """What no plan has announced is notified in advance, whatever has become of the plan it is put in."""
    opened = Watch(open=True, ministry=watch.ministry)
    return opened.differs(pointer, None, what, "important", "52(1)", code)


def _introduced_equipment(before: Introduction, after: Introduction, watch: Watch) -> Iterator[Difference]:
    if before.content != after.content:
        yield watch.differs(
            "/introduction/content",
            before.content,
            after.content,
            "important",
            important("(ii)"),
            "introduction_content",
        )
    if before.on != after.on:
        # The time is in 52(2)(ii)イ, but Order Art. 23(1)(ii) takes only the content and Art. 24 is silent.
        yield watch.differs("/introduction/on", before.on, after.on, "report", REPORT, "introduction_time")
    yield from party_differences("/introduction/supplier", "supplier", before.supplier, after.supplier, watch)
    yield from factory_differences("/introduction", "supplier", before.factories, after.factories, watch)


def _components(before: Introduction, after: Introduction, watch: Watch) -> Iterator[Difference]:
    reported = watch.introduced and not watch.open
    kind: Kind = "component_report" if reported else "important"
    article = COMPONENT_REPORT if reported else important("(iv)イ")

    def key(component: Component) -> object:
        return component.kind, component.name

    for old_at, old, new_at, new in paired(before.components or (), after.components or (), key):
        if old is None or new is None:
            where = f"/introduction/components/{old_at if new is None else new_at}"
            code = "component_dropped" if new is None else "component_added"
            yield watch.differs(where, old, new, kind, article, code)
            continue
        where = f"/introduction/components/{new_at}"
        for name in ("kind", "name", "function"):
            was, becomes = getattr(old, name), getattr(new, name)
            if was != becomes:
                yield watch.differs(f"{where}/{name}", was, becomes, kind, article, "component")
        yield from party_differences(
            f"{where}/supplier", "component_supplier", old.supplier, new.supplier, watch
        )
        yield from factory_differences(where, "component_supplier", old.factories, new.factories, watch)


def _outsourcing(filed: Plan, new: Plan, watch: Watch) -> Iterator[Difference]:
    """Item (iii)."""
    before, after = filed.outsourcing, new.outsourcing
    if before is None and after is not None:
        yield _announced("/outsourcing", after, "outsourcing_added", watch)
    elif before is not None and after is None:
        yield watch.differs("/outsourcing", before, None, "report", REPORT, "outsourcing_dropped")
    elif before is not None and after is not None:
        yield from _work("/outsourcing/work", before.work, after.work, "(v)", watch)
        yield from party_differences(
            "/outsourcing/contractor", "contractor", before.contractor, after.contractor, watch
        )
        yield from _re_outsourcings(before, after, watch)


def _work(
    pointer: str, before: Work | None, after: Work | None, item: str, watch: Watch
) -> Iterator[Difference]:
    """Content and time or period; shortening the period is not important (Order Art. 23(1)(v), (vii)イ)."""
    old, new, article = before or Work(), after or Work(), important(item)
    for name in ("kinds", "content", "timing"):
        was, becomes = getattr(old, name), getattr(new, name)
        if was != becomes:
            yield watch.differs(f"{pointer}/{name}", was, becomes, "important", article, "work_content")
    shorter = shortened(old, new)
    for name in ("begins_on", "ends_on"):
        was, becomes = getattr(old, name), getattr(new, name)
        if was == becomes:
            continue
        if shorter:
            yield watch.differs(f"{pointer}/{name}", was, becomes, "report", REPORT, "work_shortened")
        else:
            yield watch.differs(f"{pointer}/{name}", was, becomes, "important", article, "work_time")


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


def _re_outsourcings(before: Outsourcing, after: Outsourcing, watch: Watch) -> Iterator[Difference]:
    yield from _level(
        "/outsourcing/re_outsourced", before.re_outsourced or (), after.re_outsourced or (), watch
    )


def _level(
    pointer: str, before: tuple[ReOutsourcing, ...], after: tuple[ReOutsourcing, ...], watch: Watch
) -> Iterator[Difference]:
    """One level of re-outsourcing and those below; one more or less changes the content (15(i)-(ii))."""

    def key(one: ReOutsourcing) -> object:
        return (one.party or Party()).name

    for old_at, old, new_at, new in paired(before, after, key):
        if old is None or new is None:
            where = f"{pointer}/{old_at if new is None else new_at}"
            code = "re_outsourcing_dropped" if new is None else "re_outsourcing_added"
            yield watch.differs(where, old, new, "important", important("(vii)イ"), code)
            continue
        where = f"{pointer}/{new_at}"
        yield from _re_outsourcing(where, old, new, watch)
        yield from _level(f"{where}/re_outsourced", old.re_outsourced, new.re_outsourced, watch)


def _re_outsourcing(
    pointer: str, old: ReOutsourcing, new: ReOutsourcing, watch: Watch
) -> Iterator[Difference]:
    """A claim of relief is reported by itself; it excuses leaving the work out, not writing another."""
    relieved = old.relief is not None, new.relief is not None
    if relieved[0] != relieved[1]:
        yield watch.differs(f"{pointer}/relief", relieved[0], relieved[1], "report", REPORT, "relief")
    if not (any(relieved) and (old.work is None or new.work is None)):
        yield from _work(f"{pointer}/work", old.work, new.work, "(vii)イ", watch)
    yield from party_differences(
        f"{pointer}/party", "re_contractor", old.party, new.party, watch, excused=any(relieved)
    )


def _measures(filed: Plan, new: Plan, watch: Watch) -> Iterator[Difference]:
    """Item (iv): the measures of Order Art. 16."""
    for concerns in ("introduction", "outsourcing"):
        before, after = _texts(filed, concerns), _texts(new, concerns)
        if before != after:
            code = f"measures_{concerns}"
            yield watch.differs("/measures", before, after, "important", important("(viii)"), code)


def _texts(plan: Plan, concerns: str) -> tuple[str, ...]:
    def concerned(measure: Measure) -> bool:
        return measure.concerns == concerns

    return tuple(sorted(measure.text for measure in plan.measures if concerned(measure)))
