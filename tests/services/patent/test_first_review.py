"""The first review (Art. 66): which item and symbol, what is open, what an amendment changes, line by
line."""

import io
import re
from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.patent.applications import Application, Finding, Origin
from services.patent.data_files import read
from services.patent.first_review.amendments import Difference, differences
from services.patent.first_review.engine import Engine
from services.patent.first_review.files import LONGEST, LineResult, Position, screen_file
from services.patent.first_review.screening import ARTICLES, Screening, screen
from services.patent.technology_fields import Item, Tables, requirements, tables, versions

ON = date(2026, 6, 1)
FILED = date(2026, 4, 1)
YES, NO = Finding("yes", "paragraph 12"), Finding("no", "paragraph 12")
NO_REQUIREMENT = dict.fromkeys(requirements(), NO)


def review(*symbols: str, filed_on: date = FILED, on: date = ON, **more: object) -> Screening:
    return screen(Application("2026-000001", filed_on, symbols, **more), on)  # type: ignore[arg-type]


def test_it_says_which_item_and_which_symbol_matched() -> None:
    found = review("A01B 1/02", "B64C0039020000", "F41G 3/00")
    assert (found.outcome, found.article) == ("falls_under", "66(1)")
    assert [(one.item, one.field, one.symbols) for one in found.items] == [
        (15, 2, ("B64C 39/02", "F41G 3/00"))
    ]


def test_both_symbols_of_an_item_are_needed() -> None:
    assert review("B64C 39/02").outcome == "does_not_fall"
    assert review("F41G 3/00").outcome == "does_not_fall"


def test_a_group_without_a_stroke_stands_for_all_in_it_and_one_with_a_stroke_for_itself() -> None:
    assert review("F41H 13/02").outcome == "falls_under"
    assert review("F41H 3/02", "B64C 1/00").outcome == "does_not_fall"
    assert review("F41H 3/00", "B64C 1/00").outcome == "falls_under"
    assert review("F41H 130/00").outcome == "does_not_fall"


def test_item_13_is_split_between_what_needs_the_requirement_and_what_does_not() -> None:
    assert review("B63G 8/28").outcome == "falls_under"
    rest = review("B63G 8/38")
    assert (rest.outcome, rest.open) == ("to_examine", tuple(requirements()))
    assert review("B63G 8/38", facts=NO_REQUIREMENT).outcome == "does_not_fall"


@pytest.mark.parametrize("requirement", requirements())
def test_one_additional_requirement_is_enough(requirement: str) -> None:
    assert review("B63B 3/13", facts={requirement: YES}).outcome == "falls_under"
    assert review("B63B 3/13", facts=NO_REQUIREMENT | {requirement: YES}).outcome == "falls_under"
    without = {name: NO for name in requirements() if name != requirement}
    assert review("B63B 3/13", facts=without).open == (requirement,)


def test_an_item_without_the_requirement_needs_none_where_it_overlaps_with_one_that_has_it() -> None:
    found = review("B63C 7/26", "B63G 9/00", "F41G 3/00", facts=NO_REQUIREMENT)
    assert [(one.item, one.standing) for one in found.items] == [(3, "not_met"), (4, "met")]
    assert found.outcome == "falls_under"


def test_uranium_is_a_fact_that_symbols_do_not_tell() -> None:
    assert review("B01D 59/04").open == ("uranium_or_plutonium",)
    assert review("B01D 59/04", facts={"uranium_or_plutonium": YES}).outcome == "falls_under"
    assert review("B01D 59/04", facts={"uranium_or_plutonium": NO}).outcome == "does_not_fall"


def test_quantum_dots_need_the_requirement_besides() -> None:
    quantum = {"quantum_dot_or_superlattice": YES}
    assert review("H10F 30/22", facts=quantum).open == tuple(requirements())
    assert review("H10F 30/22", facts=quantum | {"defence_or_military_use": YES}).outcome == "falls_under"
    assert review("H10F 30/22", facts={"quantum_dot_or_superlattice": NO}).outcome == "does_not_fall"


def test_the_applicant_s_own_request_is_enough_whatever_the_field() -> None:
    asked = review("A01B 1/02", requested_on=FILED)
    assert (asked.outcome, asked.article) == ("requested", "66(2)")
    repeated = review("A01B 1/02", facts={"notified_before": YES})
    assert (repeated.outcome, repeated.because) == ("requested", "notified_before")


def test_what_is_not_classified_yet_is_for_an_examiner() -> None:
    assert (review().outcome, review().because) == ("to_examine", "not_classified")


@pytest.mark.parametrize(
    ("application", "because"),
    [
        (Application("2026-000001", FILED, ("F41H 13/00",), kind="utility_model"), "utility_model"),
        (
            Application(
                "2026-000001", FILED, ("F41H 13/00",), origins=(Origin("pct_national_phase", FILED),)
            ),
            "international_application",
        ),
        (Application("2024-000001", date(2024, 4, 30), ("F41H 13/00",)), "filed_before_the_chapter"),
    ],
)
def test_what_the_article_does_not_reach_is_recorded_as_outside(
    application: Application, because: str
) -> None:
    found = screen(application, ON)
    assert (found.outcome, found.because) == ("outside", because)


def test_a_division_of_what_was_pending_before_the_chapter_is_left_to_an_examiner() -> None:
    divided = date(2026, 5, 1)
    found = review(
        "F41H 13/00", filed_on=date(2024, 4, 1), received_on=divided, origins=(Origin("division", divided),)
    )
    assert (found.outcome, found.because) == ("to_examine", "divided_from_before_the_chapter")


def test_every_reason_has_an_article() -> None:
    assert all(ARTICLES.values())


class TestAgainstTheOrderReadAloud:
    """The compiled tables and the plain reading of the order say the same of any symbols."""

    @staticmethod
    def met(version: Tables, symbols: Iterable[str]) -> list[Item]:
        def lies(symbol: str, place: str) -> bool:
            return (
                re.fullmatch(rf"{place}( .*|[A-Z] .*|/.*)?" if "/" not in place else place, symbol)
                is not None
            )

        return [
            item
            for item in version.items
            if all(
                any(lies(symbol, place) for symbol in symbols for place in listed) for listed in item.all_of
            )
        ]

    NEAR = sorted(
        {
            place
            if "/" in place
            else f"{place}/00"
            if " " in place
            else f"{place}{'B' * (4 - len(place))} 1/00"
            for version in versions()
            for item in version.items
            for listed in item.all_of
            for place in listed
        }
    )

    @given(
        st.sampled_from(versions()),
        st.lists(st.sampled_from([*NEAR, "A01B 1/02", "G01S 7/55", "F41H 3/02"]), max_size=8),
    )
    def test_they_agree(self, version: Tables, symbols: list[str]) -> None:
        assert list(Engine(version).items(symbols)) == self.met(version, symbols)


class TestAmendments:
    OLD, NEW = tables(date(2024, 12, 31)), tables(date(2025, 1, 1))
    PENDING = date(2024, 12, 1)

    def difference(
        self, *symbols: str, sent: bool = False, on: date = PENDING, **more: object
    ) -> list[Difference]:
        application = Application("2024-000001", on, symbols, **more)  # type: ignore[arg-type]
        return list(differences(self.OLD, self.NEW, [(application, sent)]))

    def test_nothing_differs_where_the_tables_say_the_same(self) -> None:
        assert self.difference("F41H 13/00") == []

    def test_an_item_that_only_moved_is_a_difference_that_changes_nothing(self) -> None:
        (moved,) = self.difference("H04K 3/00")
        assert [one.items[0].item for one in (moved.before, moved.after)] == [47, 45]
        assert moved.under_the_act.outcome == moved.before.outcome == "to_examine"

    def test_what_was_rewritten_in_new_symbols_is_for_an_examiner(self) -> None:
        (rewritten,) = self.difference("H10F 30/22")
        assert (rewritten.follows, rewritten.under_the_act.because) == ("examine", "rewritten_while_pending")
        (left,) = self.difference("H01L 31/08")
        assert (left.follows, left.under_the_act.because) == ("examine", "left_the_tables_while_pending")

    def test_what_an_amendment_newly_covers_is_not_sent_when_it_was_pending(self) -> None:
        brought = Tables(self.NEW.since, (*self.NEW.items, _new_item("A01B 1/02")))
        application = Application("2024-000001", self.PENDING, ("A01B 1/02",))
        (found,) = differences(self.OLD, brought, [(application, False)])
        assert (found.after.outcome, found.under_the_act.outcome) == ("falls_under", "does_not_fall")
        assert (found.follows, found.article) == ("not_reached", "66(11)")

    def test_what_only_the_new_tables_settle_stays_open(self) -> None:
        brought = Tables(self.NEW.since, (*self.NEW.items, _new_item("B63B 3/13")))
        application = Application("2024-000001", self.PENDING, ("B63B 3/13",))
        (found,) = differences(self.OLD, brought, [(application, False)])
        assert (found.after.outcome, found.under_the_act.outcome) == ("falls_under", "to_examine")

    def test_nothing_follows_for_what_was_sent(self) -> None:
        (sent,) = self.difference("H01L 31/08", sent=True)
        assert sent.follows == "nothing"

    def test_what_came_in_after_the_amendment_is_under_it_anyway(self) -> None:
        assert self.difference("H10F 30/22", on=date(2025, 1, 1)) == []

    def test_the_review_itself_keeps_to_the_limit(self) -> None:
        found = review("H10F 30/22", filed_on=self.PENDING, on=date(2025, 2, 1))
        assert found.because == "rewritten_while_pending"
        assert review("H01L 31/08", filed_on=self.PENDING, on=date(2024, 12, 20)).because == "facts_open"


def _new_item(place: str) -> Item:
    version = tables(date(2025, 1, 1))
    text = "国際特許分類記号"
    return Item(48, 25, ((place,),), False, version.items[0].effective, text)


class TestFiles:
    GOOD = b'{"number":"2026-000001","filed_on":"2026-04-01","symbols":["F41H 13/00"]}\n'
    CUT = b'{"number":"2026-000003","filed_on":"2026-04-01","symbols":["F41'

    def screened(self, content: bytes, start: Position | None = None) -> list[LineResult]:
        return list(screen_file(io.BytesIO(content), ON, start or Position()))

    def test_each_line_has_its_own_result(self) -> None:
        wrong = (
            b'{"number":"2026-1","filed_on":"2026-07-01","symbols":["G99Z",3],'
            b'"facts":{"defence_or_military_use":"yes"}}\n'
        )
        results = self.screened(self.GOOD + wrong + b"\n" + b"no json\n" + self.GOOD)
        assert [result.line for result in results] == [1, 2, 4, 5]
        assert [bool(result.screening) for result in results] == [True, False, False, True]
        assert {(found.field, found.code) for found in results[1].defects} == {
            ("/number", "field_not_valid"),
            ("/symbols/1", "field_not_valid"),
            ("/symbols/0", "symbol_without_group"),
            ("/filed_on", "filed_in_the_future"),
            ("/facts/defence_or_military_use", "field_not_valid"),
        }
        assert [found.code for found in results[2].defects] == ["line_not_json"]

    def test_a_file_cut_in_the_middle_takes_nothing_of_the_line_and_is_resumed_there(self) -> None:
        whole = self.GOOD + self.CUT
        *taken, cut = self.screened(whole)
        assert [found.code for found in cut.defects] == ["line_cut"]
        assert cut.resume == taken[-1].resume == Position(1, len(self.GOOD))
        (rest,) = self.screened(whole + b'H 13/00"]}\n', cut.resume)
        assert rest.application is not None
        assert (rest.line, rest.application.number) == (2, "2026-000003")

    def test_a_last_line_without_its_end_is_taken_when_it_is_whole(self) -> None:
        (result,) = self.screened(self.GOOD.rstrip())
        assert result.screening is not None

    @given(
        st.lists(st.sampled_from([GOOD, b"\n", b"[]\n", b"no json\n", b'{"number":1}\n']), max_size=12),
        st.integers(0, 11),
    )
    def test_a_run_resumed_anywhere_gives_what_one_run_gives(self, lines: list[bytes], stop: int) -> None:
        content = b"".join(lines)
        whole = self.screened(content)
        first = whole[: stop % (len(whole) + 1)]
        rest = self.screened(content, first[-1].resume if first else None)
        assert first + rest == whole

    def test_an_overlong_line_is_passed_over(self) -> None:
        results = self.screened(b'"' + b"x" * (3 * LONGEST) + b'"\n' + self.GOOD)
        assert [found.code for found in results[0].defects] == ["line_too_long"]
        assert results[1].screening is not None
        assert results[1].resume.bytes == 3 * LONGEST + 3 + len(self.GOOD)

    @given(st.binary(max_size=60))
    def test_whatever_a_line_holds_its_defects_say_nothing_of_it(self, content: bytes) -> None:
        catalogue = {entry["en"] for entry in read("defects").values()}
        for result in self.screened(b'{"canary":"' + content.replace(b"\n", b"") + b'"}\n'):
            assert result.defects
            assert all(found.message in catalogue and "canary" not in found.field for found in result.defects)
