"""The designation as a procedure: in force until its term ends, its clock and whom it reminds."""

from __future__ import annotations

from collections.abc import Iterator

from services.patent.domain.designation.state import DESIGNATION_ACTS, PreservationDesignation, evolve
from services.patent.domain.investigation.state import drawn_in
from services.patent.roles import SHARING_OPERATOR, before_the_prime_minister
from services.platform.law.parties import Parties
from services.platform.law.procedure import Procedure, Stage
from services.platform.time.timekeeping import Warned
from services.statute import Deadline, end_of

STAGES: tuple[Stage[PreservationDesignation], ...] = (
    Stage(
        "AwaitExplanation",
        "Time for the applicant to explain itself",
        "弁明の機会",
        "73(7)",
        lambda s: s.ended and s.charge is not None and not s.charge.heard,
        until=lambda s: end_of(s.charge.due) if s.charge else None,
        then=("Released", "Expired"),
    ),
    Stage(
        "Released",
        "Released: no longer needed",
        "解除",
        "77(1)",
        lambda s: s.released_on is not None,
        then=("AwaitExplanation",),
        over=True,
    ),
    Stage(
        "Expired",
        "The term has ended",
        "期間の満了",
        "77(2)",
        lambda s: s.expired_on is not None,
        then=("AwaitExplanation",),
        over=True,
    ),
    Stage(
        "InForce",
        "In force until the end of the term",
        "保全指定の期間中",
        "70(2), (3)",
        lambda _: True,
        until=lambda s: s.runs_until,
        then=("Released", "Expired", "AwaitExplanation"),
    ),
)
"""A designation is in force or over; an extension keeps it in the same stage, with a later end."""


def deadlines(state: PreservationDesignation) -> tuple[Deadline, ...]:
    """The clock of the case: the term, as extended."""
    return () if state.runs_until is None else (state.runs_until,)


def warned(state: PreservationDesignation) -> Iterator[Warned]:
    """Whom to remind: the officials of the day by which they must judge whether to go on (70(3))."""
    if state.runs_until is not None and not state.ended and state.judged_not_to_continue_on is None:
        yield Warned("official", state.runs_until)


def parties(state: PreservationDesignation) -> Parties:
    """The Prime Minister, the designated applicant, who may handle the information, and who was asked."""
    also = {**drawn_in(state.investigation), SHARING_OPERATOR: state.sharing.ever}
    return before_the_prime_minister(state.applicants, also)


designation: Procedure[PreservationDesignation] = Procedure(
    name="designation",
    title="Preservation designation",
    title_ja="保全指定",
    sealed=True,
    initial=PreservationDesignation(),
    evolve=evolve,
    acts=DESIGNATION_ACTS,
    parties=parties,
    stages=STAGES,
    deadlines=deadlines,
)
