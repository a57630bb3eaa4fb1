"""The law's own text, and its wording on a day."""

import re
from datetime import date

import pytest

from documents.statute_texts import articles as articles_in
from documents.statute_texts import number, undone
from infra.imports import needed_by
from infra.manifest import manifests
from services.statute import Refused, periods
from services.statute.article import cited_by
from services.statute.citations import Citation, citations
from services.statute.obligations import obligations
from services.statute.readings import open_questions
from services.statute.texts import (
    articles,
    changes,
    history,
    instrument_of,
    instruments,
    provisions,
    text,
)

REVIEW = next(manifest for manifest in manifests() if manifest.name == "infra_review")


@pytest.mark.parametrize("door", ["api", "steps", "inbox", "publisher", "sweeper"])
def test_no_function_carries_the_texts(door: str) -> None:
    needs = needed_by(*REVIEW.modules(door))
    assert not [path for path in needs.data() if "texts" in path.parts]


def day(written: str) -> date:
    return date.fromisoformat(written)


def test_every_article_of_the_act_is_there() -> None:
    main = [one.number for one in articles("act") if one.number.isdigit()]
    assert main == [str(n) for n in range(1, 100)]


@pytest.mark.parametrize("instrument", instruments())
def test_every_instrument_can_be_read_whole(instrument: str) -> None:
    whole = articles(instrument)
    assert whole
    for article in whole:
        assert article.source.startswith("https://laws.e-gov.go.jp/law/")
        if article.number.startswith(("form", "table")):
            continue
        # The appended table and paragraphs that were only items have no words of their own.
        assert any(said for _, said in provisions(article)), article.number
        assert not any(re.search(r"\*\*|^- ", said) for _, said in provisions(article)), article.number


@pytest.mark.parametrize(
    ("on", "prison"), [("2024-06-01", "懲役"), ("2025-05-31", "懲役"), ("2025-06-01", "拘禁刑")]
)
def test_a_penalty_reads_as_on_its_day(on: str, prison: str) -> None:
    assert prison in text("act", "92", on=day(on)).paragraphs[0].text


def test_an_article_not_yet_in_force_has_no_text() -> None:
    with pytest.raises(Refused) as refused:
        text("act", "52", on=day("2023-11-16"))
    assert refused.value.code == "no_text_on_day"
    assert text("act", "52", on=day("2023-11-17")).since == day("2023-11-17")


def test_before_its_oldest_text_and_after_the_last_read_the_history_says_so() -> None:
    with pytest.raises(Refused) as refused:
        text("act", "1", on=day("2022-06-16"))
    assert refused.value.code == "before_the_history"
    assert text("act", "52", on=day("2026-06-01")).caution is None
    later = text("act", "52", on=day("2026-07-17")).caution
    assert later is not None
    assert "Act No. 38 of 2026" in later.en


def test_the_history_of_the_cabinet_order_has_each_amendment_s_day() -> None:
    assert history("cabinet_order")[0] == day("2022-12-23")
    assert day("2025-12-24") in history("cabinet_order")


def test_what_an_amendment_changed_is_told() -> None:
    changed = {one.number: one for one in changes("cabinet_order", day("2025-12-23"), day("2025-12-24"))}
    assert "1" in changed
    before, after = changed["1"].before, changed["1"].after
    assert before is not None
    assert after is not None
    assert len(after.paragraphs[0].items) == len(before.paragraphs[0].items) + 4
    added = {one.number for one in changes("cabinet_order", day("2025-02-18"), day("2025-02-19"))}
    assert {"8-2", "8-3"} <= added


def test_the_order_s_article_on_card_operators_was_renumbered() -> None:
    assert "クレジットカード" in text("infrastructure_meti", "7", on=day("2023-11-16")).paragraphs[0].text
    assert text("infrastructure_meti", "7").heading == "親法人等"
    assert (
        text("infrastructure_meti", "26")
        .paragraphs[2]
        .text.startswith("前二項の規定による報告は、毎年度六月末日")
    )


def everything_that_cites() -> list[tuple[str, Citation]]:
    told = [(record.ref, one) for record in periods() for one in cited_by(record)]
    told += [(duty.id, one) for duty in obligations() for one in citations(duty.article)]
    return told + [(asked.id, one) for asked in open_questions() for one in asked.cited]


@pytest.mark.parametrize(("who", "cited"), everything_that_cites(), ids=str)
def test_every_article_cited_by_a_record_exists_in_its_text(who: str, cited: Citation) -> None:
    instrument = instrument_of(cited)
    if instrument is None:  # the Patent Act and other general laws, whose text is not kept
        assert not cited.instrument.startswith(("the Act", "METI", "MIC", "MLIT", "CAO", "Cabinet")), who
        return
    assert any(cited.covers(one) for one, _ in provisions(text(instrument.id, cited.article))), who


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("54(2), 52(6)", ["54(2)", "52(6)"]),
        ("9(1), (4)", ["9(1)", "9(4)"]),
        ("16(4)(i), (ii)", ["16(4)(i)", "16(4)(ii)"]),
        ("52(2)(ii)ロ", ["52(2)(ii)ロ"]),
        ("79(2)-(4)", ["79(2)", "79(3)", "79(4)"]),
        ("52(3) proviso", ["52(3)"]),
        ("Suppl. Art. 4", ["Suppl. Art. 4"]),
        ("20; CAO/MOF Order 3 of 2022, Art. 9(3)", ["20", "CAO/MOF Order 3 of 2022, Art. 9(3)"]),
        ("METI Order 41 of 2023, Art. 11(iv)", ["METI Order 41 of 2023, Art. 11(1)(iv)"]),
        ("Civil Code 141", ["Civil Code, Art. 141"]),
        ("not read", []),
    ],
)
def test_a_citation_is_read_as_it_is_written(written: str, read: list[str]) -> None:
    assert [str(one) for one in citations(written)] == read


def test_a_citation_covers_what_lies_inside_it_and_no_neighbour() -> None:
    [whole], [inside], [neighbour] = citations("52(1)"), citations("52(1)(ii)"), citations("52(10)")
    assert whole.covers(inside)
    assert not inside.covers(whole)
    assert not whole.meets(neighbour)


@pytest.mark.parametrize(
    ("kanji", "digits"),
    [("十", "10"), ("百二", "102"), ("八の二", "8-2"), ("二十", "20"), ("１０", "10"), ("イ", "イ")],
)
def test_numbers_of_the_law_become_digits(kanji: str, digits: str) -> None:
    assert number(kanji) == digits


def test_an_amendment_that_does_not_fit_is_not_undone() -> None:
    diff = ["@@ -1,2 +1,2 @@", " a", "-old", "+new"]
    assert undone(["a", "new", "z"], diff) == ["a", "old", "z"]
    assert undone(["a", "other"], diff) is None


def test_an_article_s_parts_are_told_apart() -> None:
    lines = [
        "**第一条（目的）**　本文",
        "",
        "**２**　次に掲げる。",
        "- 一　甲",
        "  - イ　乙",
        "    - （１）　丙",
    ]
    markdown = "---\nx\n---\n" + "\n".join(lines)
    [paragraph, second] = articles_in(markdown)["1"]["paragraphs"]
    assert paragraph["text"] == "本文"
    item = second["items"][0]
    assert (item["n"], item["items"][0]["n"], item["items"][0]["items"][0]["n"]) == ("1", "イ", "1")
