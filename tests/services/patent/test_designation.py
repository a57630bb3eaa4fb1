"""The preservation designation (Arts. 70-77, 81, 82): a year with its first day, renewed, released,
shifted."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from services.patent.designation.effects import LaterApplicant, effects, has_licence, standings
from services.patent.designation.shifts import days_left_out, shifts
from services.patent.designation.term import (
    Designation,
    Renewal,
    Span,
    in_force,
    longest_first_term,
    longest_renewal,
    term_of,
)
from services.statute import Refused, is_open_day

DAY = timedelta(days=1)
MADE = date(2026, 3, 10)
YEAR = Designation(MADE, date(2027, 3, 9))


class TestTheTerm:
    @pytest.mark.parametrize(
        ("made", "last"),
        [
            (date(2026, 3, 10), date(2027, 3, 9)),
            (date(2028, 2, 29), date(2029, 2, 28)),
            (date(2027, 3, 1), date(2028, 2, 29)),
            (date(2026, 1, 1), date(2026, 12, 31)),
        ],
    )
    def test_a_year_counts_the_day_of_designation(self, made: date, last: date) -> None:
        assert longest_first_term(made) == last
        assert term_of(Designation(made, last)).last_day == last
        with pytest.raises(Refused) as refused:
            term_of(Designation(made, last + DAY))
        assert refused.value.code == "beyond_ceiling"

    def test_a_term_may_be_shorter_and_no_holiday_moves_it(self) -> None:
        sunday = date(2026, 6, 7)
        assert term_of(Designation(MADE, sunday)).judge_by == sunday

    def test_the_day_after_the_term_it_is_over_by_itself(self) -> None:
        assert in_force(YEAR, YEAR.until)
        assert not in_force(YEAR, YEAR.until + DAY)
        assert not in_force(YEAR, MADE - DAY)

    def test_renewed_three_times_it_lasts_four_years(self) -> None:
        renewed = YEAR
        for year in (2028, 2029, 2030):
            until = date(year, 3, 9)
            assert term_of(renewed).longest_renewal == until
            renewed = replace(renewed, renewals=(*renewed.renewals, Renewal(date(year - 1, 3, 9), until)))
        term = term_of(renewed)
        assert (len(term.spans), term.last_day) == (4, date(2030, 3, 9))
        assert term.spans[1] == Span(date(2027, 3, 10), date(2028, 3, 9))

    @pytest.mark.parametrize(
        ("renewal", "code"),
        [
            (Renewal(YEAR.until + DAY, date(2028, 3, 9)), "already_ended"),
            (Renewal(YEAR.until, date(2028, 3, 10)), "beyond_ceiling"),
            (Renewal(YEAR.until, YEAR.until), "not_an_extension"),
            (Renewal(MADE - DAY, date(2028, 3, 9)), "before_it_began"),
        ],
    )
    def test_an_extension_the_law_does_not_give_is_refused(self, renewal: Renewal, code: str) -> None:
        with pytest.raises(Refused) as refused:
            term_of(replace(YEAR, renewals=(renewal,)))
        assert refused.value.code == code

    def test_release_ends_it_and_nothing_can_be_extended_after(self) -> None:
        released = replace(YEAR, released_on=date(2026, 9, 1))
        term = term_of(released)
        assert (term.last_day, term.judge_by, term.longest_renewal) == (date(2026, 9, 1), None, None)
        with pytest.raises(Refused):
            term_of(replace(released, renewals=(Renewal(date(2026, 9, 2), date(2028, 3, 9)),)))

    @given(st.dates(date(2024, 5, 1), date(2060, 1, 1)), st.lists(st.integers(1, 365), max_size=6))
    def test_spans_follow_each_other_without_a_gap_and_none_is_over_a_year(
        self, made: date, lengths: list[int]
    ) -> None:
        designation = Designation(made, min(made + 200 * DAY, longest_first_term(made)))
        for length in lengths:
            last = term_of(designation).last_day
            until = min(last + length * DAY, longest_renewal(last))
            designation = replace(designation, renewals=(*designation.renewals, Renewal(last, until)))
        spans = term_of(designation).spans
        assert all(after.first_day == before.last_day + DAY for before, after in pairwise(spans))
        assert all((span.last_day - span.first_day).days <= 365 for span in spans)


class TestEffects:
    def running(
        self, on: date, end_notified_on: date | None = None, designation: Designation = YEAR
    ) -> set[str]:
        found = standings(designation, on, MADE, end_notified_on)
        return {one.effect.name for one in found if one.runs}

    def test_all_run_while_it_stands(self) -> None:
        assert self.running(date(2026, 6, 1)) == {effect.name for effect in effects()}
        assert self.running(MADE - DAY) == set()

    def test_a_term_that_ran_out_in_silence_ends_what_hangs_on_the_designation_only(self) -> None:
        still = self.running(YEAR.until + DAY)
        assert {"no_withdrawal", "no_conversion", "no_filing_abroad", "hold"} <= still
        assert not still & {
            "no_working",
            "no_disclosure",
            "proper_management",
            "no_utility_model_registration",
        }

    def test_73_to_76_bind_from_the_receipt_of_the_notice(self) -> None:
        """指定特許出願人 is who received it (70(5))."""
        bound = {effect.name for effect in effects() if effect.article.startswith(("73", "74", "75", "76"))}
        before = standings(YEAR, MADE, None, None)
        assert not {one.effect.name for one in before if one.runs} & bound
        assert {one.effect.name for one in before if one.runs} >= {"hold", "no_utility_model_registration"}

    def test_the_hold_ends_with_the_issue_of_the_notice_and_72_with_its_receipt(self) -> None:
        """66(7) 通知をするまでの間, 66(8) the Commissioner's receipt; 72(1) the applicant's."""
        issued = YEAR.until + DAY
        found = standings(YEAR, issued + DAY, MADE, issued + 5 * DAY, issued)
        runs = {one.effect.name for one in found if one.runs}
        assert not runs & {"hold", "succession_is_told"}
        assert {"no_withdrawal", "no_filing_abroad"} <= runs

    def test_a_utility_model_is_registered_on_the_day_of_release(self) -> None:
        """82(5): 解除され…るまで."""
        released = replace(YEAR, released_on=date(2026, 9, 1))
        assert shifts(date(2025, 12, 1), released, MADE).registrable_from == date(2026, 9, 1)
        assert "no_utility_model_registration" not in self.running(date(2026, 9, 1), None, released)

    def test_filing_a_designated_invention_abroad_is_punished_as_its_disclosure(self) -> None:
        """94(1) leaves out what falls under 92(1)(viii)."""
        (one,) = (effect for effect in effects() if effect.name == "no_filing_abroad")
        assert one.penalty == "92(1)(viii)"

    def test_the_notice_ends_the_rest(self) -> None:
        noticed = YEAR.until + 3 * DAY
        assert "no_withdrawal" in self.running(noticed, noticed)
        assert self.running(noticed + DAY, noticed) == set()

    def test_release_ends_it_early(self) -> None:
        released = replace(YEAR, released_on=date(2026, 9, 1))
        assert "no_disclosure" not in self.running(date(2026, 9, 2), None, released)

    def test_every_effect_says_its_article_in_both_languages(self) -> None:
        assert all(effect.article and effect.en and effect.ja for effect in effects())


class TestTheLaterApplicant:
    FULL = LaterApplicant(True, True, date(2026, 5, 1), date(2027, 5, 1), True, False)

    def test_working_before_the_other_was_published_gives_a_licence(self) -> None:
        assert has_licence(self.FULL)

    @pytest.mark.parametrize(
        "lacking",
        [
            {"designated": False},
            {"other_was_designated": False},
            {"refused_under_29_2": False},
            {"knew": True},
            {"began_or_prepared_on": None},
            {"began_or_prepared_on": date(2027, 5, 1)},
            {"other_published_on": None},
        ],
    )
    def test_each_condition_is_needed(self, lacking: dict[str, object]) -> None:
        assert not has_licence(replace(self.FULL, **lacking))


class TestShifts:
    FILED = date(2025, 12, 1)
    NOTIFIED = date(2026, 3, 12)

    def test_before_the_end_is_notified_nothing_is_final(self) -> None:
        open_ = shifts(self.FILED, YEAR, self.NOTIFIED)
        assert (open_.deemed_withdrawn.known, open_.examination.known, open_.left_out) == (False, False, None)
        assert open_.registrable_from == date(2027, 3, 10)

    def test_the_basis_of_a_priority_claim_falls_at_the_later_of_sixteen_months_and_the_notice(self) -> None:
        late = shifts(self.FILED, YEAR, self.NOTIFIED, date(2027, 5, 6)).deemed_withdrawn
        assert (late.decided_by, late.effective_on) == ("notice", date(2027, 5, 6))
        early = shifts(self.FILED, YEAR, self.NOTIFIED, date(2027, 3, 11)).deemed_withdrawn
        assert (early.decided_by, early.last_day) == ("filing", date(2027, 4, 1))

    def test_examination_can_be_requested_on_the_day_after_three_years_have_passed(self) -> None:
        # 三年を経過した日: three years end on Friday 1 December 2028; the day they have passed is Saturday.
        found = shifts(self.FILED, YEAR, self.NOTIFIED, date(2027, 3, 11)).examination
        assert (found.moved_from, found.last_day) == (date(2028, 12, 2), date(2028, 12, 4))

    def test_a_late_notice_leaves_three_months_and_the_day_they_have_passed(self) -> None:
        found = shifts(self.FILED, YEAR, self.NOTIFIED, date(2029, 1, 15)).examination
        assert (found.last_day, found.moved_from, found.known) == (date(2029, 4, 16), None, True)

    def test_the_days_of_both_notices_are_left_out_of_the_extension(self) -> None:
        left_out = shifts(self.FILED, YEAR, self.NOTIFIED, date(2026, 3, 14)).left_out
        assert left_out is not None
        assert days_left_out(left_out) == 3

    @pytest.mark.parametrize(
        ("article", "falls"), [("69(4)", True), ("78(7)", True), ("72(1)", False), (None, False)]
    )
    def test_a_claim_to_priority_falls_with_a_basis_dismissed_under_the_chapter(
        self, article: str | None, falls: bool
    ) -> None:
        assert shifts(self.FILED, YEAR, self.NOTIFIED, dismissed_under=article).priority_claim_falls == falls
        assert shifts(self.FILED, YEAR, self.NOTIFIED).priority_claim_falls is None

    @given(st.dates(date(2027, 3, 10), date(2032, 12, 1)))
    def test_the_last_day_to_request_examination_is_open_and_never_before_three_years(
        self, noticed: date
    ) -> None:
        found = shifts(self.FILED, YEAR, self.NOTIFIED, noticed).examination
        assert is_open_day(found.last_day)
        assert found.last_day >= date(2028, 12, 4)
        assert found.last_day > noticed
