"""The security review as a procedure: its stages, its clock and whom it reminds."""

from __future__ import annotations

from collections.abc import Iterator

from services.patent.domain.investigation.state import drawn_in
from services.patent.domain.security_review.state import SECURITY_REVIEW_ACTS, SecurityReview, evolve
from services.patent.roles import before_the_prime_minister
from services.platform.law.parties import Parties
from services.platform.law.procedure import Procedure, Stage, end
from services.platform.time.timekeeping import Warned
from services.statute import Deadline, end_of

OUT = ("NotDesignated", "ApplicationOver")
"""Where every stage of an open review can lead: to no designation, or because the application is gone."""


def _correcting(state: SecurityReview) -> bool:
    asked = state.correction
    return asked is not None and asked.made_on is None and not asked.overdue


def _overdue(state: SecurityReview) -> bool:
    missed = state.correction is not None and state.correction.overdue and state.correction.made_on is None
    return missed or (state.paper_overdue and state.paper is None)


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
    Stage("Designated", "Designated", "保全指定", "70(1)", lambda s: s.designated is not None, over=True),
    end(
        "ApplicationOver", "The application is gone", "出願の終了", "66(8), (9)", lambda s: s.gone is not None
    ),
    Stage(
        "AwaitExplanation",
        "Time for the applicant to explain itself",
        "弁明の機会",
        "69(2)",
        lambda s: s.charge is not None and not s.charge.heard,
        until=lambda s: end_of(s.charge.due) if s.charge else None,
        then=(
            "Review",
            "AwaitReceipt",
            "AwaitPaper",
            "Overdue",
            "AwaitCorrection",
            "Judgement",
            "ReviewEnded",
            *OUT,
        ),
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
        lambda s: s.notified is None,
        then=("AwaitReceipt", "AwaitPaper", "AwaitExplanation", "ReviewEnded", *OUT),
    ),
    Stage(
        "AwaitReceipt",
        "The notice of a possible designation is on its way on paper",
        "通知の到達待ち",
        "67(9)",
        lambda s: s.paper_due is None,
        then=("AwaitPaper", "AwaitExplanation", "ReviewEnded", *OUT),
    ),
    Stage(
        "AwaitCorrection",
        "Time to correct the paper",
        "書類の補正待ち",
        "67(11)",
        _correcting,
        until=lambda s: end_of(s.correction.due) if s.correction else None,
        then=("Judgement", "Overdue", "AwaitExplanation", "ReviewEnded", "Designated", *OUT),
    ),
    Stage(
        "Overdue",
        "The paper or its correction is overdue: the review may be ended",
        "書類・補正の期限経過",
        "69(1)",
        _overdue,
        then=("Judgement", "AwaitCorrection", "AwaitExplanation", "ReviewEnded", "Designated", *OUT),
    ),
    Stage(
        "AwaitPaper",
        "Fourteen days for the paper on keeping the application",
        "特許出願を維持する場合の書類待ち",
        "67(10)",
        lambda s: s.paper is None,
        until=lambda s: s.paper_due,
        then=("Judgement", "Overdue", "AwaitExplanation", "ReviewEnded", "Designated", *OUT),
    ),
    Stage(
        "Judgement",
        "The Prime Minister judges whether to designate",
        "保全指定の判断",
        "70(1)",
        lambda _: True,
        then=("AwaitCorrection", "AwaitExplanation", "ReviewEnded", "Designated", *OUT),
    ),
)
"""Where a security review stands."""


def deadlines(state: SecurityReview) -> tuple[Deadline, ...]:
    """The clock of the case: the fourteen days for the paper, and the ten months of the ban."""
    known = (state.paper_due, state.foreign_filing_ban)
    return tuple(sorted((one for one in known if one), key=lambda deadline: deadline.last_day))


def warned(state: SecurityReview) -> Iterator[Warned]:
    """Whom to remind: the applicant of its paper, the officials of the last day of the ten months."""
    if not state.open:
        return
    if state.paper_due is not None and state.paper is None and not state.paper_overdue:
        yield Warned("party", state.paper_due)
    if state.foreign_filing_ban is not None:
        yield Warned("official", state.foreign_filing_ban)


def parties(state: SecurityReview) -> Parties:
    """The Prime Minister, the applicants, and who was asked or shown the invention."""
    return before_the_prime_minister(state.applicants, drawn_in(state.investigation))


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
)
