"""Everything that keeps a plan from being complete and consistent, at once (Art. 52(2), Order Arts. 9-17)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from services.infra_review.plan import rules_contents, rules_papers, rules_parties
from services.infra_review.plan.asked import Asked
from services.infra_review.plan.excuses import Filing, Known
from services.infra_review.plan.findings import Defect
from services.infra_review.plan.model import Plan, Token
from services.infra_review.plan.passport import Passport, compose
from services.infra_review.plan.places import Places
from services.infra_review.plan.rule import Rule
from services.infra_review.sectors import ministry_of

RULES: tuple[Rule, ...] = (
    *rules_contents.BOOK.rules,
    *rules_parties.BOOK.rules,
    *rules_papers.BOOK.rules,
)
"""Every rule, in the order of the law."""


def defects(
    plan: Plan,
    on: date,
    *,
    filing: Filing = "notification",
    passports: Mapping[Token, Passport] | None = None,
    before: Plan | None = None,
) -> tuple[Defect, ...]:
    """Every defect of `plan` if it is filed on the legal day `on`, in the order of the rules.

    With `passports` the cited ones are filled in and checked too; without, what they seal is left to their
    owners. `before` is the plan filed until now, composed too, when a change is filed: papers of unchanged
    parties may then be left out, as far as `filing` lets them. Articles are those of the business's ministry.
    """
    whole = plan if passports is None else compose(plan, passports)
    known = Known.of(before, filing)
    asked = Asked(on, filing, passports, plan, before, known, ministry_of(whole.business, on))
    places = Places.of(whole, asked)
    return tuple(defect for rule in RULES for defect in rule.defects(places, asked))
