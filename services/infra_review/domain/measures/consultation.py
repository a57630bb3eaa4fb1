"""Consultation with the Prime Minister and the heads of the agencies concerned (協議, Art. 56(1)).

It comes before every recommendation and every order: on a plan (52), a change (54) or equipment in use (55).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec.structs import replace

from services.infra_review.domain.vocabulary import Name, Necessity, Reasons
from services.infra_review.roles import PRIME_MINISTER
from services.platform.law.acts import Act, leaves
from services.platform.law.values import Len, Value

About = Literal["recommendation", "order"]


class Opinion(Value):
    """The opinion (意見) of one of those consulted."""

    of: str
    opinion: str
    on: date


class Consultation(Value):
    """One consultation: about what, with whom, and what they said."""

    about: About
    opened_on: date
    agencies: tuple[str, ...]
    opinions: tuple[Opinion, ...] = ()
    closed_on: date | None = None
    used: bool = False
    """Whether the recommendation or order it was about has been given, or given up."""

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Those consulted who have not given an opinion."""
        heard = {opinion.of for opinion in self.opinions}
        return tuple(agency for agency in self.agencies if agency not in heard)

    @property
    def running(self) -> bool:
        """Whether it is open."""
        return self.closed_on is None


# ---- Commands ----


class Consult(Value):
    """What is intended, and which heads of agencies are asked besides the Prime Minister."""

    about: About
    draft: Reasons
    necessity: Necessity
    agencies: Annotated[tuple[Name, ...], Len(0, 30)] = ()


class GiveOpinion(Value):
    """The opinion of one of those consulted."""

    of: Name
    opinion: Reasons


class CloseConsultation(Value):
    """The end of the consultation; `without` says why it ends although not everyone has given an opinion."""

    without: Reasons | None = None


# ---- Acts ----


@leaves("restricted", "agencies")
class ConsultationOpened(Act):
    """The competent minister began to consult (Art. 56(1))."""

    about: About
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


def consulted(consultations: tuple[Consultation, ...], about: About) -> bool:
    """Whether a consultation about this very measure is over and has not been used."""
    return any(c.about == about and not c.running and not c.used for c in consultations)


def spent(consultations: tuple[Consultation, ...]) -> tuple[Consultation, ...]:
    """The consultations, none of which can carry another measure."""
    return tuple(replace(consultation, used=True) for consultation in consultations)


def opened(act: ConsultationOpened) -> Consultation:
    """The consultation that `act` opens; the Prime Minister is always among those asked."""
    agencies = tuple(dict.fromkeys((PRIME_MINISTER, *act.agencies)))
    return Consultation(act.about, act.on, agencies)
