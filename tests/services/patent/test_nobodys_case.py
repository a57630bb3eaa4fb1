"""A case of others does not exist: the same answer as of none at all, after the same work."""

from __future__ import annotations

import sys
from typing import Any

import botocore.client
import pytest

from services.platform.law.parties import Principal
from tests.services.patent.doors import aws_of_module, send
from tests.services.patent.story import BENRISHI, CAO, INVENTOR, JPO, METI, PARTNER, PROFESSOR, UNMANDATED
from tests.services.patent.world import INVENTION, WEIGHING, World, designated

__all__ = ["aws_of_module"]
ON = "2026-06-02"
RIVAL = Principal("clerk-9", "2010001000005", frozenset({"patent_applicant", "sharing_operator", "claimant"}))
MANY = Principal(
    "benrishi-9",
    "2010001000005",
    frozenset({"patent_attorney"}),
    frozenset(f"R-{number:08}" for number in range(90)),
)
OTHERS = (RIVAL, UNMANDATED, METI, MANY)


@pytest.fixture(scope="module")
def cases(aws_of_module: None) -> dict[str, str]:
    """The ids of a designated invention's cases, by their paths."""
    first, review, held = designated(World())
    return {"first-reviews": first, "security-reviews": review, "designations": held}


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every AWS call: of how many items it asked, and what came back."""
    made: list[Any] = []
    real = botocore.client.BaseClient._make_api_call

    def recording(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        answer = real(self, operation, arguments)
        keys = [len(asked["Keys"]) for asked in arguments.get("RequestItems", {}).values()]
        made.append((operation, keys, answer.get("Responses")))
        return answer

    monkeypatch.setattr(botocore.client.BaseClient, "_make_api_call", recording)
    return made


def another(case: str) -> str:
    """An id of the same form that no case has."""
    last = "A" if case[-1] != "A" else "B"
    return case[:-6] + "ZZZZZ" + last


def asked(kind: str, case: str, who: Principal, ask: tuple[str, str, Any]) -> tuple[int, str, list[str]]:
    """The answer about a case, its id and the request's taken out, and the project's functions it went by."""
    method, below, body = ask
    path: list[str] = []

    def note(frame: Any, event: str, _: Any) -> None:
        code = frame.f_code
        if event == "call" and "/services/" in code.co_filename and "/tests/" not in code.co_filename:
            path.append(f"{code.co_filename.rpartition('/services/')[2]}:{code.co_name}")

    sys.setprofile(note)
    try:
        reply = send(method, f"/{kind}/{case}{below}", body, by=who, on=ON)
    finally:
        sys.setprofile(None)
    text = reply.text.replace(case, "CASE").replace(reply.headers["X-Correlation-Id"], "REQUEST")
    return reply.status, text, path


ASKS = {
    "first-reviews": (
        ("GET", "", None),
        ("GET", "/history", None),
        ("GET", "/clock", None),
        ("GET", "/deadlines.ics", None),
        ("GET", "/certificates", None),
        ("GET", "/certificates/1", None),
        ("POST", "/send", {"reasons": "x"}),
        ("POST", "/record-end", {"how": "withdrawn", "on": "2026-06-02"}),
    ),
    "security-reviews": (
        ("GET", "", None),
        ("POST", "/designate", {"invention": INVENTION, "until": "2027-05-31", "weighing": WEIGHING}),
        ("POST", "/file-paper", {"wrong": "body"}),
    ),
    "designations": (
        ("GET", "", None),
        ("GET", "/history", None),
        ("POST", "/release", {"reasons": "x"}),
        ("POST", "/extend", {}),
    ),
}
EACH = [(kind, ask) for kind, asks in ASKS.items() for ask in asks]


@pytest.mark.parametrize(("kind", "ask"), EACH, ids=lambda one: one if isinstance(one, str) else one[1])
@pytest.mark.parametrize("who", OTHERS, ids=lambda who: who.subject)
def test_a_case_of_others_is_answered_like_none_by_the_same_calls_and_functions(
    cases, calls, kind, ask, who
) -> None:
    asked(kind, cases[kind], who, ask)  # what is loaded once is loaded
    calls.clear()
    theirs = asked(kind, cases[kind], who, ask)
    made = list(calls)
    calls.clear()
    nobodys = asked(kind, another(cases[kind]), who, ask)
    assert theirs[0] == nobodys[0] == 404
    assert theirs[1] == nobodys[1]
    assert theirs[2] == nobodys[2]
    assert made == list(calls)
    # Whether they stand in it, and whether they have asked before under this key: neither is found.
    assert {name for name, *_ in made} <= {"BatchGetItem", "GetItem"}
    assert all(found is None or list(found.values()) == [[]] for _, _, found in made)


def test_the_other_authority_is_anybody(cases, calls) -> None:
    for kind, who in (("first-reviews", CAO), ("security-reviews", JPO), ("designations", JPO)):
        for ask in ASKS[kind]:
            asked(kind, cases[kind], who, ask)
            calls.clear()
            theirs = asked(kind, cases[kind], who, ask)
            made = list(calls)
            calls.clear()
            assert theirs == asked(kind, another(cases[kind]), who, ask)
            assert theirs[0] == 404
            assert made == list(calls)


def test_a_claim_from_a_designation_of_others_is_answered_like_one_from_none(cases) -> None:
    losses = [{"what": "x", "ground": "designation", "yen": 1, "evidence": ["x"]}]
    claim = {"claimant": RIVAL.organisation, "claim": {"total_yen": 1, "breakdown": losses, "reasons": "x"}}
    found = []
    for case in (cases["designations"], another(cases["designations"])):
        reply = send("POST", "/compensation-claims", {**claim, "designation": case}, by=RIVAL, on=ON)
        text = reply.text.replace(case, "CASE").replace(reply.json["id"], "CLAIM")
        found.append((reply.status, text))
    assert found[0] == found[1]
    assert found[0][0] == 201


def test_whoever_stands_in_it_reads_it_by_two_reads_and_one_key(cases, calls) -> None:
    send("GET", f"/designations/{cases['designations']}", by=CAO, on=ON)
    calls.clear()
    assert send("GET", f"/designations/{cases['designations']}", by=CAO, on=ON).status == 200
    assert [name for name, *_ in calls] == ["BatchGetItem", "GetItem", "Decrypt", "PutItem"]


def test_an_attorney_of_a_hundred_clients_finds_the_case_of_one(cases) -> None:
    (mandate,) = BENRISHI.mandates
    busy = Principal("benrishi-8", "", frozenset({"patent_attorney"}), frozenset({*MANY.mandates, mandate}))
    assert send("GET", f"/designations/{cases['designations']}", by=busy, on=ON).status == 200


@pytest.mark.parametrize("who", [INVENTOR, PARTNER, PROFESSOR], ids=lambda who: who.subject)
def test_no_item_names_an_applicant_sharer_or_expert(cases, who) -> None:
    from tests.services.patent.doors import everything

    of_cases = [item for item in everything() if item["pk"]["S"].startswith("CASE#")]
    names = {"clerk-1": INVENTOR.organisation, "clerk-2": PARTNER.organisation, "professor-1": "professor-1"}
    assert names[who.subject] not in str(
        [item for item in of_cases if not item["sk"]["S"].startswith("AUDIT#")]
    )
