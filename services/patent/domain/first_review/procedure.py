"""The first review as a procedure: its stages and whom it reminds."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from services.patent.domain import notices
from services.patent.domain.first_review.state import FIRST_REVIEW_ACTS, FirstReview, evolve
from services.patent.periods import NO_SENDING_NOTICE, period_of
from services.patent.roles import AGENT, APPLICANT, COMMISSIONER, EXAMINER, before_the_patent_office
from services.platform.law.parties import Held
from services.platform.law.procedure import Given, Procedure, Stage, Telling, end
from services.platform.time.timekeeping import Warned
from services.statute import Deadline

STAGES: tuple[Stage[FirstReview], ...] = (
    end("Ended", "The application is no longer pending", "出願の終了", "66(8), (9)", lambda s: s.gone),
    Stage(
        "Outside",
        "Not one that Art. 66 reaches",
        "対象外",
        "66(5)",
        lambda s: s.outside,
        then=("Ended",),
        over=True,
    ),
    Stage(
        "Sent",
        "Sent to the Prime Minister",
        "送付",
        "66(1)",
        lambda s: s.sent is not None,
        then=("Ended",),
        over=True,
    ),
    Stage(
        "NotSent",
        "Judged not to be sent",
        "不送付の判断",
        "66(7)",
        lambda s: s.not_sent is not None,
        then=("Ended",),
        over=True,
    ),
    Stage(
        "UnsentInTime",
        "Three months have passed unsent",
        "期間内に送付されず",
        "66(7)",
        lambda s: s.unsent_until is not None,
        then=("Ended",),
        over=True,
    ),
    Stage(
        "AwaitStart",
        "The paper from which the three months run is awaited",
        "起算の基礎となる書面の提出待ち",
        "66(4)",
        lambda s: s.sending is None,
        then=("Review", "Sent", "NotSent", "Ended"),
    ),
    Stage(
        "Review",
        "First review, within three months",
        "第一次審査",
        "66(1)",
        lambda _: True,
        until=lambda s: s.sending,
        then=("Sent", "NotSent", "UnsentInTime", "Ended"),
    ),
)
"""Where an application stands in the first review; of one that was sent, the rest is the Prime Minister's."""


def deadlines(state: FirstReview) -> tuple[Deadline, ...]:
    """The clock of the case: the three months as the Commissioner's limit, the applicant's, and the ban's."""
    application = state.application
    if application is None:
        return ()
    known = (state.sending, state.not_sent_request, period_of(NO_SENDING_NOTICE, application))
    return tuple(sorted((one for one in known if one), key=lambda deadline: deadline.last_day))


def warned(state: FirstReview) -> Iterator[Warned]:
    """Whom to remind: the officials of the end of the three months, while nothing is decided."""
    if state.sending is not None and not state.decided and not state.gone and not state.outside:
        yield Warned("official", state.sending)


def told(state: FirstReview, _: Held, given: Given) -> FirstReview:
    """The first review as the applicant was told of it.

    Of a judgement not to send it is told on request alone (66(10)); what passed with the three months looks
    the same whether it was judged or not.
    """
    sent = notices.received_on(state.notices, "sent") is not None
    not_sent = notices.received_on(state.notices, "not_sent") is not None
    over = state.sending is not None and given.today > state.sending.last_day and not state.outside
    passed = state.sending.last_day if state.sending and over and not state.sent and not state.gone else None
    return replace(
        state,
        sent=state.sent if sent else None,
        not_sent=state.not_sent if not_sent else None,
        unsent_until=passed,
        heard=(),
        designation=None,
        dismissed=state.dismissed if state.served_on else None,
        explanations_asked=notices.reached(state.explanations_asked, state.notices, "explanation_asked"),
        notices=notices.known(state.notices),
    )


first_review: Procedure[FirstReview] = Procedure(
    name="first-review",
    title="First review of a patent application",
    title_ja="第一次審査",
    sealed=True,
    initial=FirstReview(),
    evolve=evolve,
    acts=FIRST_REVIEW_ACTS,
    parties=lambda state: before_the_patent_office(state.applicants),
    stages=STAGES,
    deadlines=deadlines,
    fold_version=2,
    telling=Telling((EXAMINER, COMMISSIONER), told, (APPLICANT, AGENT), notices.as_told),
)
