"""How a council comes to be: planned, consulted about, consented to (62); or required by the fund (63(4))."""

from __future__ import annotations

from datetime import date

from services.council.domain.council.acts import (
    ConsentOverdue,
    CouncilEstablished,
    CouncilPlanned,
    FundCouncilBegun,
    OrganisersNamed,
    PrimeMinisterAnswered,
    PrimeMinisterConsulted,
    PrimeMinisterJoinedIn,
    PrincipalConsented,
    PrincipalDeclined,
)
from services.council.domain.council.persons import Council
from services.council.domain.council.procedure import (
    by_choice,
    consent_awaited,
    council,
    not_yet_established,
    of_the_fund,
)
from services.council.domain.vocabulary import (
    CABINET_OFFICE,
    Agency,
    Name,
    PassDay,
    ProjectId,
    Reasons,
    refuse_past,
)
from services.council.roles import PRIME_MINISTER, PRINCIPAL, RESEARCH_MINISTER
from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK, Parties, PersonId
from services.platform.law.procedure import Given, refuse_if, rule
from services.platform.law.values import Value

# ---- The rules ----


@rule("consent_given", "62(1)")
def consent_needed(state: Council, _: Given) -> bool:
    """The principal researcher has not answered."""
    return consent_awaited(state)


@rule("consent_not_overdue", "62(1)", explain=lambda state, _: {"due": state.answer_by})
def day_has_passed(state: Council, given: Given) -> bool:
    """The day asked for has passed without an answer, and nobody has recorded that."""
    due = state.answer_by
    return due is not None and given.today > due and consent_awaited(state) and not state.consent_overdue


@rule("prime_minister_was_consulted", "62(2)")
def not_consulted(state: Council, _: Given) -> bool:
    """The Prime Minister has not been consulted."""
    return state.consulted_on is None


@rule("prime_minister_not_asked", "62(2)")
def consultation_open(state: Council, _: Given) -> bool:
    """The Prime Minister was consulted and has not answered."""
    return state.consulted_on is not None and state.consultation_answered_on is None


@rule("already_joined_in", "63(4)")
def not_joined_in(state: Council, _: Given) -> bool:
    """The Prime Minister has not yet joined in organising."""
    return state.joined_in_on is None


# ---- A council that may be organised: 62(1), (2) ----


class PlanCouncil(Value):
    """For which research, paid by which ministry; who represents it, and by when consent is asked for.

    No article sets a day for the answer; where one is asked for, nothing follows from its passing but that it
    shows.
    """

    project_id: ProjectId
    title: Name
    technology: Name
    ministry: Agency
    principal: PersonId
    principal_name: Name
    answer_by: date | None = None

    @property
    def parties(self) -> Parties:
        """The minister and the principal researcher."""
        return Parties.of({RESEARCH_MINISTER: self.ministry, PRINCIPAL: self.principal})


@council.act("62(1)", by=[RESEARCH_MINISTER], opens=True)
def plan_council(_: Council, plan: PlanCouncil, given: Given) -> Acts:
    """Plan a council, and ask the principal researcher for consent."""
    if plan.answer_by is not None:
        refuse_past(plan.answer_by, given, "62(1)")
    yield CouncilPlanned(
        plan.project_id,
        plan.title,
        plan.technology,
        plan.ministry,
        plan.principal,
        plan.principal_name,
        plan.answer_by,
        given.today,
    )


class ConsultPrimeMinister(Value):
    """The council as it is planned: what for, with whom, under which rules."""

    draft: Reasons


@council.act("62(2)", by=[RESEARCH_MINISTER], when=[not_yet_established, by_choice, not_consulted])
def consult_prime_minister(_: Council, command: ConsultPrimeMinister, given: Given) -> Acts:
    """Consult the Prime Minister in advance (協議)."""
    yield PrimeMinisterConsulted(command.draft, given.today)


class AnswerConsultation(Value):
    """What the Prime Minister says to the planned council."""

    opinion: Reasons


@council.act("62(2)", by=[PRIME_MINISTER], when=[not_yet_established, consultation_open])
def answer_consultation(_: Council, command: AnswerConsultation, given: Given) -> Acts:
    """Answer the consultation, as the Prime Minister."""
    yield PrimeMinisterAnswered(command.opinion, given.today)


class ConsentToCouncil(Value):
    """Consent says nothing more than itself."""


@council.act("62(1)", by=[PRINCIPAL], when=[not_yet_established, by_choice, consent_needed])
def consent_to_council(_: Council, __: ConsentToCouncil, given: Given) -> Acts:
    """Consent to the council, as who represents the research."""
    yield PrincipalConsented(given.today)


class DeclineCouncil(Value):
    """Whoever does not consent need not say why."""

    reasons: Reasons | None = None


@council.act("62(1)", by=[PRINCIPAL], when=[not_yet_established, by_choice, consent_needed])
def decline_council(_: Council, command: DeclineCouncil, given: Given) -> Acts:
    """Not consent: without it no council can be organised under 62(1)."""
    yield PrincipalDeclined(command.reasons, given.today)


@council.act("62(1)", by=[THE_CLOCK], when=[not_yet_established, day_has_passed])
def note_no_answer(state: Council, _: PassDay, __: Given) -> Acts:
    """Record that the day asked for has passed; consent can still be given."""
    assert state.answer_by is not None
    yield ConsentOverdue(state.answer_by)


# ---- A council that must be organised: 63(4) ----


class BeginFundCouncil(Value):
    """A project to which the designated fund granted money, by which case of the fund."""

    project_id: str
    grant: str
    title: str
    ministry: str | None = None
    principal: str | None = None

    @property
    def parties(self) -> Parties:
        """The Prime Minister, and whoever is known of the others."""
        return Parties.of(
            {PRIME_MINISTER: CABINET_OFFICE, RESEARCH_MINISTER: self.ministry, PRINCIPAL: self.principal}
        )


@council.act("63(4)", by=[THE_CLOCK], opens=True)
def begin_fund_council(_: Council, begun: BeginFundCouncil, given: Given) -> Acts:
    """Begin to organise the council that a project of the designated fund has."""
    yield FundCouncilBegun(
        begun.project_id, begun.grant, begun.title, begun.ministry, begun.principal, given.today
    )


class NameOrganisers(Value):
    """Which minister is in charge of the fund, and who is regarded as representing the research."""

    title: Name
    technology: Name
    ministry: Agency
    principal: PersonId
    principal_name: Name


@council.act("63(4)", by=[PRIME_MINISTER, RESEARCH_MINISTER], when=[not_yet_established, of_the_fund])
def name_organisers(_: Council, named: NameOrganisers, given: Given) -> Acts:
    """Say who makes up the council besides the Prime Minister."""
    yield OrganisersNamed(
        named.title, named.technology, named.ministry, named.principal, named.principal_name, given.today
    )


class JoinInOrganising(Value):
    """The Prime Minister's part in organising says nothing more than itself."""


@council.act("63(4)", by=[PRIME_MINISTER], when=[not_yet_established, of_the_fund, not_joined_in])
def join_in_organising(_: Council, __: JoinInOrganising, given: Given) -> Acts:
    """Organise the council together with the minister in charge of the fund."""
    yield PrimeMinisterJoinedIn(given.today)


# ---- Both ----


class Establish(Value):
    """Organising says nothing more than itself: who makes the council up is known by then."""


@council.act("62(1), 63(4)", by=[RESEARCH_MINISTER], when=[not_yet_established])
def establish(state: Council, _: Establish, given: Given) -> Acts:
    """Organise the council: the principal researcher and the minister, and the Prime Minister under 63(4)."""
    if state.basis == "62(1)":
        refuse_if(state.consented_on is None, "principal_has_not_consented", "62(1)")
        refuse_if(state.consultation_answered_on is None, "prime_minister_not_consulted", "62(2)")
    else:
        refuse_if(state.ministry is None or not state.principal_name, "organisers_not_named", "63(4)")
        refuse_if(state.joined_in_on is None, "not_organised_jointly", "63(4)")
    yield CouncilEstablished(state.project_id, given.at, given.today)
