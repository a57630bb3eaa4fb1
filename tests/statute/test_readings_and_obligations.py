"""Open questions and how they are read, duties without a number, and what stands on a provision."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from documents.statute_powers import powers
from local.cli import main
from services.statute import Refused
from services.statute.article import citing_tests, on_article, powers_from
from services.statute.citations import citations
from services.statute.obligations import obligations, obligations_of
from services.statute.readings import OpenQuestion, open_questions, question, readings_of

ROOT = Path(__file__).parents[2]
TODAY, BEFORE = date(2026, 11, 26), date(2026, 11, 25)


@pytest.mark.parametrize("asked", open_questions(), ids=lambda asked: asked.id)
def test_of_every_question_one_reading_is_taken_and_says_why(asked: OpenQuestion) -> None:
    assert [answer.taken() for answer in asked.answers].count(True) == 1
    assert asked.cited
    for words in (asked.question, asked.changes, *[w for a in asked.answers for w in (a.says, a.why)]):
        assert words.en
        assert words.ja
    for answer in asked.answers:
        assert answer.until is None or (answer.since is not None and answer.since < answer.until)
    if asked.decision:
        assert list((ROOT / "docs" / "decisions").glob(f"{asked.decision}-*.md"))


def test_question_ids_are_unique() -> None:
    ids = [asked.id for asked in open_questions()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("name", "before", "now"),
    [
        ("infra.power_after_shortening", "it ends with the standstill", "the letter"),
        ("infra.order_after_silence", "silence is enough", "it does"),
        ("infra.arrival_with_defects", "it is refused at the door", "it arrives with its defects"),
        ("infra.late_answer", "no longer than the standstill", "ten days whatever the standstill does"),
        (
            "infra.receipt_of_a_recommendation",
            "on the ministry's file",
            "on the recipient's file, or on paper",
        ),
        ("infra.change_part_by_part", "part by part", "the whole plan while any part is open"),
        ("counting.backward_limit_on_a_closed_day", "the open day before it", "it stays"),
    ],
)
def test_a_reading_given_up_stays_with_its_days(name: str, before: str, now: str) -> None:
    asked = question(name)
    old, new = asked.taken(BEFORE), asked.taken(TODAY)
    assert old is not None
    assert new is not None
    assert (old.name, new.name) == (before, now)


def test_readings_are_found_by_their_article() -> None:
    assert "infra.order_after_silence" in [asked.id for asked in readings_of("52(10)")]
    assert "infra.order_after_silence" not in [asked.id for asked in readings_of("52(1)")]
    assert [asked.id for asked in readings_of("52")]
    with pytest.raises(Refused):
        question("infra.nothing")


LISTED = [
    "6(4)", "8(4)", "9(5)", "10(1)", "10(3)", "13(3)", "13(4)", "15(2)", "15(3)", "16(4)(iii)", "18(1)",
    "19(2)", "31(5)", "32(2)", "33(1)", "33(4)", "33(5)", "34(5)", "34(9)", "35(2)", "42(3)", "44(2)",
    "44(5)", "44(9)", "45(4)", "Cabinet Order 394 of 2022, Art. 8(2)", "49(4)", "54(1)", "60(4)",
    "65(4)", "67(5)", "67(6)", "70(3)", "72(1)", "72(2)", "73(1)", "74(1)",
    "Cabinet Office Order 78 of 2023, Art. 8", "Cabinet Office Order 78 of 2023, Art. 10",
    "Patent Act, Art. 48-3(2)", "Suppl. Art. 4",
]  # fmt: skip


@pytest.mark.parametrize("article", LISTED)
def test_every_duty_in_advance_or_without_delay_has_a_record(article: str) -> None:
    [wanted] = citations(article)
    found = obligations_of(article)
    assert any(wanted.covers(one) for duty in found for one in citations(duty.article))


def test_every_obligation_names_who_towards_whom_and_what_brings_it_about() -> None:
    ids = [duty.id for duty in obligations()]
    assert len(ids) == len(set(ids))
    for duty in obligations():
        assert duty.who
        assert duty.towards
        assert duty.pace
        for words in (duty.trigger, duty.duty):
            assert words.en
            assert words.ja
            assert not words.en.endswith(".")


def test_on_a_provision_stand_its_text_periods_readings_powers_and_tests() -> None:
    powers_from(powers)
    found = on_article("52(4)", tests=ROOT / "tests")
    assert found.text[0][1].startswith("主務大臣は、第一項の規定による導入等計画書の届出があった場合において")
    assert [record.ref for record in found.periods] == ["C3-06"]
    assert "infra.extension_more_than_once" in [asked.id for asked in found.readings]
    assert "extend" in [power.name for power in found.powers]
    assert any(test.name == "test_extension_then_shortening" for test in found.tests)


def test_a_test_citing_a_neighbour_does_not_cite_the_provision(tmp_path: Path) -> None:
    tree = tmp_path / "tests"
    tree.mkdir()
    (tree / "test_a.py").write_text(
        'def test_one():\n    "52(10)"\ndef test_two():\n    "52(1)(ii)"\n', "utf-8"
    )
    [cited] = citations("52(1)")
    assert [test.name for test in citing_tests(cited, tree)] == ["test_two"]


def sakimori(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, words)
    return result.exit_code, result.output


@pytest.mark.parametrize(("lang", "told"), [("en", "extended standstill"), ("ja", "延長後の禁止期間")])
def test_an_article_is_printed_in_english_or_japanese(lang: str, told: str) -> None:
    code, output = sakimori("article", "52(4)", "--lang", lang)
    assert code == 0
    assert "四月間に限り、延長することができる" in output
    assert told in output
    assert "infra_review/notification extend" in output


def test_an_article_as_json_and_of_a_day() -> None:
    code, output = sakimori("article", "92(1)", "--on", "2025-05-31", "--json")
    told = json.loads(output)
    assert code == 0
    assert told["since"] == "2024-05-01"
    assert "懲役" in told["text"][0]["text"]


@pytest.mark.parametrize(
    "words", [("article", "52(99)"), ("article", "x"), ("article", "52(4)", "--on", "2020-01-01")]
)
def test_what_is_no_provision_is_said_with_exit_code_2(words: tuple[str, ...]) -> None:
    code, output = sakimori(*words)
    assert code == 2
    assert "Error: " in output
