"""Consultation in Chapter 2 (協議): with the Prime Minister and agencies, each of which speaks for itself.

An agency is named as tokens name it (`MOF`), so that its officials find the consultation and answer it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any

from services.platform.law.acts import Acts
from services.platform.law.parties import Role
from services.platform.law.procedure import Given, Powers, Rule, refuse_if
from services.platform.law.values import Len, Matching, Value
from services.platform.shared import consultation
from services.platform.shared.consultation import (
    ConsultationOpened,
    Consultations,
    GiveOpinion,
    none_open,
    one_open,
)
from services.platform.shared.words import CABINET_OFFICE, PRIME_MINISTER, Name, Necessity, Reasons
from services.supply.roles import CONSULTED, MOF, OFFICIAL

Agency = Annotated[str, Matching(r"[A-Z]{2,12}")]


class Consult(Value):
    """What is intended, and which agencies are asked besides the Prime Minister."""

    about: Name
    draft: Reasons
    necessity: Necessity
    agencies: Annotated[tuple[Agency, ...], Len(0, 30)] = ()


def give_opinion(state: Any, command: GiveOpinion, given: Given) -> Acts:
    """Give an opinion: the Prime Minister's side and each agency its own, or enter one given on paper."""
    asked = consultation.running(state.consultations)
    named = asked is not None and given.by.ministry in asked.agencies
    # Who was consulted speaks for itself alone, also where it is a competent ministry of another case.
    own_only = CONSULTED.name in given.by.roles and OFFICIAL.name not in given.by.roles
    refuse_if(own_only and named and command.of != given.by.ministry, "not_your_opinion", agency=command.of)
    yield from consultation.give_opinion(state, command, given)


def consulting(
    article: str,
    *,
    by: Iterable[Role] = (OFFICIAL,),
    when: Iterable[Rule[Any]] = (),
    always: Callable[[Any], tuple[str, ...]] = lambda _: (),
) -> Powers[Any]:
    """The powers to consult by `article` while the rules `when` hold; `always` are agencies the Act names."""
    powers: Powers[Any] = Powers()
    when, by = tuple(when), tuple(by)

    @powers.act(article, by=by, when=[*when, none_open])
    def consult(state: Any, command: Consult, given: Given) -> Acts:
        """Ask the Prime Minister and the heads of the agencies concerned about an intended measure (協議)."""
        agencies = tuple(dict.fromkeys((PRIME_MINISTER, *always(state), *command.agencies)))
        yield ConsultationOpened(command.about, given.today, agencies, command.draft, command.necessity)

    powers.act(article, by=[CABINET_OFFICE, CONSULTED, *by], when=[*when, one_open])(give_opinion)
    powers.act(article, by=by, when=[*when, one_open])(consultation.close_consultation)
    return powers


def minister_of_finance(_: Any) -> tuple[str, ...]:
    """The Minister of Finance, whom Arts. 8(4), 31(5), 33(4), 44(2) and 45(4) name beside the others."""
    return (MOF,)


def consulted_agencies(consultations: Consultations) -> tuple[str, ...]:
    """Everyone who has been consulted in a case so far."""
    return tuple(dict.fromkeys(one for each in consultations for one in each.agencies))
