"""What was asked of whom in a case, and to whom the invention was disclosed (Art. 67(2)-(7))."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from msgspec.structs import replace

from services.patent.domain.notices import Notices, reached
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
    number: int = 0
    """Of the choices in the case, which; 0 in records of before an expert could be asked again."""


@leaves("restricted")
class SecrecyAccepted(Act):
    """An expert, or an assistant of one, consented to the disclosure (67(5))."""

    person: str
    on: date
    number: int = 0


@leaves("restricted")
class InventionDisclosed(Act):
    """The invention was disclosed to an expert and the assistants (67(5)); 67(8) binds them from now on."""

    person: str
    what: str
    on: date
    number: int = 0


@leaves("restricted")
class ExpertHelped(Act):
    """An expert gave material, information or an explanation (67(4))."""

    person: str
    answer: str
    papers: tuple[Paper, ...]
    on: date
    number: int = 0


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
    """An expert outside the State: by whom chosen, for which judgement, and how far it has come."""

    person: str
    chosen_by: str
    subject: Subject | Literal[""] = ""
    assistants: tuple[str, ...] = ()
    explained_on: date | None = None
    consented: tuple[str, ...] = ()
    shown: str = ""
    """What of the invention was disclosed."""
    disclosed_on: date | None = None
    helped_on: date | None = None

    @property
    def done(self) -> bool:
        """Whether what it was chosen for has been done: it was shown the invention, or helped without."""
        return self.disclosed_on is not None or self.helped_on is not None

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
        """The expert of that id, as it was chosen last."""
        return next((one for one in reversed(self.experts) if one.person == person), None)


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
            chosen = Expert(act.person, act.chosen_by, act.subject)
            return replace(state, experts=(*state.experts, chosen))
        case SecrecyExplained():
            return _of_expert(state, act, assistants=act.assistants, explained_on=act.on)
        case SecrecyAccepted():
            one = state.experts[_place(state, act)]
            return _of_expert(state, act, consented=(*one.consented, act.person))
        case InventionDisclosed():
            return _of_expert(state, act, shown=act.what, disclosed_on=act.on)
        case ExpertHelped():
            return _of_expert(state, act, helped_on=act.on)
    raise TypeError(f"{type(act).__name__} is no act of an investigation")


def drawn_in(state: Investigation) -> dict[Role, tuple[str, ...]]:
    """Who stands in the case because it was asked: agencies, and experts before and after the disclosure."""
    agencies = [one.of for one in state.requests if one.whom == "agency"]
    agencies += [one.agency for one in state.consultations]
    shown = [person for one in state.experts if one.disclosed_on for person in one.people]
    others = [person for one in state.experts if not one.disclosed_on for person in one.people]
    return {ASKED_AGENCY: tuple(agencies), EXPERT: tuple(shown), INVITED_EXPERT: tuple(others)}


def asked_so_far(state: Investigation, notices: Notices) -> Investigation:
    """What was asked, without what is still on its way to the applicant."""
    of_applicant = [one for one in state.requests if one.whom == "applicant"]
    arrived = set(map(id, reached(of_applicant, notices, "material_asked")))
    kept = tuple(one for one in state.requests if one.whom != "applicant" or id(one) in arrived)
    return replace(state, requests=kept)


def _answered(asked: tuple[Any, ...], number: int, on: date) -> tuple[Any, ...]:
    done = replace(asked[number - 1], answered_on=on)
    return (*asked[: number - 1], done, *asked[number:])


def _place(state: Investigation, act: Any) -> int:
    """Where the choice stands that an act is about; older records name the person alone."""
    if act.number:
        return int(act.number) - 1
    return next(n for n, one in enumerate(state.experts) if act.person in one.people)


def _of_expert(state: Investigation, act: Any, **changes: Any) -> Investigation:
    place = _place(state, act)
    changed = replace(state.experts[place], **changes)
    return replace(state, experts=(*state.experts[:place], changed, *state.experts[place + 1 :]))
