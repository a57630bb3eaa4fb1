"""The lists of problems: every code is complete in both languages and stands where it is raised, once."""

from __future__ import annotations

import ast
import importlib
import string
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from documents import openapi
from documents.refusals import codes_in, refusals_of, texts_in
from services.platform.http.edge import Edge
from services.platform.http.problems import (
    OF_THE_GATEWAY,
    catalogue,
    field_catalogue,
    filled,
    language_of,
    listed_in,
    problem,
)

ROOT = Path(__file__).parents[3]
SERVICES = ROOT / "services"
PLATFORM = "platform"
CHAPTERS = sorted(path.parent.name for path in SERVICES.glob("*/manifest.toml"))
FILES = {PLATFORM: SERVICES / "platform" / "http", **{name: SERVICES / name for name in CHAPTERS}}
LISTED = {name: listed_in(str(folder)).get("problem", {}) for name, folder in FILES.items()}


@pytest.mark.parametrize("code", [(name, code) for name in LISTED for code in LISTED[name]], ids="/".join)
def test_a_problem_is_complete_in_both_languages(code: tuple[str, str]) -> None:
    listed = LISTED[code[0]][code[1]]
    assert 400 <= listed["status"] <= 599
    assert set(listed) <= {"status", "title", "title_ja", "detail", "detail_ja", "next", "next_ja"}
    for text in ("title", "detail", "next"):
        assert (text in listed) == (f"{text}_ja" in listed), text
        if text in listed:
            assert names_in(listed[text]) == names_in(listed[f"{text}_ja"]), text
            assert any(ord(letter) > 0x3000 for letter in listed[f"{text}_ja"]) or "{" in listed[f"{text}_ja"]
    assert "title" in listed
    assert not names_in(listed["title"])


@pytest.mark.parametrize("code", sorted(field_catalogue()))
def test_a_field_s_problem_is_said_in_both_languages(code: str) -> None:
    assert set(field_catalogue()[code]) == {"message", "message_ja"}


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def sources(name: str) -> Iterator[tuple[str, ast.Module]]:
    """The modules of a chapter, or of the platform."""
    for path in sorted((SERVICES / name).rglob("*.py")):
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FILES)
def test_what_is_raised_is_listed_by_the_chapter_itself_or_by_the_platform(name: str) -> None:
    known = {**LISTED[PLATFORM], **LISTED[name]}
    missing = [
        (path, line, c) for path, tree in sources(name) for c, line in codes_in(tree) if c not in known
    ]
    assert missing == []


def test_the_reader_of_the_sources_finds_rules_refusals_and_kinds_of_refusals() -> None:
    codes = {code for name in FILES for _, tree in sources(name) for code, _ in codes_in(tree)}
    assert {"standstill_over", "plan_incomplete", "business_not_in_force", "body_not_valid"} <= codes
    assert {"not_recommended", "version_conflict", "not_consulted"} <= codes


def test_no_code_is_listed_twice() -> None:
    assert [
        code for code, n in Counter(code for one in LISTED.values() for code in one).items() if n > 1
    ] == []


def said_in(name: str) -> set[str]:
    """Every literal text in the modules of a chapter, or of the platform."""
    return {text for _, tree in sources(name) for text, _ in texts_in(tree)}


@pytest.mark.parametrize("name", CHAPTERS)
def test_what_a_chapter_lists_it_uses(name: str) -> None:
    assert set(LISTED[name]) - said_in(name) == set()


def test_what_the_platform_lists_it_uses_itself_or_several_chapters_do() -> None:
    gateway = ast.parse((ROOT / "infra" / "constructs" / "api.py").read_text(encoding="utf-8"))
    used = Counter(text for name in CHAPTERS for text in said_in(name))
    shared = {text for text, chapters in used.items() if chapters > 1}
    known = said_in(PLATFORM) | {text for text, _ in texts_in(gateway)} | shared
    assert set(LISTED[PLATFORM]) - known == set()
    assert set(field_catalogue()) - known == set()


def test_only_the_platform_says_what_is_wrong_with_a_field() -> None:
    assert [name for name in CHAPTERS if set(listed_in(str(FILES[name]))) - {"problem"}] == []


def apps() -> list[Edge]:
    return [importlib.import_module(f"services.{name}.api").app for name in CHAPTERS]


def documents_changed_by(code: str, of: str, monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, str]]:
    """Which documents of which services differ when a code that `of` lists has other words."""
    before = {app.package: openapi.files_of(app) for app in apps()}
    assert code in LISTED[of]
    for name in CHAPTERS if of == PLATFORM else [of]:
        monkeypatch.setitem(catalogue(name), code, {**LISTED[of][code], "title": "Said otherwise."})
    after = {app.package: openapi.files_of(app) for app in apps()}
    return {(name, file) for name in after for file in after[name] if after[name][file] != before[name][file]}


@pytest.mark.parametrize(
    ("of", "code", "changed"),
    [
        ("infra_review", "plan_incomplete", ["infra_review"]),
        ("patent", "number_taken", ["patent"]),
        (PLATFORM, "not_let_through", CHAPTERS),
    ],
)
def test_the_words_of_a_code_change_the_documents_of_those_that_can_answer_it(
    of: str, code: str, changed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert documents_changed_by(code, of, monkeypatch) == {(name, "docs.html") for name in changed}


def test_what_several_chapters_share_is_listed_where_it_is_used_and_nowhere_else() -> None:
    using = {app.package for app in apps() if used_in(app) & SHARED_CONSULTATION}
    listing = {app.package for app in apps() if openapi.codes_of(app) & SHARED_CONSULTATION}
    assert listing == using
    assert len(using) < len(CHAPTERS)


SHARED_CONSULTATION = {"consultation_open", "no_consultation_open", "opinions_outstanding"}


def used_in(app: Edge) -> set[str]:
    """The codes of the rules of a service's powers."""
    powers = (power for exposed in app.exposed.values() for power in exposed.powers())
    return {rule.code for power in powers for rule in power.when}


def test_a_document_lists_the_codes_of_its_routes_and_of_the_gateway() -> None:
    for app in apps():
        document = openapi.document(app)
        told = {code for route in app.routes for one in route.tells for code in refusals_of(one)}
        by_status = {
            code
            for methods in document["paths"].values()
            for operation in methods.values()
            for status, answer in operation["responses"].items()
            if status >= "4" and status != "default"
            for code in answer["description"].split(", ")
        }
        listed = set(document["components"]["schemas"]["Problem"]["properties"]["code"]["enum"])
        assert listed == by_status | told | set(OF_THE_GATEWAY), app.package


def test_the_codes_of_the_gateway_are_those_that_it_is_deployed_with() -> None:
    gateway = ast.parse((ROOT / "infra" / "constructs" / "api.py").read_text(encoding="utf-8"))
    (answers,) = (
        node.value
        for node in ast.walk(gateway)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "OWN_ANSWERS"
    )
    assert {text for text, _ in texts_in(answers)} == set(OF_THE_GATEWAY)


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
    assert "detail" not in problem("infra_review", "version_conflict", "en", {})


def test_a_fact_is_shown_as_it_is_and_never_read_as_a_text() -> None:
    facts: dict[str, Any] = {"act": "{expected.__class__}"}
    assert "{expected.__class__}" in problem("infra_review", "not_your_act", "en", facts)["detail"]
