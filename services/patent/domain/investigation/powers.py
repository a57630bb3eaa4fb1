"""The powers of finding out (Art. 67(2)-(7)), for every case in which the Prime Minister has to decide.

The state of such a case has an `investigation`, the subjects now `under_investigation`, and whether secrecy
binds whoever is shown the invention (`secrecy_binds`: always, but for compensation after the designation has
ended, where Art. 80(4) applies 67(5) without its second sentence).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Protocol

from services.patent.domain.investigation.state import (
    AgencyAnswered,
    AgencyConsulted,
    Expert,
    ExpertChosen,
    ExpertHelped,
    InventionDisclosed,
    Investigation,
    MaterialAsked,
    MaterialGiven,
    SecrecyAccepted,
    SecrecyExplained,
    Subject,
)
from services.patent.domain.notices import issue
from services.patent.domain.vocabulary import Agency, Line, Papers, Restricted, refuse_past
from services.patent.roles import (
    AGENT,
    APPLICANT,
    ASKED_AGENCY,
    CABINET_OFFICE,
    CLAIMANT,
    EXPERT,
    INVITED_EXPERT,
    PRIME_MINISTER,
)
from services.platform.law.acts import Acts
from services.platform.law.parties import PersonId
from services.platform.law.procedure import Given, Powers, Refusal, refuse_if, rule
from services.platform.law.values import AtLeast, Len, Value


class Investigated(Protocol):
    """What the powers ask of a case's state."""

    @property
    def investigation(self) -> Investigation:
        """What was asked so far."""
        ...

    @property
    def under_investigation(self) -> tuple[Subject, ...]:
        """What may be asked about now."""
        ...

    @property
    def electronic_notices(self) -> bool:
        """Whether the applicant or claimant takes notices in its file here."""
        ...

    @property
    def secrecy_binds(self) -> bool:
        """Whether who is shown the invention must first have consented to be bound by 67(8)."""
        ...


@rule("nothing_to_find_out", "67(2)")
def undecided(state: Investigated, _: Given) -> bool:
    """There is something the Prime Minister has yet to decide in the case."""
    return bool(state.under_investigation)


def _refuse_subject(state: Investigated, subject: Subject, article: str) -> None:
    refuse_if(
        subject not in state.under_investigation,
        "subject_not_open",
        article,
        subject=subject,
        open=", ".join(state.under_investigation),
    )


investigating: Powers[Investigated] = Powers()
"""Asking the parties, agencies and experts: Art. 67(2)-(5)."""
consulting: Powers[Investigated] = Powers()
"""Consulting heads of agencies: Art. 67(6), which 80(4) does not apply."""
WHEN = (undecided,)

# ---- The parties and others concerned: 67(2) ----


class AskForMaterial(Value):
    """What is asked, for which decision, by which day; of the applicant, or of another person concerned."""

    subject: Subject
    what: Restricted
    due: date
    of: Line | None = None


@investigating.act("67(2)", by=[PRIME_MINISTER], when=WHEN)
def ask_for_material(state: Investigated, command: AskForMaterial, given: Given) -> Acts:
    """Ask the applicant or another person concerned for material and an explanation."""
    _refuse_subject(state, command.subject, "67(2)")
    refuse_past(command.due, given, "67(2)")
    number = len(state.investigation.requests) + 1
    yield MaterialAsked(
        number,
        command.subject,
        "another" if command.of else "applicant",
        command.of or "the applicant",
        command.what,
        command.due,
        given.today,
    )
    if not command.of:
        yield from issue("material_asked", state, given)


class GiveMaterial(Value):
    """The answer to the request of that number; a late one is taken."""

    number: Annotated[int, AtLeast(1)]
    answer: Restricted
    papers: Papers = ()


@investigating.act("67(2), (3)", by=[APPLICANT, CLAIMANT, AGENT, ASKED_AGENCY, PRIME_MINISTER], when=WHEN)
def give_material(state: Investigated, command: GiveMaterial, given: Given) -> Acts:
    """Give what was asked for: everyone its own; the Cabinet Office enters what another person gave."""
    requests = state.investigation.requests
    asked = requests[command.number - 1] if command.number <= len(requests) else None
    if asked is None or asked.answered_on is not None:
        raise Refusal("no_open_request", "67(2)", number=command.number)
    roles = given.by.roles
    mine = {
        "applicant": bool(roles & {APPLICANT.name, CLAIMANT.name, AGENT.name}),
        "agency": ASKED_AGENCY.name in roles and given.by.ministry == asked.of,
        "another": PRIME_MINISTER.name in roles,
    }
    refuse_if(not mine[asked.whom], "no_open_request", "67(2)", number=command.number)
    yield MaterialGiven(command.number, command.answer, command.papers, given.today)


# ---- Agencies: 67(3) ----


class AskAgency(Value):
    """Which agency with the necessary knowledge is asked, for which decision, and what."""

    subject: Subject
    agency: Agency
    what: Restricted


@investigating.act("67(3)", by=[PRIME_MINISTER], when=WHEN)
def ask_agency(state: Investigated, command: AskAgency, given: Given) -> Acts:
    """Ask a national agency for material, information, an explanation or other help."""
    _refuse_subject(state, command.subject, "67(3)")
    number = len(state.investigation.requests) + 1
    yield MaterialAsked(number, command.subject, "agency", command.agency, command.what, None, given.today)


# ---- Experts outside the State: 67(4), (5), (7) ----


class ChooseExpert(Value):
    """Who is asked, why what is at hand is not enough, and how the applicant's interest was considered."""

    person: PersonId
    subject: Subject
    insufficient: Restricted
    regard_for_applicant: Restricted


@investigating.act("67(4), (7)", by=[PRIME_MINISTER, ASKED_AGENCY], when=WHEN)
def choose_expert(state: Investigated, command: ChooseExpert, given: Given) -> Acts:
    """Choose an expert outside the State, once what agencies have given is not enough (67(4)).

    A consulted agency may, when it has not enough of its own to answer (67(7)). The same expert can be asked
    again for another judgement: each has its own explanation, consent and disclosure (67(5), 70(4)).
    """
    _refuse_subject(state, command.subject, "67(4)")
    found, by = state.investigation, _side(given)
    consulted = any((one.agency, one.subject) == (by, command.subject) for one in found.consultations)
    first = found.asked("agency", command.subject) if by == CABINET_OFFICE else consulted
    refuse_if(not first, "agencies_come_first", "67(4)", subject=command.subject)
    mine = (one for one in found.experts if (one.person, one.chosen_by) == (command.person, by))
    pending = any(one.subject in ("", command.subject) and not one.done for one in mine)
    refuse_if(pending, "expert_already_chosen", "67(4)")
    yield ExpertChosen(
        command.person,
        by,
        command.subject,
        command.insufficient,
        command.regard_for_applicant,
        given.today,
    )


class ExplainSecrecy(Value):
    """To which expert, and to the assistants it asked to use."""

    person: PersonId
    assistants: Annotated[tuple[PersonId, ...], Len(0, 20)] = ()


@investigating.act("67(5), (7)", by=[PRIME_MINISTER, ASKED_AGENCY], when=WHEN)
def explain_secrecy(state: Investigated, command: ExplainSecrecy, given: Given) -> Acts:
    """Explain that 67(8) will bind the expert and the assistants."""
    number, one = _chosen(state, command.person, given)
    refuse_if(one.explained_on is not None, "secrecy_already_explained", "67(5)")
    everyone = (command.person, *command.assistants)
    refuse_if(len(set(everyone)) < len(everyone), "expert_already_chosen", "67(5)")
    yield SecrecyExplained(command.person, command.assistants, given.today, number)


class AcceptSecrecy(Value):
    """Consent says nothing more than that it is given; nobody consents for another."""


@investigating.act("67(5)", by=[INVITED_EXPERT], when=WHEN)
def accept_secrecy(state: Investigated, _: AcceptSecrecy, given: Given) -> Acts:
    """Consent to the disclosure, knowing that 67(8) will bind."""
    person = given.by.subject
    asked = [pair for pair in enumerate(state.investigation.experts, start=1) if person in pair[1].people]
    explained = [(number, one) for number, one in asked if one.explained_on is not None]
    refuse_if(not explained, "secrecy_not_explained", "67(5)")
    open_ = [number for number, one in explained if person not in one.consented]
    refuse_if(not open_, "secrecy_already_accepted", "67(5)")
    yield SecrecyAccepted(person, given.today, open_[0])


class Disclose(Value):
    """To which expert, and what of the invention: as much as the question needs."""

    person: PersonId
    what: Restricted


@investigating.act("67(5), (7)", by=[PRIME_MINISTER, ASKED_AGENCY], when=WHEN)
def disclose(state: Investigated, command: Disclose, given: Given) -> Acts:
    """Disclose the invention to an expert and the assistants, all of whom have consented."""
    number, one = _chosen(state, command.person, given)
    refuse_if(one.disclosed_on is not None, "already_disclosed", "67(5)")
    refuse_if(state.secrecy_binds and not one.bound, "consent_comes_first", "67(5)")
    yield InventionDisclosed(command.person, command.what, given.today, number)


class HelpAsExpert(Value):
    """What the expert gives."""

    answer: Restricted
    papers: Papers = ()


@investigating.act("67(4), (7)", by=[EXPERT, INVITED_EXPERT], when=WHEN)
def help_as_expert(state: Investigated, command: HelpAsExpert, given: Given) -> Acts:
    """Give material, information or an explanation, as an expert; nothing obliges one to."""
    person = given.by.subject
    mine = [n for n, one in enumerate(state.investigation.experts, start=1) if one.person == person]
    refuse_if(not mine, "not_the_expert", "67(4)")
    yield ExpertHelped(person, command.answer, command.papers, given.today, mine[-1])


# ---- Consultation: 67(6) ----


class Consult(Value):
    """The head of which agency is consulted on which judgement, and about what."""

    subject: Subject
    agency: Agency
    question: Restricted


@consulting.act("67(6)", by=[PRIME_MINISTER], when=WHEN)
def consult(state: Investigated, command: Consult, given: Given) -> Acts:
    """Consult the head of an agency concerned before judging."""
    _refuse_subject(state, command.subject, "67(6)")
    # 73(5) applies 67(2)-(5) and (8) to a permission, and not 67(6).
    refuse_if(command.subject == "permission", "no_consultation_on_this", "73(5)")
    number = len(state.investigation.consultations) + 1
    yield AgencyConsulted(number, command.subject, command.agency, command.question, given.today)


class AnswerConsultation(Value):
    """The answer of the head of the agency to the consultation of that number."""

    number: Annotated[int, AtLeast(1)]
    answer: Restricted


@consulting.act("67(6)", by=[ASKED_AGENCY], when=WHEN)
def answer_consultation(state: Investigated, command: AnswerConsultation, given: Given) -> Acts:
    """Answer a consultation."""
    all_of_them = state.investigation.consultations
    asked = all_of_them[command.number - 1] if command.number <= len(all_of_them) else None
    if asked is None or asked.answered_on is not None or asked.agency != given.by.ministry:
        raise Refusal("no_open_request", "67(6)", number=command.number)
    yield AgencyAnswered(command.number, command.answer, given.today)


def _side(given: Given) -> str:
    """The authority someone acts for."""
    return CABINET_OFFICE if PRIME_MINISTER.name in given.by.roles else (given.by.ministry or "")


def _chosen(state: Investigated, person: str, given: Given) -> tuple[int, Expert]:
    """The last time that expert was chosen by the authority that acts now, with its number."""
    side = _side(given)
    chosen = [
        (number, one)
        for number, one in enumerate(state.investigation.experts, start=1)
        if (one.person, one.chosen_by) == (person, side)
    ]
    if not chosen:
        raise Refusal("not_the_expert", "67(5)")
    return chosen[-1]
