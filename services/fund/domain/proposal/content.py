"""What a proposal says, and everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from services.fund.data_files import read
from services.fund.domain.call.state import Terms
from services.fund.researchers import Member, Trl, is_orcid
from services.platform.law.parties import is_organisation
from services.platform.law.values import Between, Len, Value
from services.platform.shared.words import Name, Reasons


class Milestone(Value):
    """Something to be reached by a day."""

    name: Name
    due: date


class PhasePlan(Value):
    """A phase (フェーズ): from when to when, for how much, towards which level and milestones."""

    title: Name
    begins: date
    ends: date
    yen: Annotated[int, Between(1, 10**15)]
    trl_aim: Trl
    milestones: Annotated[tuple[Milestone, ...], Len(0, 50)] = ()


class Plan(Value):
    """What the research is, without a name in it: evaluators read this and nothing else."""

    title: Name
    technology: Name
    abstract: Reasons
    method: Annotated[str, Len(1, 40_000)]
    trl_now: Trl
    phases: Annotated[tuple[PhasePlan, ...], Len(1, 10)]

    @property
    def yen(self) -> int:
        """What it asks for."""
        return sum(phase.yen for phase in self.phases)

    @property
    def trl_aim(self) -> int:
        """The level its last phase aims at."""
        return self.phases[-1].trl_aim


class Content(Value):
    """A proposal: its plan, the people, principal researcher first, and their interests."""

    plan: Plan
    people: Annotated[tuple[Member, ...], Len(1, 500)]
    interests: Annotated[str, Len(0, 4000)] = ""
    """Relations to possible evaluators, companies or organisations abroad, as the authors declare them."""


def defects(content: Content, terms: Terms, institution: str) -> list[dict[str, str]]:
    """Everything for which a proposal cannot be submitted under these terms."""
    return [*_of_the_plan(content.plan, terms), *_of_the_people(content, terms, institution)]


def phase_defects(phases: tuple[PhasePlan, ...]) -> Iterator[dict[str, str]]:
    """What is wrong with the order and the days of phases."""
    last: date | None = None
    for place, phase in enumerate(phases):
        where = f"/plan/phases/{place}"
        if phase.ends < phase.begins:
            yield _defect(f"{where}/ends", "phase_ends_before_it_begins")
        if last is not None and phase.begins <= last:
            yield _defect(f"{where}/begins", "phases_overlap")
        last = phase.ends
        for number, milestone in enumerate(phase.milestones):
            if not phase.begins <= milestone.due <= phase.ends:
                yield _defect(f"{where}/milestones/{number}/due", "milestone_outside")


def _of_the_plan(plan: Plan, terms: Terms) -> Iterator[dict[str, str]]:
    if plan.technology != terms.technology:
        yield _defect("/plan/technology", "not_this_technology")
    if plan.yen > terms.most_yen:
        yield _defect("/plan/phases", "too_much_money", most=terms.most_yen, found=plan.yen)
    level = plan.trl_now
    for place, phase in enumerate(plan.phases):
        if phase.trl_aim < level:
            yield _defect(f"/plan/phases/{place}/trl_aim", "trl_falls")
        level = phase.trl_aim
    yield from phase_defects(plan.phases)


def _of_the_people(content: Content, terms: Terms, institution: str) -> Iterator[dict[str, str]]:
    people = content.people
    if len(people) > terms.most_people:
        yield _defect("/people", "too_many_people", most=terms.most_people, found=len(people))
    if institution not in {one.organisation for one in people}:
        yield _defect("/people", "institution_not_among_people")
    seen: set[str] = set()
    for place, one in enumerate(people):
        where = f"/people/{place}"
        numbers = {number for number in (one.orcid, one.e_rad) if number}
        if not numbers:
            yield _defect(where, "no_researcher_number")
        if numbers & seen:
            yield _defect(where, "same_person_twice")
        seen |= numbers
        if one.orcid and not is_orcid(one.orcid):
            yield _defect(f"{where}/orcid", "orcid_wrong")
        if not is_organisation(one.organisation):
            yield _defect(f"{where}/organisation", "organisation_wrong")
        effort = one.effort + sum(other.effort for other in one.others)
        if effort > 100:
            yield _defect(f"{where}/effort", "effort_beyond_all", found=effort)


def _defect(where: str, code: str, **facts: Any) -> dict[str, str]:
    said = read("proposal_defects")[code]
    return {
        "pointer": f"#{where}",
        "code": code,
        "message": said["en"].format_map(facts),
        "message_ja": said["ja"].format_map(facts),
    }
