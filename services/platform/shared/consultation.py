"""Consultation with the Prime Minister and the heads of the agencies concerned (協議). Pure.

What is consulted about, by which article and under which further rules, the chapter says:

    consultation = consulting("56(1)", by=[REVIEWING_OFFICIAL], when=[under_review])
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Protocol

from msgspec.structs import replace

from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import Role
from services.platform.law.procedure import Decide, Given, Powers, Rule, refuse_if, rule
from services.platform.law.values import Len, Value
from services.platform.shared.words import CABINET_OFFICE, PRIME_MINISTER, Name, Necessity, Reasons


class Opinion(Value):
    """The opinion (意見) of one of those consulted."""

    of: str
    opinion: str
    on: date


class Consultation(Value):
    """One consultation: about what, with whom, and what they said."""

    about: str
    opened_on: date
    agencies: tuple[str, ...]
    opinions: tuple[Opinion, ...] = ()
    closed_on: date | None = None
    used: bool = False
    """Whether the measure it was about has been taken, or given up."""

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Those consulted who have not given an opinion."""
        heard = {opinion.of for opinion in self.opinions}
        return tuple(agency for agency in self.agencies if agency not in heard)

    @property
    def running(self) -> bool:
        """Whether it is open."""
        return self.closed_on is None


Consultations = tuple[Consultation, ...]


class Consulting(Protocol):
    """A case in which measures are consulted about."""

    @property
    def consultations(self) -> Consultations:
        """The consultations so far, in order."""


# ---- Acts ----


@leaves("restricted", "agencies")
class ConsultationOpened(Act):
    """The competent minister began to consult."""

    about: str
    on: date
    agencies: tuple[str, ...]
    draft: str
    necessity: Necessity


@leaves("restricted", "of")
class OpinionGiven(Act):
    """One of those consulted gave an opinion."""

    of: str
    opinion: str
    on: date


@leaves("restricted")
class ConsultationClosed(Act):
    """The consultation is over."""

    on: date
    without: str | None


CONSULTATION_ACTS = (ConsultationOpened, OpinionGiven, ConsultationClosed)


def evolve(consultations: Consultations, act: Act) -> Consultations:
    """The consultations after `act`, which is one of `CONSULTATION_ACTS`."""
    if isinstance(act, ConsultationOpened):
        agencies = tuple(dict.fromkeys((PRIME_MINISTER, *act.agencies)))
        return (*consultations, Consultation(act.about, act.on, agencies))
    *before, last = consultations
    if isinstance(act, OpinionGiven):
        return (*before, replace(last, opinions=(*last.opinions, Opinion(act.of, act.opinion, act.on))))
    assert isinstance(act, ConsultationClosed)
    return (*before, replace(last, closed_on=act.on))


def consulted(consultations: Consultations, about: str) -> bool:
    """Whether a consultation about this very measure is over and has not been used."""
    return any(c.about == about and not c.running and not c.used for c in consultations)


def spent(consultations: Consultations) -> Consultations:
    """The consultations, none of which can carry another measure."""
    return tuple(replace(consultation, used=True) for consultation in consultations)


def running(consultations: Consultations) -> Consultation | None:
    """The consultation that is open."""
    return next((c for c in consultations if c.running), None)


# ---- Rules ----


@rule("consultation_open")
def none_open(state: Consulting, _: Given) -> bool:
    """No consultation is going on."""
    return running(state.consultations) is None


@rule("no_consultation_open")
def one_open(state: Consulting, _: Given) -> bool:
    """A consultation is going on."""
    return running(state.consultations) is not None


def consulted_about(measure: str, article: str) -> Rule[Consulting]:
    """The Prime Minister and the agencies have been consulted about the measure, as `article` asks."""
    return Rule(
        "not_consulted",
        article,
        lambda state, _: consulted(state.consultations, measure),
        lambda _state, _given: {"measure": measure},
    )


# ---- The powers ----


class Consult(Value):
    """What is intended, and which heads of agencies are asked besides the Prime Minister."""

    about: Name
    draft: Reasons
    necessity: Necessity
    agencies: Annotated[tuple[Name, ...], Len(0, 30)] = ()


def consult(_: Consulting, command: Consult, given: Given) -> Acts:
    """Ask the Prime Minister and the heads of the agencies concerned about an intended measure (協議)."""
    agencies = tuple(dict.fromkeys((PRIME_MINISTER, *command.agencies)))
    yield ConsultationOpened(command.about, given.today, agencies, command.draft, command.necessity)


class GiveOpinion(Value):
    """The opinion of one of those consulted."""

    of: Name
    opinion: Reasons


def give_opinion(state: Consulting, command: GiveOpinion, given: Given) -> Acts:
    """Give the Prime Minister's opinion, or enter that of the head of an agency who was asked."""
    asked = running(state.consultations)
    assert asked is not None
    refuse_if(command.of not in asked.agencies, "not_consulted_agency", agency=command.of)
    refuse_another_voice(command.of, given)
    yield OpinionGiven(command.of, command.opinion, given.today)


class CloseConsultation(Value):
    """The end of the consultation; `without` says why it ends although not everyone has given an opinion."""

    without: Reasons | None = None


def close_consultation(state: Consulting, command: CloseConsultation, given: Given) -> Acts:
    """Close the consultation, once everyone has given an opinion, or saying why that is not awaited."""
    asked = running(state.consultations)
    missing = asked.unanswered if asked else ()
    outstanding = bool(missing) and command.without is None
    refuse_if(outstanding, "opinions_outstanding", agencies=", ".join(missing))
    yield ConsultationClosed(given.today, command.without)


def consulting(
    article: str,
    *,
    by: Iterable[Role],
    when: Iterable[Rule[Any]] = (),
    begin: Decide = consult,
    begins_when: Iterable[Rule[Any]] = (),
) -> Powers[Any]:
    """The powers to consult by `article` while the rules `when` hold, held by `by`.

    An opinion is given by the Prime Minister's side too. A chapter with a `begin` of its own says there what
    can be consulted about; to begin needs the rules `begins_when` besides.
    """
    powers: Powers[Any] = Powers()
    when, by = tuple(when), tuple(by)
    powers.act(article, by=by, when=[*when, *begins_when, none_open])(begin)
    powers.act(article, by=[CABINET_OFFICE, *by], when=[*when, one_open])(give_opinion)
    powers.act(article, by=by, when=[*when, one_open])(close_consultation)
    return powers


def refuse_another_voice(of: str, given: Given) -> None:
    """Refuse that another than the Cabinet Office speaks for the Prime Minister, or it for others."""
    from_cabinet_office = CABINET_OFFICE.name in given.by.roles
    refuse_if(from_cabinet_office != (of == PRIME_MINISTER), "not_your_opinion", agency=of)
