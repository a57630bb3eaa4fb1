"""What was asked of whom in a case, and to whom the invention was disclosed (Art. 67(2)-(7))."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from msgspec.structs import replace

from services.patent.domain.vocabulary import Paper
from services.patent.roles import ASKED_AGENCY, EXPERT, INVITED_EXPERT
from services.platform.law.acts import Act, leaves
from services.platform.law.parties import Role
from services.platform.law.values import Value

Subject = Literal["designation", "continuation", "release", "permission", "amount"]
"""What is to be decided: 67(1), 70(3), 77(1), 73(1), 80(3)."""
Whom = Literal["applicant", "another", "agency"]
"""The applicant or another person concerned (67(2)), or a national agency (67(3))."""


# ---- Acts ----


@leaves("restricted")
class MaterialAsked(Act):
    """Material, an explanation or other help was asked for (67(2), (3))."""

    number: int
    subject: Subject
    whom: Whom
    of: str
    what: str
    due: date | None
    on: date


@leaves("restricted")
class MaterialGiven(Act):
    """What had been asked for was given, or why it was not."""

    number: int
    answer: str
    papers: tuple[Paper, ...]
    on: date


@leaves("restricted")
class AgencyConsulted(Act):
    """The head of an agency concerned was consulted (67(6))."""

    number: int
    subject: Subject
    agency: str
    question: str
    on: date


@leaves("restricted")
class AgencyAnswered(Act):
    """The head of an agency answered a consultation."""

    number: int
    answer: str
    on: date


@leaves("restricted")
class ExpertChosen(Act):
    """Somebody outside the State was chosen to be asked (67(4)), and why that does not harm the applicant."""

    person: str
    chosen_by: str
    subject: Subject
    insufficient: str
    regard_for_applicant: str
    on: date


@leaves("restricted")
class SecrecyExplained(Act):
    """It was explained to an expert, and the assistants it named, that 67(8) would bind them (67(5))."""

    person: str
    assistants: tuple[str, ...]
    on: date


@leaves("restricted")
class SecrecyAccepted(Act):
    """An expert, or an assistant of one, consented to the disclosure (67(5))."""

    person: str
    on: date


@leaves("restricted")
class InventionDisclosed(Act):
    """The invention was disclosed to an expert and the assistants (67(5)); 67(8) binds them from now on."""

    person: str
    what: str
    on: date


@leaves("restricted")
class ExpertHelped(Act):
    """An expert gave material, information or an explanation (67(4))."""

    person: str
    answer: str
    papers: tuple[Paper, ...]
    on: date


INVESTIGATION_ACTS = (
    MaterialAsked,
    MaterialGiven,
    AgencyConsulted,
    AgencyAnswered,
    ExpertChosen,
    SecrecyExplained,
    SecrecyAccepted,
    InventionDisclosed,
    ExpertHelped,
)


# ---- State ----


class Request(Value):
    """A request for material, an explanation or other help."""

    subject: Subject
    whom: Whom
    of: str
    what: str
    asked_on: date
    due: date | None
    answered_on: date | None = None


class Consultation(Value):
    """A consultation of the head of an agency."""

    subject: Subject
    agency: str
    question: str
    asked_on: date
    answered_on: date | None = None


class Expert(Value):
    """An expert outside the State: by whom chosen, and how far the disclosure has come."""

    person: str
    chosen_by: str
    assistants: tuple[str, ...] = ()
    explained_on: date | None = None
    consented: tuple[str, ...] = ()
    shown: str = ""
    """What of the invention was disclosed."""
    disclosed_on: date | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """The expert and the assistants, each of whom must consent."""
        return (self.person, *self.assistants)

    @property
    def bound(self) -> bool:
        """Whether 67(8) was explained and everyone consented."""
        return self.explained_on is not None and set(self.people) <= set(self.consented)


class Investigation(Value):
    """Everything asked in a case."""

    requests: tuple[Request, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    experts: tuple[Expert, ...] = ()

    def asked(self, whom: Whom, subject: Subject) -> bool:
        """Whether someone of that kind was asked on that subject."""
        return any((one.whom, one.subject) == (whom, subject) for one in self.requests)

    def expert(self, person: str) -> Expert | None:
        """The expert of that id."""
        return next((one for one in self.experts if one.person == person), None)


NOTHING_ASKED = Investigation()


def evolve(state: Investigation, act: Act) -> Investigation:
    """The investigation after `act`."""
    match act:
        case MaterialAsked():
            made = Request(act.subject, act.whom, act.of, act.what, act.on, act.due)
            return replace(state, requests=(*state.requests, made))
        case MaterialGiven():
            return replace(state, requests=_answered(state.requests, act.number, act.on))
        case AgencyConsulted():
            opened = Consultation(act.subject, act.agency, act.question, act.on)
            return replace(state, consultations=(*state.consultations, opened))
        case AgencyAnswered():
            return replace(state, consultations=_answered(state.consultations, act.number, act.on))
        case ExpertChosen():
            return replace(state, experts=(*state.experts, Expert(act.person, act.chosen_by)))
        case SecrecyExplained():
            return _of_expert(state, act.person, assistants=act.assistants, explained_on=act.on)
        case SecrecyAccepted():
            one = next(one for one in state.experts if act.person in one.people)
            return _of_expert(state, one.person, consented=(*one.consented, act.person))
        case InventionDisclosed():
            return _of_expert(state, act.person, shown=act.what, disclosed_on=act.on)
        case ExpertHelped():
            return state
    raise TypeError(f"{type(act).__name__} is no act of an investigation")


def drawn_in(state: Investigation) -> dict[Role, tuple[str, ...]]:
    """Who stands in the case because it was asked: agencies, and experts before and after the disclosure."""
    agencies = [one.of for one in state.requests if one.whom == "agency"]
    agencies += [one.agency for one in state.consultations]
    shown = [person for one in state.experts if one.disclosed_on for person in one.people]
    others = [person for one in state.experts for person in one.people if person not in shown]
    return {ASKED_AGENCY: tuple(agencies), EXPERT: tuple(shown), INVITED_EXPERT: tuple(others)}


def _answered(asked: tuple[Any, ...], number: int, on: date) -> tuple[Any, ...]:
    done = replace(asked[number - 1], answered_on=on)
    return (*asked[: number - 1], done, *asked[number:])


def _of_expert(state: Investigation, person: str, **changes: Any) -> Investigation:
    changed = (replace(one, **changes) if one.person == person else one for one in state.experts)
    return replace(state, experts=tuple(changed))
