"""The API's document, its reference page and the catalogue of events say what the code does."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from openapi_spec_validator import validate

from documents import catalogue, openapi
from documents.compatibility import breaking
from services.platform.http import problems
from tests.services.platform.library import app
from tests.services.platform.loan import loans


@pytest.fixture(scope="module")
def words() -> Iterator[None]:
    """What the library would list in a problems.toml of its own."""
    with pytest.MonkeyPatch.context() as listed:
        for code in ("already_lent", "not_lent", "not_lendable", "a_code_that_nobody_listed"):
            said = {"status": 409, "title": f"{code}.", "title_ja": f"{code}。"}
            listed.setitem(problems.catalogue("library"), code, said)
        yield


@pytest.fixture(scope="module")
def document(words: None) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(openapi.files_of(app)["openapi.json"])
    return made


def test_a_code_without_words_is_refused_and_not_left_out() -> None:
    with pytest.raises(LookupError, match="refuses not_lent, which no problems"):
        openapi.document(app)


@pytest.fixture
def changed(document: dict[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(document)


def test_it_is_a_valid_document(document: dict[str, Any]) -> None:
    validate(document)


def test_every_route_is_described(document: dict[str, Any]) -> None:
    described = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    assert described == {(route.method, re.sub(r"<(\w+)>", r"{\1}", route.path)) for route in app.routes}


def test_every_power_of_a_person_has_its_route_with_article_and_holder(document: dict[str, Any]) -> None:
    posts = {
        path.rpartition("/")[2]: methods["post"]
        for path, methods in document["paths"].items()
        if "post" in methods
    }
    for power in loans.powers.values():
        if power.of_time:
            assert power.name.replace("_", "-") not in posts
            continue
        described = posts["loans" if power.opens else power.name.replace("_", "-")]
        assert described["x-article"] == power.article
        assert described["x-held-by"] == sorted(role.name for role in power.by)


def test_constraints_of_commands_are_in_the_document(document: dict[str, Any]) -> None:
    ask = document["components"]["schemas"]["Ask"]
    assert ask["properties"]["title"]["maxLength"] == 100
    assert ask["additionalProperties"] is False


def test_the_page_stands_alone_and_names_every_operation(words: None, document: dict[str, Any]) -> None:
    page = openapi.files_of(app)["docs.html"]
    assert not re.search(r"<script|<link|src=|https?://", page)
    for methods in document["paths"].values():
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in page
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets <= set(re.findall(r'id="([^"]+)"', page))


class TestBreakingChange:
    def test_the_same_document_breaks_nobody(self, document: dict[str, Any]) -> None:
        assert breaking(document, document) == []

    def test_adding_breaks_nobody(self, document: dict[str, Any], changed: dict[str, Any]) -> None:
        changed["paths"]["/new"] = {"get": changed["paths"]["/loans"]["get"]}
        schemas = changed["components"]["schemas"]
        schemas["Lend"]["properties"]["gift"] = {"type": "string"}
        schemas["LoanCase"]["properties"]["colour"] = {"type": "string"}
        schemas["Problem"]["properties"]["code"]["enum"].append("another")
        assert breaking(document, changed) == []

    @pytest.mark.parametrize(
        ("change", "finding"),
        [
            (lambda d: d["paths"].pop("/loans"), "GET /loans is gone"),
            (
                lambda d: schema(d, "LoanCase")["properties"].pop("stage"),
                "POST /loans 201: stage is gone",
            ),
            (lambda d: schema(d, "LoanCase")["required"].remove("stage"), "stage is now optional"),
            (
                lambda d: schema(d, "Lend")["properties"].pop("note"),
                "POST /loans/{case_id}/lend body: note is gone",
            ),
            (lambda d: schema(d, "Lend").update(required=["note"]), "note is now required"),
            (
                lambda d: schema(d, "Ask")["properties"]["title"].update(maxLength=9),
                "POST /loans body.title: maxLength was 100 and is 9",
            ),
            (
                lambda d: schema(d, "Borrower")["properties"]["name"].update(minLength=2),
                "POST /loans body.borrowers[].name: minLength was 1 and is 2",
            ),
            (
                lambda d: schema(d, "LoanCase")["properties"]["version"].update(type="string"),
                "version was integer and is string",
            ),
            (lambda d: d["paths"]["/health"]["get"].pop("security"), "GET /health now needs a token"),
            (
                lambda d: d["paths"]["/loans"]["get"]["parameters"].append(
                    {"name": "since", "in": "query", "required": True}
                ),
                "GET /loans now needs the parameter since",
            ),
            (
                lambda d: d["paths"]["/loans"]["post"]["responses"].pop("201"),
                "POST /loans no longer answers 201",
            ),
        ],
    )
    def test_taking_away_or_asking_more_breaks_callers(
        self, document: dict[str, Any], changed: dict[str, Any], change: Any, finding: str
    ) -> None:
        change(changed)
        assert any(finding in found for found in breaking(document, changed))


def schema(document: dict[str, Any], name: str) -> Any:
    return document["components"]["schemas"][name]


def test_the_catalogue_of_events_holds_every_act_that_leaves() -> None:
    made = catalogue.document({"library": [loans]})
    messages = made["components"]["messages"]
    assert set(messages) == {"library.Asked", "library.Lent"}
    lent = messages["library.Lent"]
    assert (lent["x-classification"], lent["x-schema-version"]) == ("public", 2)
    assert set(made["components"]["schemas"]["library.Lent"]["properties"]) == {"on"}
    fields = made["components"]["schemas"]["library.Lent"]["properties"]
    assert fields["on"]["format"] == "date"
