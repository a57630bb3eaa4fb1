"""The security review as a procedure: its stages, its clock and whom it reminds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from services.patent.domain import notices
from services.patent.domain.charges import explanation_ends
from services.patent.domain.investigation.state import asked_so_far, drawn_in
from services.patent.domain.security_review.state import (
    SECURITY_REVIEW_ACTS,
    Possible,
    SecurityReview,
    evolve,
)
from services.patent.roles import AGENT, APPLICANT, PRIME_MINISTER, before_the_prime_minister
from services.platform.law.parties import Held, Parties
from services.platform.law.procedure import Given, Procedure, Stage, Telling, end
from services.platform.time.timekeeping import Warned
from services.statute import Deadline, end_of

OUT = ("NotDesignated", "ApplicationOver")
"""Where every stage of an open review can lead: to no designation, or because the application is gone."""
PAPERS = ("AwaitReceipt", "AwaitPaper", "Overdue", "AwaitCorrection", "Judgement")
"""Where a review can go on to while it is open: 67(9) to (11) can come again for another invention."""


def _on(name: str) -> tuple[str, ...]:
    """Where a stage leads in which the applicant was told of a possible designation."""
    others = tuple(other for other in PAPERS if other != name)
    return (*others, "AwaitExplanation", "ReviewEnded", "Designated", *OUT)


def _overdue(state: SecurityReview) -> bool:
    return any(
        (one.overdue and one.paper is None)
        or (one.correction is not None and one.correction.overdue and one.correction.made_on is None)
        for one in state.notified
    )


def _awaited(state: SecurityReview) -> bool:
    return any(due and one.paper is None and not one.overdue for one, due in state.possible)


def _correcting(state: SecurityReview) -> bool:
    return any(
        one.correction is not None and one.correction.made_on is None and not one.correction.overdue
        for one in state.notified
    )


def _corrected_by(state: SecurityReview) -> datetime | None:
    days = [due for one in state.notified if (due := state.correction_due(one)) is not None]
    return end_of(min(days)) if days else None


STAGES: tuple[Stage[SecurityReview], ...] = (
    Stage(
        "Dismissed",
        "Review ended, application dismissed",
        "却下",
        "69(4)",
        lambda s: s.ended is not None and s.gone is not None,
        over=True,
    ),
    Stage(
        "ReviewEnded",
        "Review ended by the Prime Minister",
        "保全審査の打切り",
        "69(1)",
        lambda s: s.ended is not None,
        then=("Dismissed",),
    ),
    Stage(
        "AwaitExplanation",
        "Time for the applicant to explain itself",
        "弁明の機会",
        "69(2), 78(6)",
        lambda s: s.charge is not None and not s.charge.heard and s.gone is None,
        until=explanation_ends,
        then=("Review", *PAPERS, "ReviewEnded", "Designated", *OUT),
    ),
    Stage("Designated", "Designated", "保全指定", "70(1)", lambda s: s.designated is not None, over=True),
    end(
        "ApplicationOver", "The application is gone", "出願の終了", "66(8), (9)", lambda s: s.gone is not None
    ),
    Stage(
        "NotDesignated",
        "No designation is needed",
        "保全指定をしない",
        "71",
        lambda s: s.not_designated is not None,
        then=("AwaitExplanation", "ApplicationOver"),
        over=True,
    ),
    Stage(
        "Review",
        "Security review, without a limit by law",
        "保全審査",
        "67(1)",
        lambda s: not s.notified,
        then=("AwaitReceipt", "AwaitPaper", "AwaitExplanation", "ReviewEnded", *OUT),
    ),
    Stage(
        "AwaitPaper",
        "Fourteen days for the paper on keeping the application",
        "特許出願を維持する場合の書類待ち",
        "67(10)",
        _awaited,
        until=lambda s: s.paper_due,
        then=_on("AwaitPaper"),
    ),
    Stage(
        "AwaitCorrection",
        "Time to correct the paper",
        "書類の補正待ち",
        "67(11)",
        _correcting,
        until=_corrected_by,
        then=_on("AwaitCorrection"),
    ),
    Stage(
        "Overdue",
        "The paper or its correction is overdue: the review may be ended",
        "書類・補正の期限経過",
        "69(1)",
        _overdue,
        then=_on("Overdue"),
    ),
    Stage(
        "AwaitReceipt",
        "The notice of a possible designation is on its way on paper",
        "通知の到達待ち",
        "67(9)",
        lambda s: not all(s.papers_due),
        then=_on("AwaitReceipt"),
    ),
    Stage(
        "Judgement",
        "The Prime Minister judges whether to designate",
        "保全指定の判断",
        "70(1)",
        lambda _: True,
        then=_on("Judgement"),
    ),
)
"""Where a security review stands. A charge under 78(5) can outlast what the review leads to."""


def deadlines(state: SecurityReview) -> tuple[Deadline, ...]:
    """The clock of the case: the fourteen days for the paper, and the ten months of the ban."""
    known = (*state.papers_due, state.foreign_filing_ban)
    return tuple(sorted((one for one in known if one), key=lambda deadline: deadline.last_day))


def warned(state: SecurityReview) -> Iterator[Warned]:
    """Whom to remind: the applicant of its paper, the officials of the last day of the ten months."""
    if not state.open:
        return
    for one, due in state.possible:
        if due is not None and one.paper is None and not one.overdue:
            yield Warned("party", due)
    if state.foreign_filing_ban is not None:
        yield Warned("official", state.foreign_filing_ban)


def parties(state: SecurityReview) -> Parties:
    """The Prime Minister, the applicants, and who was asked or shown the invention.

    Who takes notices on paper may not have learned yet that the papers were sent (66(3)); it stands here from
    the first notice of the review itself.
    """
    told = state.electronic_notices or any(one.received_on for one in state.notices)
    return before_the_prime_minister(state.applicants if told else (), drawn_in(state.investigation))


def told(state: SecurityReview, held: Held, _: Given) -> SecurityReview:
    """The review as an applicant was told of it; agencies and experts are told of no decision."""
    applicant = bool(held & {APPLICANT.name, AGENT.name})
    came = state.notices if applicant else ()
    notified = notices.reached(state.notified, state.notices, "possible_designation")
    return replace(
        state,
        notices=notices.known(state.notices),
        notified=tuple(_as_reached(state, one) for one in notified),
        ended=state.ended if notices.received_on(came, "review_ended") else None,
        designated=state.designated if applicant and state.designation_received_on else None,
        not_designated=state.not_designated if notices.received_on(came, "not_designated") else None,
        gone=state.gone if applicant and state.gone and state.gone.how != "dismissed" else None,
        called_for_on=state.called_for_on if notices.received_on(came, "dismissal_called_for") else None,
        charge=state.charge if notices.received_on(came, "reasons") else None,
        hearing=state.hearing if notices.received_on(came, "opinion_asked") else None,
        investigation=asked_so_far(state.investigation, state.notices),
    )


def _as_reached(state: SecurityReview, one: Possible) -> Possible:
    asked = one.correction
    days = notices.receipts(state.notices, "correction_asked")
    arrived = asked is None or asked.letter >= len(days) or days[asked.letter] is not None
    return one if arrived else replace(one, correction=None)


security_review: Procedure[SecurityReview] = Procedure(
    name="security-review",
    title="Security review",
    title_ja="保全審査",
    sealed=True,
    initial=SecurityReview(),
    evolve=evolve,
    acts=SECURITY_REVIEW_ACTS,
    parties=parties,
    stages=STAGES,
    deadlines=deadlines,
    fold_version=2,
    telling=Telling((PRIME_MINISTER,), told, (APPLICANT, AGENT), notices.as_told),
)
