"""Art. 78: the stateless check and an application's cases never say two things about filing it abroad."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from msgspec.structs import replace

from services.patent.applications import Origin
from services.patent.domain.designation import designation
from services.patent.domain.designation.powers import Begin as BeginDesignation
from services.patent.domain.designation.powers import Extend, Release
from services.patent.domain.first_review import first_review
from services.patent.domain.first_review.powers import (
    AskNotSentNotice,
    HearWord,
    JudgeNotToSend,
    NoteReceiptByApplicant,
    NotifyNotSent,
    RecordEnd,
    Send,
    TakeIn,
)
from services.patent.domain.first_review.state import PapersSent
from services.patent.domain.hearing import AskOpinion
from services.patent.domain.notices import NoticeIssued, NoticeReceived, RecordReceipt, received_on
from services.patent.domain.security_review import security_review
from services.patent.domain.security_review.powers import (
    Begin,
    DecideNoDesignation,
    Designate,
    NoteEnd,
    NoteReceipt,
    NotifyPossibleDesignation,
)
from services.patent.filing_abroad import check
from services.patent.filing_abroad.from_cases import question
from services.patent.periods import FOREIGN_FILING_BAN, NO_SENDING_NOTICE, period_of
from services.platform.law.procedure import Refusal
from tests.services.patent.story import (
    CAO,
    CLOCK,
    INVENTOR,
    JPO,
    JPO_EXAMINER,
    MAKER,
    STEERING,
    SWARM,
    WEIGHING,
    Story,
)

DAY = timedelta(days=1)
WHY = "x"
FILED = SWARM.filed_on
RECEIPTS = {"designated": "designation_received_on", "designation_ended": "end_received_on"}


@dataclass
class Application:
    """The three cases of one application; what one authority tells the other is passed on at once."""

    first: Story = field(default_factory=lambda: Story(first_review))
    review: Story = field(default_factory=lambda: Story(security_review))
    held: Story = field(default_factory=lambda: Story(designation))

    def tries(self, step: str, on: date, days: int) -> None:
        """Try one step on a day; the law may refuse it."""
        try:
            getattr(self, step)(on, days)
        except Refusal:
            return

    def send(self, on: date, _: int) -> None:
        self.first.does(JPO, "send", Send(WHY), on)
        state = self.first.state
        begin = Begin("first-review-1", state.application, None, (MAKER,), state.electronic_notices, ())
        self.review.does(CLOCK, "begin", begin, on)

    def not_send(self, on: date, _: int) -> None:
        self.first.does(JPO, "judge_not_to_send", JudgeNotToSend("clearly_not_needed", WHY), on)

    def ask(self, on: date, _: int) -> None:
        self.first.does(INVENTOR, "ask_not_sent_notice", AskNotSentNotice(), on)

    def answer(self, on: date, _: int) -> None:
        self.first.does(JPO, "notify_not_sent", NotifyNotSent(), on)

    def end(self, on: date, _: int) -> None:
        self.first.does(JPO, "record_end", RecordEnd("withdrawn", on), on)
        if self.first.state.sent:
            self.review.does(CLOCK, "note_end", NoteEnd("withdrawn", on), on)

    def notify(self, on: date, _: int) -> None:
        self.review.does(CAO, "notify_possible_designation", NotifyPossibleDesignation(STEERING), on)
        self.review.does(CAO, "ask_opinion", AskOpinion(WHY, on), on)

    def clear(self, on: date, _: int) -> None:
        self.review.does(CAO, "decide_no_designation", DecideNoDesignation(WHY), on)

    def designate(self, on: date, days: int) -> None:
        until = on + timedelta(days=days)
        self.review.does(CAO, "designate", Designate(STEERING, until, WEIGHING), on)
        begin = BeginDesignation(
            "security-review-1",
            "first-review-1",
            SWARM.number,
            FILED,
            (MAKER,),
            self.first.state.electronic_notices,
            STEERING,
            until,
        )
        self.held.does(CLOCK, "begin", begin, on)
        self.first.does(CLOCK, "hear_word", HearWord("designated", on), on)

    def extend(self, on: date, days: int) -> None:
        until = self.held.state.term.last_day + timedelta(days=days + 1)
        self.held.does(CAO, "ask_opinion", AskOpinion(WHY, on), on)
        self.held.does(CAO, "extend", Extend(until, WHY), on + DAY)

    def release(self, on: date, _: int) -> None:
        self.held.does(CAO, "release", Release(WHY), on)
        self.first.does(CLOCK, "hear_word", HearWord("designation_ended", on), on)

    def receive(self, on: date, _: int) -> None:
        """What is on paper arrives, one case's letters together."""
        for case, who in ((self.first, JPO), (self.review, CAO), (self.held, CAO)):
            letters = [told.kind for told in case.state.notices if told.received_on is None]
            for kind in letters:
                case.does(who, "record_receipt", RecordReceipt(kind, on, WHY), on)
            if letters:
                return

    def pass_time(self, on: date) -> None:
        for case in (self.first, self.review, self.held):
            if case.acts:
                case.lapses(on)
        if self.review.acts and self.held.acts and self.held.state.received_on:
            received = self.held.state.received_on
            if self.review.state.designation_received_on is None:
                self.review.does(CLOCK, "note_receipt", NoteReceipt(received), on)
        for notice in ("designated", "designation_ended"):
            day = received_on(self.held.state.notices, notice) if self.held.acts else None
            noted = getattr(self.first.state, RECEIPTS[notice])
            if day is not None and noted is None:
                known = NoteReceiptByApplicant(notice, day)
                self.first.does(CLOCK, "note_receipt_by_applicant", known, on)
        if self.held.acts and self.held.state.ended and self.first.state.designated:
            self.first.does(CLOCK, "hear_word", HearWord("designation_ended", on), on)

    @property
    def likely(self) -> tuple[str, ...]:
        """The steps that lead on from here, each as often as it should be tried."""
        if self.held.acts:
            return ("extend", "extend", "extend", "receive", "receive", "release", "end")
        if self.review.acts:
            told = self.review.state.notified is not None
            return ("designate", "designate", "receive", "receive", "clear", "end") if told else (
                "notify", "notify", "notify", "receive", "receive", "clear", "end",
            )  # fmt: skip
        return ("send", "send", "send", "not_send", "ask", "ask", "answer", "receive", "end")


ORIGINS = st.sampled_from(
    [(), (Origin("translation", FILED + 40 * DAY),), (Origin("division", FILED + 9 * DAY),)]
)


@st.composite
def lives(draw: st.DrawFn) -> tuple[Application, date]:
    """An application that goes through steps on days, and a day on which it would be filed abroad."""
    one, on = Application(), FILED + 41 * DAY
    filed = replace(SWARM, origins=draw(ORIGINS))
    one.first.does(JPO_EXAMINER, "take_in", TakeIn(filed, (MAKER,), draw(st.booleans())), on)
    for step in ("send", "notify", "designate")[: draw(st.integers(0, 3))]:
        on += DAY * draw(st.integers(17, 40))
        one.pass_time(on)
        one.tries("receive", on, 0)
        one.tries(step, on, draw(st.sampled_from([30, 200, 364])))
        one.tries("receive", on, 0)
    for _ in range(draw(st.integers(0, 5))):
        on += DAY * draw(st.sampled_from([1, 2, 8, 16, 30, 120]))
        one.pass_time(on)
        one.tries(draw(st.sampled_from(one.likely)), on, draw(st.sampled_from([30, 200, 364])))
        on += DAY
    on += DAY * draw(st.integers(0, 420))
    one.pass_time(on)
    return one, on


def days_of(one: Application, act: type, kind: str | None, by: date) -> list[date]:
    acts = [*one.first.acts, *one.review.acts, *one.held.acts]
    return [made.on for made in acts if isinstance(made, act) and made.on <= by and kind in (None, made.kind)]


def publishing_banned(one: Application, on: date) -> bool:
    """Whether Art. 68 bans publishing on that day, read off the acts: until 70(1) or 71 is received."""
    told = days_of(one, NoticeReceived, "possible_designation", on)
    answered = [
        day for kind in ("designated", "not_designated") for day in days_of(one, NoticeReceived, kind, on)
    ]
    over = one.first.state.over
    return bool(told) and not answered and (over is None or over.on > on)


def the_article(one: Application, on: date) -> bool:
    """Whether 78(1) leaves the filing free on that day, read off the acts."""
    received = {
        kind: days_of(one, NoticeReceived, kind, on)
        for kind in ("not_sent", "designated", "not_designated", "designation_ended")
    }
    if received["designated"] and not received["designation_ended"]:
        return False
    if received["not_sent"] or received["not_designated"] or received["designation_ended"]:
        return True
    over = one.first.state.over
    ended = over.on if over else date.max
    application = one.first.state.application
    three, ten = (period_of(name, application).last_day for name in (NO_SENDING_NOTICE, FOREIGN_FILING_BAN))
    unsent = not any(day <= three for day in days_of(one, NoticeIssued, "sent", on))
    if unsent and three < on and ended > three:
        return True
    return ten < on and ended > ten and not received["designated"]


@drawn(lives())
@settings(max_examples=150, deadline=None)
def test_the_check_says_what_the_cases_say(life: tuple[Application, date]) -> None:
    one, on = life
    others = [case.state for case in (one.review, one.held) if case.acts]
    answer = check(question(one.first.state, others, on))
    if publishing_banned(one, on) and the_article(one, on):
        # 78(1) would leave it free, and Art. 68 still bans publishing.
        assert answer.verdict == "ask_first"
        return
    assert answer.verdict == ("allowed" if the_article(one, on) else "forbidden")


@drawn(lives())
@settings(max_examples=60, deadline=None)
def test_it_is_never_allowed_under_a_designation_that_is_notified(life: tuple[Application, date]) -> None:
    one, on = life
    if one.held.acts and one.held.state.in_force(on) and days_of(one, NoticeReceived, "designated", on):
        answer = check(question(one.first.state, [one.review.state, one.held.state], on))
        assert answer.verdict == "forbidden"
        assert one.first.state.held


@drawn(lives())
@settings(max_examples=60, deadline=None)
def test_nothing_is_sent_after_the_three_months_or_without_telling_the_applicant(
    life: tuple[Application, date],
) -> None:
    one, on = life
    for act in one.first.acts:
        if isinstance(act, PapersSent):
            assert act.on <= one.first.state.sending.last_day
            assert days_of(one, NoticeIssued, "sent", on) == [act.on]


@drawn(lives())
@settings(max_examples=60, deadline=None)
def test_no_term_and_no_extension_is_longer_than_a_year_and_none_leaves_a_gap(
    life: tuple[Application, date],
) -> None:
    one, _ = life
    if one.held.acts:
        spans = one.held.state.term.spans
        for span in spans:
            # 366 days where 29 February lies inside.
            assert (span.last_day - span.first_day).days + 1 <= 366
        for before, after in pairwise(spans):
            assert after.first_day == before.last_day + DAY
