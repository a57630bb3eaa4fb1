"""Must I notify? The tests of Arts. 52(1) and 53 and Cabinet Order Art. 10, before anyone files.

The answer is of help, not a decision: it rests on what the person states, says what is missing when it cannot
tell, and names the article behind each reason. Nothing is stored.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from services.infra_review.plan.articles import Cite
from services.infra_review.plan.control import Group, Verdict, subsidiary
from services.infra_review.plan.grace import Since, grace, kind_of
from services.infra_review.plan.tables import sentence
from services.infra_review.sectors import business_in_force, ministry_of
from services.platform.law.values import Len, Value

SupplierKind = Literal[
    "other",
    "national_agency",
    "local_government",
    "independent_administrative_agency",
    "local_independent_administrative_agency",
    "public_university_corporation",
]
EXEMPT_BODIES = {
    "national_agency": "CO 10(1)(ii)",
    "local_government": "CO 10(1)(iii)",
    "independent_administrative_agency": "CO 10(1)(iv)",
    "local_independent_administrative_agency": "CO 10(1)(v)",
}
"""Bodies whose equipment needs no plan; a public university corporation is not among them (CO 10(1)(v))."""
LISTED = Cite("50(1)", "equipment")
URGENT = Cite("52(1)", "emergency", "(1)")
REPORTED = Cite("52(1), 52(11)", "emergency")
CONTROLLED = Cite("CO 10(1)(i), (2), (3)", "parent")


UNRELATED = Group()


class Emergency(Value):
    """Why it cannot wait (METI Order Art. 10(1)); all four must hold. `None` is unknown."""

    service_hindered: bool | None = None
    """The service is, or may be, hindered."""
    needed_to_remove_it: bool | None = None
    no_other_way: bool | None = None
    not_brought_about_to_evade: bool | None = None


class Question(Value):
    """An introduction or outsourcing that somebody has in mind; `None` is unknown."""

    act: Literal["introduction", "outsourcing"]
    business: Annotated[str, Len(1, 80)]
    planned_on: date
    """The day on which it is to be introduced, or from which it is to be outsourced."""
    designated_on: date | None = None
    """The day of designation for that business; absent for somebody not designated."""
    equipment_kind: Annotated[str, Len(1, 80)] | None = None
    """Id of the kind in the sector table, or `none_of_these`."""
    from_another_operator: bool | None = None
    """Whether it comes from, or is given to, another operator (他の事業者)."""
    supplier: SupplierKind = "other"
    group: Group = UNRELATED
    """How the operator is related to a supplier of the kind `other`."""
    others_equipment_built_in: bool | None = None
    """Whether specified critical equipment of somebody not exempt is built in."""
    equipment_listed_on: date | None = None
    """The day a change of the order made it specified critical (53(2)); if absent, as the table says."""
    work_listed_on: date | None = None
    """The day a change of the order made `work` on it important (53(3)); if absent, as the table says."""
    work: Annotated[tuple[Literal["maintenance", "operation"], ...], Len(0, 2)] = ()
    """What work would be given to another, of an outsourcing."""
    emergency: Emergency | None = None


class Reason(Value):
    """One reason of the answer, in both languages, with its article."""

    code: str
    article: str
    message: str
    message_ja: str


class Advice(Value):
    """Whether a plan must be filed in advance, and why; `afterwards` says what is due instead."""

    notify: Verdict
    reasons: tuple[Reason, ...]
    afterwards: Literal["emergency_report"] | None = None


def _because(code: str, article: str, **facts: object) -> tuple[Reason, ...]:
    return (Reason(code, article, *sentence("precheck", code, facts)),)


def must_notify(question: Question) -> Advice:
    """Whether Art. 52(1) asks for a plan in advance."""
    for outside in (_not_covered, _in_grace, _own_work):
        answer = outside(question)
        if answer is not None:
            return answer
    open_points = _open_points(question)
    if question.act == "outsourcing":
        # Cabinet Order Art. 10 speaks of equipment that is supplied, not of who does the work.
        reasons = _because("outsourcing_never_exempt", "52(1)")
        duty: Verdict = "yes"
    else:
        duty, reasons = _introduction(question)
    if duty == "no":
        return Advice("no", reasons)
    if question.emergency is not None:
        ministry = ministry_of(question.business, question.planned_on)
        urgent = _urgent(question.emergency)
        if urgent == "yes":
            urgency = _because("emergency", REPORTED.of(ministry))
            return Advice("no", (*reasons, *open_points, *urgency), "emergency_report")
        if urgent == "undetermined":
            waits = _because("emergency_open", URGENT.of(ministry))
            return Advice("undetermined", (*reasons, *open_points, *waits))
        reasons = (*reasons, *_because("no_emergency", URGENT.of(ministry)))
    if duty == "undetermined" or open_points:
        return Advice("undetermined", (*reasons, *open_points))
    return Advice("yes", (*_because("duty", "52(1)"), *reasons))


def _not_covered(question: Question) -> Advice | None:
    """Businesses, persons and equipment that Chapter 3 does not reach."""
    on = question.planned_on
    business = business_in_force(question.business, on)
    if business is None:
        return Advice("no", _because("business_not_covered", "50(1)", business=question.business, on=on))
    if question.designated_on is None:
        return Advice("no", _because("not_designated", "50(1)"))
    if on < question.designated_on:
        return Advice("no", _because("before_designation", "50(1)", designated=question.designated_on))
    kinds = [kind.id for kind in business.equipment]
    if question.equipment_kind is not None and question.equipment_kind not in kinds:
        article = LISTED.of(ministry_of(question.business, on))
        return Advice("no", _because("equipment_not_listed", article, listed=", ".join(kinds)))
    return None


def _in_grace(question: Question) -> Advice | None:
    """The six months of Art. 53, during which an introduction or outsourcing needs no plan."""
    kind = kind_of(question.business, question.equipment_kind, question.planned_on)
    equipment, work = question.equipment_listed_on, question.work_listed_on
    if kind is not None:
        equipment = equipment or kind.listed_from
        work = work or kind.work_listed_from(question.work)
    since = Since(question.designated_on, equipment, work)
    found = grace(question.act, question.planned_on, since)
    if found is not None:
        code, runs = found
        return Advice("no", _because(code, runs.article, last=runs.last_day, free=runs.free_from))
    return None


def _own_work(question: Question) -> Advice | None:
    """What an operator makes or does itself."""
    if question.from_another_operator is False:
        return Advice("no", _because("own_work", "52(1)"))
    return None


def _open_points(question: Question) -> tuple[Reason, ...]:
    """What nobody has stated and the answer depends on."""
    reasons: tuple[Reason, ...] = ()
    if question.equipment_kind is None:
        reasons += _because("equipment_kind_open", "50(1)")
    if question.from_another_operator is None:
        reasons += _because("other_operator_open", "52(1)")
    return reasons


def _introduction(question: Question) -> tuple[Verdict, tuple[Reason, ...]]:
    """The exemption of Cabinet Order Art. 10, and what built-in equipment of others makes of it."""
    exempt, reasons = _exempt(question)
    built_in = question.others_equipment_built_in
    if exempt == "no":
        return "yes", reasons
    if built_in:
        return "yes", (*reasons, *_because("built_in", "52(1)"))
    if built_in is None:
        return "undetermined", (*reasons, *_because("built_in_open", "52(1)"))
    return ("no" if exempt == "yes" else "undetermined"), reasons


def _exempt(question: Question) -> tuple[Verdict, tuple[Reason, ...]]:
    if question.supplier in EXEMPT_BODIES:
        return "yes", _because("public_body", EXEMPT_BODIES[question.supplier])
    if question.supplier == "public_university_corporation":
        return "no", _because("public_university_corporation", "CO 10(1)(v)")
    verdict = subsidiary(question.group)
    article = CONTROLLED.of(ministry_of(question.business, question.planned_on))
    return verdict, _because(f"subsidiary_{verdict}", article)


def _urgent(emergency: Emergency) -> Verdict:
    facts = (
        emergency.service_hindered,
        emergency.needed_to_remove_it,
        emergency.no_other_way,
        emergency.not_brought_about_to_evade,
    )
    if any(fact is False for fact in facts):
        return "no"
    return "undetermined" if any(fact is None for fact in facts) else "yes"
