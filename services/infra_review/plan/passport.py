"""The supplier passport: a supplier or contractor files its own facts once, sealed from operators.

Its operators see what a register shows anyone; the reviewing ministry sees it all. When a passport changes,
each live plan that cites it gets one draft that says what Art. 54 asks of that plan's operator.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from services.infra_review.plan.difference import NOTHING_DONE, Consequence, Difference, Progress
from services.infra_review.plan.model import Party, Plan, Token
from services.infra_review.plan.walk import map_parties, on_register, parties
from services.platform.law.values import Value

if TYPE_CHECKING:
    from services.infra_review.plan.findings import Defect


class Passport(Value):
    """What a party has filed about itself, at one revision; `party` holds its facts and papers."""

    token: Token
    party: Party
    revision: int = 1


def tokens(plan: Plan) -> frozenset[Token]:
    """Every passport the plan cites."""
    return frozenset(found.it.passport for found in parties(plan) if found.it.passport is not None)


def compose(plan: Plan, passports: Mapping[Token, Passport]) -> Plan:
    """The plan with every cited passport filled in; a token that nobody has filed under stays as it is."""

    def filled(party: Party) -> Party:
        cited = passports.get(party.passport) if party.passport is not None else None
        return party if cited is None else replace(cited.party, passport=party.passport)

    return map_parties(plan, filled)


def redact(plan: Plan) -> Plan:
    """The plan as its operator may see it: of a cited passport, only what a register shows anyone."""
    return map_parties(plan, sealed)


def sealed(party: Party) -> Party:
    """A party without what its passport seals; without a passport it is the operator's own writing."""
    return party if party.passport is None else on_register(party)


def place_shown(plan: Plan, pointer: str) -> str:
    """A place in a plan as its operator may know it: under a seal, only that it is under the seal."""
    seals = (f"{one.pointer}/" for one in parties(plan) if one.it.passport is not None)
    return next((f"{seal}passport" for seal in seals if pointer.startswith(seal)), pointer)


def seen_by_operator(plan: Plan, found: Iterable[Defect]) -> tuple[Defect, ...]:
    """Defects as the operator may read them: all that lies under one seal becomes a single word about it."""
    seals = [f"{one.pointer}/" for one in parties(plan) if one.it.passport is not None]
    shown: dict[tuple[str, str], Defect] = {}
    for defect in found:
        seal = next((s for s in seals if defect.field.startswith(s) and defect.field != f"{s}passport"), None)
        open_defect = _incomplete(seal, defect) if seal is not None else defect
        shown.setdefault((open_defect.field, open_defect.code), open_defect)
    return tuple(shown.values())


def _incomplete(seal: str, defect: Defect) -> Defect:
    from services.infra_review.plan.tables import sentence

    en, ja = sentence("defects", "passport_incomplete", {})
    return replace(
        defect,
        field=f"{seal}passport",
        code="passport_incomplete",
        article="52(2)",
        message=en,
        message_ja=ja,
    )


class LivePlan(Value):
    """A plan that Art. 54 still watches over, as filed (tokens, not contents), and how far it has come."""

    case_id: str
    plan: Plan
    progress: Progress = NOTHING_DONE


class Draft(Value):
    """What a new revision of a passport means for one plan."""

    case_id: str
    token: Token
    revision: int
    """Of the passport it speaks of; with case and token it is the draft's key, so that there is only one."""
    consequence: Consequence
    article: str
    sealed: tuple[Difference, ...] = ()
    """What has changed; for the reviewing ministry only."""

    def for_operator(self) -> Draft:
        """The draft as the operator may read it: what to do, not what has changed."""
        return replace(self, sealed=())


def drafts(
    before: Passport,
    after: Passport,
    live: Iterable[LivePlan],
    others: Mapping[Token, Passport] | None = None,
) -> tuple[Draft, ...]:
    """One draft for each live plan that cites the changed passport: nothing, a report, or a new notification.

    `others` are the passports the same plans cite besides; they did not change, so they need not be given.
    """
    from services.infra_review.plan.changes import classify

    made = []
    for one in live:
        if after.token not in tokens(one.plan):
            continue
        rest = dict(others or {})
        filed = compose(one.plan, {**rest, before.token: before})
        new = compose(one.plan, {**rest, after.token: after})
        found = classify(filed, new, one.progress)
        made.append(
            Draft(
                one.case_id, after.token, after.revision, found.consequence, found.article, found.differences
            )
        )
    return tuple(made)
