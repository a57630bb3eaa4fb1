"""The Act line by line: nothing left over, nothing claimed that is gone."""

from collections import Counter

import pytest

from documents.statute import STATUSES, lines, main, pages, problems
from documents.statute_answers import Answers, broken, cite_nothing
from services.statute.article import Cited
from services.statute.citations import citations
from services.statute.texts import articles, instruments, text


def test_every_provision_has_an_answer_a_reason_or_an_unbuilt_chapter() -> None:
    assert problems() == []


def test_only_the_chapters_on_the_list_may_be_unbuilt() -> None:
    act = instruments()["act"]
    unbuilt = Counter(
        article.chapter
        for article in articles("act")
        for line in lines(act, article)
        if line.status == "not yet built"
    )
    assert {*unbuilt} <= {*Answers().not_yet_built, ""}


def test_a_provision_without_an_answer_is_missing() -> None:
    told = Answers()
    told.answers = [(cited, one) for cited, one in told.answers if one["on"] != "58(4)"]
    [cited] = citations("58(4)")
    assert told.of(instruments()["act"], text("act", "58"), cited).status == "missing"


def test_an_unbuilt_chapter_shows_its_periods_without_calling_them_an_answer() -> None:
    [cited] = citations("12(1)")
    told = Answers()
    told.powers, told.answers, told.not_yet_built = [], [], ["2"]
    found = told.of(instruments()["act"], text("act", "12"), cited)
    assert found.status == "not yet built"
    assert any("C2-06" in line for line in found.lines())


@pytest.mark.parametrize(
    "answer",
    [
        "power infra_review/notification vanish",
        "period C9-99",
        "module services.nothing",
        "route infra_review GET /nothing",
        "document docs/nothing.md",
        "thing x",
    ],
)
def test_an_answer_naming_what_is_gone_fails(answer: str) -> None:
    told = Answers()
    told.answers = [(citations("52(4)"), {"on": "52(4)", "by": [answer]})]
    told.headings = []
    assert [*broken(told)] == [f"statute_answers.toml, 52(4): {answer} does not exist"]


def test_a_power_on_a_provision_that_does_not_exist_fails() -> None:
    told = Answers()
    told.powers.append((citations("52(12)"), Cited("invent", "infra_review/notification", "52(12)")))
    assert any("52(12), which does not exist" in said for said in cite_nothing(told))


def test_the_pages_count_what_they_show_and_are_up_to_date() -> None:
    made = pages()
    assert {"README.md", "orders.md", "act-chapter-3.md", "infrastructure_mic.md"} <= made.keys()
    assert all(f"**{name}**" in made["README.md"] for name, _ in STATUSES.values())
    assert "*not yet built*" not in made["act-chapter-2.md"]
    assert "*not yet built*" not in made["act-chapter-3.md"]
    assert "[10](infrastructure_mic.md#10)" in made["orders.md"]
    assert main(["--check"]) == 0
