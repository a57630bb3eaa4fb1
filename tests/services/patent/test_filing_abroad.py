"""Filing abroad (Arts. 78, 79): the check against the article written a second way, and its traps one by
one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from services.patent.applications import Origin
from services.patent.data_files import read
from services.patent.filing_abroad import Answer, Ended, Filed, Notice, Question, check, defects
from services.patent.technology_fields import requirements
from tests.proof import tries

DAY = timedelta(days=1)
FILED = date(2026, 4, 1)
THREE, TEN = date(2026, 7, 1), date(2027, 2, 1)
"""The last days of the three and of the ten months."""


def ask(on: date = date(2026, 5, 1), /, *notices: tuple[str, date], **more: Any) -> Answer:
    """An invention made in Japan, not public, of item 34, in an application of 1 April 2026."""
    given: dict[str, Any] = {
        "asked_on": on,
        "symbols": ("F41H 13/00",),
        "made_in_japan": "yes",
        "public": "no",
        "application": Filed(FILED),
        "notices": tuple(Notice(kind, day) for kind, day in notices),  # type: ignore[arg-type]
    }
    return check(Question(intended_on=on, **(given | more)))


def codes(answer: Answer) -> list[str]:
    return [reason.code for reason in answer.reasons]


def steps(answer: Answer) -> list[str]:
    return [step.code for step in answer.next]


class TestTheBan:
    def test_an_invention_of_the_kind_is_banned_even_without_a_japanese_application(self) -> None:
        answer = ask(application=None)
        assert (answer.verdict, answer.article, answer.first_free_day) == ("forbidden", "78(1)", None)
        assert steps(answer) == ["ask_for_prior_confirmation", "mind_the_penalty"]
        assert "25,000" in answer.next[0].en
        assert "25,000" in answer.next[0].ja

    @pytest.mark.parametrize(
        ("facts", "reason"),
        [
            ({"made_in_japan": "no"}, "not_made_in_japan"),
            ({"public": "yes"}, "public"),
            ({"symbols": ("A01B 1/02",)}, "not_of_the_kind"),
            ({"excepted_by": "space_station"}, "excepted"),
        ],
    )
    def test_one_fact_takes_the_filing_out_of_the_ban(self, facts: dict[str, Any], reason: str) -> None:
        answer = ask(**facts)
        assert (answer.verdict, codes(answer)) == ("allowed", [reason])

    def test_the_secrecy_agreement_frees_no_invention_that_is_not_designated(self) -> None:
        """Cabinet Order Art. 14(i): 我が国で保全指定をされた発明を記載した特許出願."""
        secret = {"excepted_by": "patent_secrecy_with_the_united_states"}
        for filed in (None, Filed(FILED)):
            answer = ask(application=filed, **secret)
            assert (answer.verdict, codes(answer)) == ("forbidden", ["banned", "agreement_needs_designation"])
        assert ask(date(2026, 5, 1), ("sent", date(2026, 4, 20)), **secret).verdict == "forbidden"
        assert ask(made_in_japan="no", **secret).verdict == "allowed"

    def test_under_a_designation_it_speaks_of_the_designated_invention_alone(self) -> None:
        secret = {"excepted_by": "patent_secrecy_with_the_united_states"}
        held = (("sent", date(2026, 4, 20)), ("designated", date(2026, 5, 1)))
        assert codes(ask(date(2026, 6, 1), *held, **secret)) == ["designated_but_excepted"]
        other = ask(date(2026, 6, 1), *held, shows_designated_invention="no", **secret)
        assert codes(other) == ["other_invention_of_the_application"]

    def test_an_open_fact_is_asked_for_only_where_it_decides(self) -> None:
        answer = ask(made_in_japan=None, symbols=("B63B 3/13",))
        assert (answer.verdict, answer.open) == ("ask_first", ("made_in_japan", *requirements()))
        assert ask(made_in_japan=None, public="yes", symbols=("B63B 3/13",)).verdict == "allowed"
        assert ask(symbols=()).open == ("symbols",)

    def test_before_1_may_2024_nothing_was_banned(self) -> None:
        assert codes(ask(date(2024, 4, 30), application=None)) == ["not_in_force"]

    def test_the_tables_of_the_day_of_filing_abroad_count(self) -> None:
        symbols = {
            "symbols": ("H10F 30/22",),
            "facts": {"quantum_dot_or_superlattice": "yes", "defence_or_military_use": "yes"},
        }
        assert ask(date(2024, 12, 31), application=None, **symbols).verdict == "allowed"
        assert ask(date(2025, 1, 1), application=None, **symbols).verdict == "forbidden"


class TestPriorConfirmation:
    def test_an_answer_that_it_is_clearly_harmless_frees(self) -> None:
        answer = ask(date(2026, 5, 1), ("answered_harmless", date(2026, 4, 30)), application=None)
        assert (answer.verdict, answer.article) == ("allowed", "78(1); 79(4)")

    def test_an_answer_that_it_is_not_clear_frees_nothing(self) -> None:
        assert ask(date(2026, 5, 1), ("answered_not_clear", FILED), application=None).verdict == "forbidden"

    def test_an_answer_that_it_is_not_of_the_kind_is_on_the_tables_of_its_day(self) -> None:
        answered = ("answered_not_of_the_kind", date(2024, 12, 1))
        assert ask(date(2024, 12, 31), answered, application=None).verdict == "allowed"
        assert ask(date(2025, 1, 1), answered, application=None).verdict == "forbidden"


class TestTheProviso:
    def test_three_months_without_a_notice_of_sending_free_from_the_next_day(self) -> None:
        last = ask(THREE)
        assert (last.verdict, last.first_free_day) == ("forbidden", THREE + DAY)
        assert steps(last) == ["ask_for_the_notice_of_not_sending", "wait", "mind_the_penalty"]
        free = ask(THREE + DAY)
        assert (free.verdict, codes(free), free.first_free_day) == (
            "allowed",
            ["three_months_passed"],
            THREE + DAY,
        )

    def test_a_notice_of_sending_leaves_the_ten_months(self) -> None:
        sent = ("sent", THREE)
        assert ask(TEN, sent).verdict == "forbidden"
        assert ask(TEN, sent).first_free_day == TEN + DAY
        assert codes(ask(TEN + DAY, sent)) == ["ten_months_passed"]

    def test_a_designation_takes_the_ten_months_away_even_when_it_comes_after_them(self) -> None:
        sent, designated = ("sent", THREE), ("designated", TEN + 10 * DAY)
        assert ask(TEN + 5 * DAY, sent).verdict == "allowed"
        assert ask(TEN + 10 * DAY, sent, designated).verdict == "forbidden"

    @pytest.mark.parametrize("kind", ["not_sent", "not_designated"])
    def test_a_notice_of_the_proviso_frees_on_the_day_it_is_received(self, kind: str) -> None:
        received = date(2026, 5, 1)
        assert ask(received, (kind, received)).verdict == "allowed"
        assert ask(received - DAY).verdict == "forbidden"

    def test_expiry_frees_only_with_its_notice(self) -> None:
        sent, designated = ("sent", THREE), ("designated", date(2026, 9, 1))
        after_the_year = date(2027, 9, 15)
        assert ask(after_the_year, sent, designated).verdict == "forbidden"
        ended = ask(after_the_year, sent, designated, ("designation_ended", after_the_year))
        assert (ended.verdict, codes(ended), ended.first_free_day) == (
            "allowed",
            ["notice_received"],
            after_the_year,
        )

    @pytest.mark.parametrize(("ended_on", "verdict"), [(THREE, "forbidden"), (THREE + DAY, "allowed")])
    def test_an_application_that_ended_before_the_period_passed_frees_nothing(
        self, ended_on: date, verdict: str
    ) -> None:
        filed = Filed(FILED, ended=Ended("withdrawn", ended_on))
        assert ask(date(2026, 8, 1), application=filed).verdict == verdict

    def test_a_withdrawal_after_the_notice_leaves_what_the_notice_freed(self) -> None:
        filed = Filed(FILED, ended=Ended("withdrawn", date(2026, 5, 20)))
        assert ask(date(2026, 6, 1), ("not_sent", date(2026, 5, 1)), application=filed).verdict == "allowed"

    def test_a_divisional_has_its_own_three_months_and_its_parent_s_ten(self) -> None:
        divided = Filed(FILED, (Origin("division", date(2026, 11, 16)),))
        assert ask(TEN, application=divided).first_free_day == TEN + DAY
        assert codes(ask(TEN + DAY, application=divided)) == ["ten_months_passed"]
        early = Filed(FILED, (Origin("division", date(2026, 5, 20)),))
        assert ask(THREE + DAY, application=early).first_free_day == date(2026, 8, 21)

    def test_a_foreign_language_application_without_its_translation_has_no_period(self) -> None:
        answer = ask(date(2027, 6, 1), application=Filed(FILED, (Origin("translation"),)))
        assert (answer.verdict, codes(answer), answer.first_free_day) == (
            "forbidden",
            ["banned", "start_not_known"],
            None,
        )

    def test_the_text_does_not_settle_a_national_phase(self) -> None:
        filed = Filed(FILED, (Origin("pct_national_phase", FILED),))
        assert ask(date(2027, 6, 1), application=filed).verdict == "ask_first"


class TestWhatMayStillChange:
    def test_the_three_months_cannot_be_counted_on_before_they_have_passed(self) -> None:
        answer = ask(THREE + DAY, asked_on=date(2026, 6, 1))
        assert (answer.verdict, codes(answer)) == ("ask_first", ["may_still_change"])
        assert "ask_again" in steps(answer)

    def test_on_the_last_day_of_the_three_months_a_notice_may_still_be_issued(self) -> None:
        assert ask(THREE + DAY, asked_on=THREE).verdict == "ask_first"

    def test_a_notice_issued_after_the_three_months_takes_nothing_away(self) -> None:
        assert ask(THREE + 5 * DAY, ("sent", THREE + DAY)).verdict == "allowed"

    def test_what_was_sent_may_still_be_designated(self) -> None:
        assert ask(TEN + DAY, ("sent", THREE), asked_on=date(2026, 12, 1)).verdict == "ask_first"

    def test_what_was_not_sent_in_time_stays_free(self) -> None:
        assert ask(TEN, asked_on=THREE + DAY).verdict == "allowed"

    def test_of_a_day_in_the_past_what_came_after_does_not_count(self) -> None:
        assert (
            ask(date(2026, 5, 1), ("not_sent", date(2026, 5, 2)), asked_on=date(2026, 6, 1)).verdict
            == "forbidden"
        )


class TestDesignation:
    DESIGNATED = (
        ("sent", THREE),
        ("possible_designation", date(2026, 8, 1)),
        ("designated", date(2026, 9, 1)),
    )
    ON = date(2026, 10, 1)

    @pytest.mark.parametrize(
        "facts",
        [
            {},
            {"public": "yes"},
            {"made_in_japan": "no"},
            {"symbols": ()},
            {"excepted_by": "space_station"},
            {"excepted_by": "patent_secrecy_with_the_united_states"},
            {"shows_designated_invention": "no"},
        ],
    )
    def test_it_is_never_allowed_while_the_designation_lives(self, facts: dict[str, Any]) -> None:
        assert ask(self.ON, *self.DESIGNATED, **facts).verdict != "allowed"

    def test_the_disclosure_ban_is_named(self) -> None:
        answer = ask(self.ON, *self.DESIGNATED)
        assert (answer.verdict, answer.article, answer.first_free_day) == (
            "forbidden",
            "74(1); 78(1), (2)",
            None,
        )
        assert steps(answer)[0] == "await_the_end_of_designation"
        assert [step.article for step in answer.next][-1] == "92(1)(viii), (2), (3)"

    def test_another_invention_of_the_application_is_for_the_cabinet_office(self) -> None:
        answer = ask(self.ON, *self.DESIGNATED, shows_designated_invention="no")
        assert (answer.verdict, answer.article) == ("ask_first", "78(2)")

    def test_the_ban_on_publishing_holds_from_the_notice_of_a_possible_designation(self) -> None:
        notices = self.DESIGNATED[:2]
        assert ask(self.ON, *notices, public="yes").article == "68"
        assert ask(self.ON, *notices).verdict == "forbidden"
        assert ask(self.ON, *notices, ("not_designated", self.ON)).verdict == "allowed"


class TestTheParisYear:
    def test_days_left_are_counted_to_the_last_day_of_the_twelve_months(self) -> None:
        answer = ask(date(2027, 3, 25))
        assert (answer.paris_last_day, answer.paris_days_left) == (FILED.replace(year=2027), 7)
        assert ask(date(2027, 4, 3)).paris_days_left == -2

    def test_an_earlier_priority_may_end_before_the_ban_does(self) -> None:
        answer = ask(
            date(2026, 8, 1), ("sent", THREE), application=Filed(FILED, priority_from=date(2025, 6, 1))
        )
        assert answer.paris_last_day == date(2026, 6, 1)
        assert "mind_the_priority_year" in steps(answer)

    def test_without_an_application_there_is_none(self) -> None:
        assert ask(application=None).paris_days_left is None


def test_everything_wrong_with_a_question_is_said_at_once() -> None:
    wrong = Question(
        date(2026, 5, 1),
        date(2026, 5, 1),
        ("G99Z",),
        application=Filed(
            date(2026, 5, 2), (Origin("division"),), ended=Ended("dismissed", date(2026, 5, 3))
        ),
        notices=(Notice("sent", date(2026, 5, 2)),),
    )
    assert [(found.field, found.code) for found in defects(wrong)] == [
        ("/symbols/0", "symbol_without_group"),
        ("/application/filed_on", "filed_in_the_future"),
        ("/application/origins/0/on", "route_without_day"),
        ("/application/ended/on", "ended_at_no_such_time"),
        ("/notices/0/on", "notice_at_no_such_time"),
    ]
    lone = Question(FILED, FILED, notices=(Notice("sent", FILED),))
    assert [found.code for found in defects(lone)] == ["notice_without_application"]


# ---- the article a second time, over whole worlds instead of open facts ----


@dataclass(frozen=True)
class World:
    """One way the open facts may be, and the notices that may have come by the day of filing."""

    made_in_japan: bool
    public: bool
    of_the_kind: bool
    notices: tuple[Notice, ...]


def received(world: World, kind: str, by: date) -> list[date]:
    return [notice.on for notice in world.notices if notice.kind == kind and notice.on <= by]


def lives(world: World, on: date) -> bool:
    """Whether a 70(1) notice has had no 77(2) notice after it."""
    return any(
        not any(ended > began for ended in received(world, "designation_ended", on))
        for began in received(world, "designated", on)
    )


def free(question: Question, world: World, on: date) -> bool:
    """Art. 78(1), read from left to right."""
    filed = question.application
    if not (world.made_in_japan and not world.public and world.of_the_kind) or received(
        world, "answered_harmless", on
    ):
        return True
    if filed is None:
        return False
    divided = next((origin.on for origin in filed.origins if origin.route == "division"), None)
    three, ten = months(divided or filed.filed_on, 3), months(filed.filed_on, 10)
    gone = filed.ended.on if filed.ended is not None and filed.ended.on <= on else None
    if on > ten and not received(world, "designated", on) and (gone is None or gone > ten):
        return True
    if on > three and not received(world, "sent", three) and (gone is None or gone > three):
        return True
    since = max(received(world, "designated", on), default=date.min)
    freeing = ("not_sent", "not_designated", "designation_ended")
    return any(day >= since for kind in freeing for day in received(world, kind, on))


def months(start: date, number: int) -> date:
    """The last day of so many months from the day after `start`, day by day."""
    first = start + DAY
    year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
    day = first.day
    while True:
        try:
            return date(year, month + 1, day) - (DAY if day == first.day else timedelta())
        except ValueError:
            day -= 1


def worlds(question: Question) -> Iterator[World]:
    known = tuple(
        notice for notice in question.notices if notice.on <= min(question.asked_on, question.intended_on)
    )
    kinds = {"F41H 13/00": (True,), "A01B 1/02": (False,), "B63B 3/13": (True, False)}[question.symbols[0]]
    answers = {"yes": (True,), "no": (False,), None: (True, False)}
    for made, public, kind in product(answers[question.made_in_japan], answers[question.public], kinds):
        yield World(made, public, kind, known)


def futures(question: Question, world: World) -> Iterator[World]:
    """The world as it stands, and with what may still be sent and designated before the day of filing."""
    yield world
    filed, asked, on = question.application, question.asked_on, question.intended_on
    if filed is None or asked >= on or filed.ended is not None:
        return
    if any(
        day
        for kind in ("not_sent", "not_designated", "designation_ended")
        for day in received(world, kind, asked)
    ):
        return
    divided = next((origin.on for origin in filed.origins if origin.route == "division"), None)
    sent = received(world, "sent", asked)
    # The day of asking is not over: a notice may still be issued on it.
    if not sent and asked <= months(divided or filed.filed_on, 3):
        sent = [asked]
        yield with_more(world, Notice("sent", asked))
    if sent:
        yield with_more(world, Notice("sent", sent[0]), Notice("designated", on))


def with_more(world: World, *notices: Notice) -> World:
    return World(world.made_in_japan, world.public, world.of_the_kind, (*world.notices, *notices))


DAYS = st.sampled_from(
    [
        FILED,
        date(2026, 5, 1),
        THREE,
        THREE + DAY,
        date(2026, 9, 1),
        date(2026, 11, 16),
        TEN,
        TEN + DAY,
        date(2027, 8, 1),
    ]
) | st.dates(FILED, date(2028, 1, 1))
ANSWERS = ("answered_harmless", "answered_not_clear")
KINDS = (
    "sent",
    "not_sent",
    "designated",
    "not_designated",
    "designation_ended",
    *ANSWERS,
)
# Made once: to make strategies anew for each question costs more than to draw from them.
NOTICES = {
    True: st.lists(st.tuples(st.sampled_from(KINDS), DAYS), max_size=4),
    False: st.lists(st.tuples(st.sampled_from(ANSWERS), DAYS), max_size=4),
}
PERHAPS_A_DAY = st.none() | DAYS
PERHAPS = st.booleans()
YES_NO = st.sampled_from(["yes", "no", None])
SYMBOLS = st.sampled_from(["F41H 13/00", "A01B 1/02", "B63B 3/13"])
MADE_HERE, SECRET = st.just("yes") | YES_NO, st.just("no") | YES_NO


@st.composite
def questions(draw: st.DrawFn, *, of_the_kind: bool = False) -> Question:
    asked_on = draw(DAYS)
    ended, divided = draw(PERHAPS_A_DAY), draw(PERHAPS_A_DAY)
    filed = Filed(
        FILED,
        (Origin("division", min(divided, asked_on)),) if divided else (),
        ended=Ended("withdrawn", min(ended, asked_on)) if ended else None,
    )
    application = filed if of_the_kind or draw(PERHAPS) else None
    return Question(
        asked_on,
        draw(DAYS),
        ("F41H 13/00" if of_the_kind else draw(SYMBOLS),),
        made_in_japan="yes" if of_the_kind else draw(MADE_HERE),
        public="no" if of_the_kind else draw(SECRET),
        application=application,
        notices=tuple(Notice(kind, min(on, asked_on)) for kind, on in draw(NOTICES[application is not None])),
    )


@given(questions())
@example(  # a notice issued late, and the application withdrawn
    Question(
        THREE + DAY,
        date(2027, 1, 1),
        ("F41H 13/00",),
        made_in_japan="yes",
        public="no",
        application=Filed(FILED, ended=Ended("withdrawn", THREE + DAY)),
        notices=(Notice("sent", THREE + DAY),),
    )
)
@settings(max_examples=tries(200, proved=5000), deadline=None)
def test_the_check_says_what_the_article_says(question: Question) -> None:
    assert defects(question) == ()
    answer, on = check(question), question.intended_on
    whole = list(worlds(question))
    if any(lives(world, on) for world in whole):
        assert answer.verdict == "forbidden"
        assert answer.first_free_day is None
        return
    stands = [free(question, world, on) for world in whole]
    to_come = [world for one in whole for world in futures(question, one)]
    may_be = [not lives(world, on) and free(question, world, on) for world in to_come]
    # An invention outside the ban is banned by no notice; a designation of it can only follow an own request.
    outside = all(not (world.made_in_japan and not world.public and world.of_the_kind) for world in whole)
    harmless = any(received(world, "answered_harmless", on) for world in whole)
    if all(may_be) or (all(stands) and (outside or harmless)):
        assert answer.verdict == "allowed"
    elif not any(stands):
        assert answer.verdict == "forbidden"
    else:
        assert answer.verdict == "ask_first"


@given(questions(of_the_kind=True))
@settings(
    max_examples=tries(60, proved=2000), deadline=None, suppress_health_check=[HealthCheck.filter_too_much]
)
def test_what_is_forbidden_is_free_on_the_first_free_day_if_nothing_comes_before(question: Question) -> None:
    answer = check(question)
    assume(answer.verdict == "forbidden" and answer.first_free_day is not None)
    assert answer.first_free_day is not None
    assert answer.first_free_day > question.intended_on
    known = tuple(one for one in question.notices if one.on <= min(question.asked_on, question.intended_on))
    ended = question.application.ended if question.application else None
    assume(ended is None or ended.on <= question.intended_on)
    then = {name: getattr(question, name) for name in Question.__struct_fields__}
    then |= {"asked_on": answer.first_free_day, "intended_on": answer.first_free_day, "notices": known}
    assert check(Question(**then)).verdict == "allowed"


@given(questions())
@example(Question(FILED, FILED, ("F41H 13/00",)))
def test_every_sentence_is_of_the_catalogue_in_both_languages(question: Question) -> None:
    answer = check(question)
    for sentence, kind in [(one, "reason") for one in answer.reasons] + [
        (one, "step") for one in answer.next
    ]:
        assert sentence.article == read("filing_abroad")[kind][sentence.code]["article"]
        assert "{" not in sentence.en + sentence.ja
        assert not any(symbol in sentence.en + sentence.ja for symbol in question.symbols)
    assert answer.reasons
    assert answer.next or answer.verdict == "allowed"
