"""The check of Art. 78: the ban, its exceptions and its proviso, each yes, no or open.

An open fact leaves an open answer only where it decides. What may still change between asking and filing
counts as open too. Under a live designation the answer is never `allowed`, whatever else was told.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from services.patent.data_files import read, words
from services.patent.filing_abroad.question import Answer, Filed, Question, Sentence, Verdict, YesNo
from services.patent.first_review.engine import engine_on
from services.patent.first_review.screening import by_symbols
from services.patent.periods import FOREIGN_FILING_BAN, NO_SENDING_NOTICE, NOT_SENT_REQUEST, period_of
from services.patent.technology_fields import tables, versions
from services.statute.arithmetic import Length, last_day

DAY = timedelta(days=1)
FREEING = ("not_sent", "not_designated", "designation_ended")
"""The notices of the proviso: 66(10), 71 and 77(2)."""
SECRECY_TREATY = "patent_secrecy_with_the_united_states"
"""Cabinet Order Art. 14(i): of inventions designated in Japan (我が国で保全指定をされた発明) alone."""
_WHY_NOT = ("agreement_needs_designation", "start_not_known", "ended_early")
"""Reasons to give when what they say frees nothing."""
Three = bool | None
"""Yes, no, or open."""


class Ground(NamedTuple):
    """A condition of Art. 78: whether it holds, the reason to give when it does, and what it left open."""

    holds: Three
    reason: str
    open: tuple[str, ...] = ()


def check(question: Question) -> Answer:
    """Whether the filing is free on the day intended (Arts. 68, 74, 78, 79), and what to do.

    Raises `ipc.NotASymbolError` for a text that is no symbol; `defects` tells of them all.
    """
    known = Known(question)
    verdict, reasons, asked = _verdict(question, known)
    free = known.first_free_day
    paris = _paris_last_day(question.application)
    return Answer(
        verdict,
        read("filing_abroad")["reason"][reasons[0]]["article"],
        tuple(_sentence("reason", code) for code in reasons),
        tuple(_steps(question, known, verdict, reasons, asked, paris)),
        asked,
        free,
        paris,
        (paris - question.intended_on).days if paris is not None else None,
    )


class Known:
    """What the notices and the days of the application come to on the day intended."""

    def __init__(self, question: Question) -> None:
        self.question = question
        # Of a day in the past, what came after it does not count.
        self.as_of = min(question.asked_on, question.intended_on)
        self.notices = [notice for notice in question.notices if notice.on <= self.as_of]
        filed = question.application
        self.application = filed.application if filed is not None else None
        ended = filed.ended if filed is not None else None
        self.ended_on = ended.on if ended is not None and ended.on <= self.as_of else None

    def last(self, *kinds: str) -> date | None:
        """The latest day of a notice of these kinds."""
        return max((notice.on for notice in self.notices if notice.kind in kinds), default=None)

    @property
    def designated(self) -> bool:
        """Whether the last 70(1) notice has no 77(2) notice after it; of one day, the designation counts."""
        began, ended = self.last("designated"), self.last("designation_ended")
        return began is not None and (ended is None or ended <= began)

    @property
    def publishing_banned(self) -> bool:
        """Whether Art. 68 bans publishing: a 67(9) notice without a 70(1) or 71 notice after it."""
        began, ended = self.last("possible_designation"), self.last("designated", "not_designated")
        return began is not None and self.ended_on is None and (ended is None or ended < began)

    @property
    def freed_on(self) -> date | None:
        """The first notice of the proviso since the last designation began."""
        since = self.last("designated") or date.min
        return min(
            (notice.on for notice in self.notices if notice.kind in FREEING and notice.on >= since),
            default=None,
        )

    @property
    def three_months_end(self) -> date | None:
        """The last day of the three months, where no notice of sending was issued in them."""
        last = self._last_day_unless_ended(NO_SENDING_NOTICE)
        sent = [notice.on for notice in self.notices if notice.kind == "sent"]
        return None if last is None or any(on <= last for on in sent) else last

    @property
    def ten_months_end(self) -> date | None:
        """The last day of the ten months, where no 70(1) notice was received."""
        return None if self.last("designated") else self._last_day_unless_ended(FOREIGN_FILING_BAN)

    @property
    def first_free_day(self) -> date | None:
        """The first day that a notice or a period leaves free."""
        if self.designated or self.application is None:
            return None
        ends = [end + DAY for end in (self.three_months_end, self.ten_months_end) if end is not None]
        days = [*ends, *([self.freed_on] if self.freed_on else [])]
        return min(days, default=None)

    def _last_day_unless_ended(self, period: str) -> date | None:
        if self.application is None:
            return None
        deadline = period_of(period, self.application)
        if deadline is None or (self.ended_on is not None and self.ended_on <= deadline.last_day):
            return None
        return deadline.last_day


def _verdict(question: Question, known: Known) -> tuple[Verdict, tuple[str, ...], tuple[str, ...]]:
    if question.intended_on < versions()[0].since:
        return "allowed", ("not_in_force",), ()
    if known.designated:
        other = question.shows_designated_invention == "no"
        if question.excepted_by is not None and not (other and question.excepted_by == SECRECY_TREATY):
            return "ask_first", ("designated_but_excepted",), ()
        if other:
            return "ask_first", ("other_invention_of_the_application",), ()
        return "forbidden", ("designated",), ()
    frees = list(_frees(question, known))
    for ground in frees:
        if ground.holds:
            if known.publishing_banned:
                return "ask_first", ("publishing_banned", ground.reason), ()
            return "allowed", (ground.reason,), ()
    undecided = [ground for ground in frees if ground.holds is None]
    if not undecided:
        return "forbidden", ("banned", *(ground.reason for ground in frees if ground.reason in _WHY_NOT)), ()
    reasons = tuple(dict.fromkeys(ground.reason for ground in undecided))
    return "ask_first", reasons, tuple(dict.fromkeys(fact for ground in undecided for fact in ground.open))


def _frees(question: Question, known: Known) -> Iterator[Ground]:
    """Everything that takes a filing out of the ban of 78(1); one is enough."""
    if question.excepted_by == SECRECY_TREATY:
        # Of an invention that is designated the question was answered before.
        yield Ground(False, "agreement_needs_designation")
    else:
        yield Ground(question.excepted_by is not None, "excepted")
    yield from _not_the_invention(question, known)
    yield Ground(known.last("answered_harmless") is not None, "answered_harmless")
    if known.application is not None:
        yield from _proviso(known)


def _not_the_invention(question: Question, known: Known) -> Iterator[Ground]:
    yield _by_fact(question.made_in_japan, "no", "not_made_in_japan", "made_in_japan")
    yield _by_fact(question.public, "yes", "public", "public")
    answered = known.last("answered_not_of_the_kind")
    # An answer is on the tables of its day.
    if answered is not None and tables(answered).since == tables(question.intended_on).since:
        yield Ground(True, "answered_not_of_the_kind")
        return
    found = by_symbols(engine_on(question.intended_on), question.symbols, question.facts)
    if found.outcome == "to_examine":
        yield Ground(None, "facts_open", found.open or ("symbols",))
    else:
        yield Ground(found.outcome == "does_not_fall", "not_of_the_kind")


def _proviso(known: Known) -> Iterator[Ground]:
    question = known.question
    yield Ground(known.freed_on is not None, "notice_received")
    assert known.application is not None
    if known.application.route("pct_national_phase") is not None:
        yield Ground(None, "no_text_on_this_application")
        return
    if period_of(NO_SENDING_NOTICE, known.application) is None:
        yield Ground(False, "start_not_known")
        return
    yield from _periods_passed(question, known)


def _periods_passed(question: Question, known: Known) -> Iterator[Ground]:
    three, ten = known.three_months_end, known.ten_months_end
    if known.ended_on is not None and three is None and ten is None:
        yield Ground(False, "ended_early")
    # Between asking and filing a notice may still be issued, and what was sent may still be designated, as
    # long as the application is there.
    final = question.intended_on <= question.asked_on or known.ended_on is not None
    if three is not None and three < question.intended_on:
        unsent = three < question.asked_on and not known.last("sent")
        yield _passed(final or unsent, "three_months_passed")
    if ten is not None and ten < question.intended_on:
        yield _passed(final, "ten_months_passed")


def _passed(settled: bool, reason: str) -> Ground:
    return Ground(True, reason) if settled else Ground(None, "may_still_change")


def _by_fact(given: YesNo | None, frees: YesNo, reason: str, name: str) -> Ground:
    if given is None:
        return Ground(None, "facts_open", (name,))
    return Ground(given == frees, reason)


def _paris_last_day(filed: Filed | None) -> date | None:
    if filed is None:
        return None
    return last_day(
        (filed.priority_from or filed.filed_on) + DAY,
        Length(read("filing_abroad")["paris"]["months"], "month"),
    )


def _steps(
    question: Question,
    known: Known,
    verdict: Verdict,
    reasons: tuple[str, ...],
    asked: tuple[str, ...],
    paris: date | None,
) -> Iterator[Sentence]:
    if verdict == "allowed":
        return
    if asked:
        yield _sentence("step", "settle_facts")
    if known.designated:
        yield _sentence("step", "await_the_end_of_designation")
    if known.designated or known.publishing_banned or "ended_early" in reasons:
        yield _sentence("step", "ask_the_cabinet_office")
    if question.application is None:
        yield _sentence("step", "ask_for_prior_confirmation", yen=f"{read('filing_abroad')['fee']['yen']:,}")
    elif not known.designated:
        yield from _steps_of_an_applicant(question, known, paris)
    if "may_still_change" in reasons:
        yield _sentence("step", "ask_again")
    if verdict == "forbidden":
        # 94(1) leaves to 92(1)(viii) whoever discloses a designated invention by it.
        yield _sentence("step", "mind_the_penalty_of_disclosing" if known.designated else "mind_the_penalty")


def _steps_of_an_applicant(question: Question, known: Known, paris: date | None) -> Iterator[Sentence]:
    assert known.application is not None
    request = period_of(NOT_SENT_REQUEST, known.application)
    answered = known.ended_on is not None or known.last("sent", *FREEING) is not None
    if request is not None and not answered and question.asked_on <= request.last_day:
        yield _sentence("step", "ask_for_the_notice_of_not_sending", day=request.last_day.isoformat())
    free = known.first_free_day
    if free is not None and free > question.intended_on:
        yield _sentence("step", "wait", day=free.isoformat())
        if paris is not None and free > paris:
            yield _sentence("step", "mind_the_priority_year", day=paris.isoformat())


def _sentence(kind: str, code: str, **facts: object) -> Sentence:
    entry = read("filing_abroad")[kind][code]
    said = words(entry, **facts)
    return Sentence(code, entry["article"], said.en, said.ja)
