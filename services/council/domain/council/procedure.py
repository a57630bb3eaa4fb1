"""The procedure of a council: whose case it is, and where it waits."""

from __future__ import annotations

from services.council.domain.council.acts import COUNCIL_ACTS
from services.council.domain.council.folding import evolve
from services.council.domain.council.persons import Council
from services.council.roles import (
    BOUND,
    CABINET_OFFICE,
    PARTICIPANT,
    PRIME_MINISTER,
    PRINCIPAL,
    RESEARCH_MINISTER,
    by_role,
    invited_role_of,
)
from services.platform.law.parties import NOBODY, Parties, Role
from services.platform.law.procedure import Given, Procedure, Stage, end, rule
from services.statute import end_of


def parties(state: Council) -> Parties:
    """Whose case it is: the organisers', the principal researcher's, the members', who is on its affairs."""
    if state.basis is None:
        return NOBODY
    held: dict[Role, list[str | None]] = {RESEARCH_MINISTER: [state.ministry]}
    if state.basis == "63(4)" or state.consulted_on is not None:
        held[PRIME_MINISTER] = [CABINET_OFFICE]
    if state.declined_on is None:
        held[PRINCIPAL] = [state.principal]
    if state.going:
        for role, ids in by_role((one.kind, one.id) for one in state.current).items():
            held.setdefault(role, []).extend(ids)
        for one in state.members:
            if one.invited:
                held.setdefault(invited_role_of(one.kind), []).append(one.id)
        held[PARTICIPANT] = list(state.persons())
    held[BOUND] = list(state.bound())
    return Parties.of(held)


def consent_awaited(state: Council) -> bool:
    """Whether the principal researcher's consent is needed and has not been given (62(1))."""
    return state.basis == "62(1)" and state.consented_on is None


STAGES: tuple[Stage[Council], ...] = (
    end("Dissolved", "Dissolved", "解散", "62(8)", lambda s: s.dissolved is not None),
    Stage(
        "Established",
        "Established",
        "設置",
        "62(1), 63(4)",
        lambda s: s.established is not None,
        then=("Dissolved",),
    ),
    end(
        "NoConsent",
        "The principal researcher did not consent",
        "研究代表者の不同意",
        "62(1)",
        lambda s: s.declined_on is not None,
    ),
    Stage(
        "ConsentOverdue",
        "The principal researcher has not answered by the day asked for",
        "研究代表者の回答の遅延",
        "62(1)",
        lambda s: consent_awaited(s) and s.consent_overdue,
        then=("Preparation", "NoConsent"),
    ),
    Stage(
        "AwaitConsent",
        "The principal researcher's consent is awaited",
        "研究代表者の同意待ち",
        "62(1)",
        consent_awaited,
        until=lambda s: end_of(s.answer_by) if s.answer_by else None,
        then=("Preparation", "NoConsent", "ConsentOverdue"),
    ),
    Stage(
        "Preparation",
        "The council is being organised",
        "設置の準備",
        "62(1), (2), 63(4)",
        lambda _: True,
        then=("Established",),
    ),
)
council: Procedure[Council] = Procedure(
    name="council",
    title="Council",
    title_ja="協議会",
    initial=Council(),
    evolve=evolve,
    acts=COUNCIL_ACTS,
    parties=parties,
    stages=STAGES,
    crowded=True,
)

# ---- The rules ----


@rule("council_stands", "62(1)")
def not_yet_established(state: Council, _: Given) -> bool:
    """The council is planned, and nobody has refused it."""
    return state.established is None and state.declined_on is None


@rule("no_council", "62(1), 63(4)")
def going(state: Council, _: Given) -> bool:
    """The council has been organised and not dissolved."""
    return state.going


@rule("not_by_choice", "62(1)")
def by_choice(state: Council, _: Given) -> bool:
    """The council is one that may be organised (62(1)), not one that must be (63(4))."""
    return state.basis == "62(1)"


@rule("not_of_the_fund", "63(4)")
def of_the_fund(state: Council, _: Given) -> bool:
    """The council is one of the designated fund, which must be organised."""
    return state.basis == "63(4)"
