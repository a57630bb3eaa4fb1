"""The list of problems: every code is complete in both languages, and every code raised is listed."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.platform.http.problems import catalogue, filled, language_of, problem

SERVICES = Path(__file__).parents[3] / "services"
PROBLEMS = sorted(catalogue()["problem"])
FIELDS = sorted(catalogue()["field"])


@pytest.mark.parametrize("code", PROBLEMS)
def test_a_problem_is_complete_in_both_languages(code: str) -> None:
    listed = catalogue()["problem"][code]
    assert 400 <= listed["status"] <= 599
    assert set(listed) <= {"status", "title", "title_ja", "detail", "detail_ja", "next", "next_ja"}
    for text in ("title", "detail", "next"):
        assert (text in listed) == (f"{text}_ja" in listed), text
        if text in listed:
            assert names_in(listed[text]) == names_in(listed[f"{text}_ja"]), text
            assert any(ord(letter) > 0x3000 for letter in listed[f"{text}_ja"]) or "{" in listed[f"{text}_ja"]
    assert "title" in listed
    assert not names_in(listed["title"])


@pytest.mark.parametrize("code", FIELDS)
def test_a_field_s_problem_is_said_in_both_languages(code: str) -> None:
    listed = catalogue()["field"][code]
    assert set(listed) == {"message", "message_ja"}


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def codes_raised() -> Iterator[tuple[str, str]]:
    """Every code that the services raise or declare literally, with where."""
    for path in sorted(SERVICES.rglob("*.py")):
        if "statute" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                place = {"Refusal": 0, "rule": 0, "refuse_if": 1}.get(node.func.id)
                if place is not None and len(node.args) > place:
                    code = node.args[place]
                    if isinstance(code, ast.Constant) and isinstance(code.value, str):
                        yield code.value, f"{path.relative_to(SERVICES)}:{node.lineno}"


def test_every_code_that_is_raised_is_listed() -> None:
    missing = {where: code for code, where in codes_raised() if code not in catalogue()["problem"]}
    assert missing == {}


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("ja", "ja"),
        ("ja-JP,ja;q=0.9,en;q=0.8", "ja"),
        ("en-GB,ja;q=0.9", "en"),
        ("fr, ja;q=0.5, en;q=0.2", "ja"),
        ("ja;q=nonsense", "en"),
        ("ja;q=0", "en"),
        ("*", "en"),
    ],
)
def test_the_language_is_the_one_preferred(accepted: str | None, language: str) -> None:
    assert language_of(accepted) == language


def test_a_text_whose_facts_are_missing_is_left_out() -> None:
    assert filled("until {day}", {}) is None
    assert filled("until {day}", {"day": "2026-06-30"}) == "until 2026-06-30"
    assert "detail" not in problem("version_conflict", "en", {})


def test_a_fact_is_shown_as_it_is_and_never_read_as_a_text() -> None:
    facts: dict[str, Any] = {"act": "{expected.__class__}"}
    assert "{expected.__class__}" in problem("not_your_act", "en", facts)["detail"]
