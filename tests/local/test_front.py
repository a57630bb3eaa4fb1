"""The one port: tokens in virtual time, the clock, the page, and errors that say what to do."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import pytest

from documents.services import services
from local.identity import Person
from local.instants import text
from local.stories.standstill import API, OFFICIAL
from tests.local.conftest import Running

LIST = f"{API}/notifications"


def asked(running: Running, token: str | None, path: str = LIST) -> Any:
    headers = {} if token is None else {"Authorization": token}
    return running.teller._send("GET", path, None, headers)


@pytest.mark.parametrize("token", [None, "", "Bearer ", "Bearer nonsense", "Bearer a.b.c"])
def test_without_a_good_token_the_authoriser_answers_401(running: Running, token: str | None) -> None:
    answer = asked(running, token)
    assert answer.status == 401
    assert answer.headers["x-amzn-ErrorType"] == "UnauthorizedException"
    assert (answer.code, answer.headers["Content-Type"]) == ("not_signed_in", "application/problem+json")


def test_a_token_works_with_and_without_the_word_bearer(running: Running) -> None:
    token = running.teller.token(OFFICIAL)
    assert [asked(running, header).status for header in (token, f"Bearer {token}")] == [200, 200]


def test_a_token_expires_in_virtual_time(running: Running) -> None:
    token = running.local("token", {"subject": "o", "roles": ["auditor"], "expires_in": 3600})["token"]
    assert asked(running, token).status == 200
    running.cloud.clock.advance(running.cloud.clock.now() + timedelta(seconds=3600))
    refused = asked(running, token)
    assert (refused.status, refused.body["detail"]) == (401, "The incoming token has expired")


def test_a_forged_token_is_refused(running: Running) -> None:
    header, payload, signature = running.teller.token(OFFICIAL).split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    claims["custom:ministry"] = "MLIT"
    forged = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    assert asked(running, f"{header}.{forged}.{signature}").status == 401


def test_a_token_carries_the_claims_of_the_pool(running: Running) -> None:
    import jwt

    person = Person("sato", "org-1", ("agent",), ("org-2", "org-3"), "METI")
    token = running.cloud.issuer.sign(person, running.cloud.clock.now())
    key = jwt.PyJWKSet.from_dict(running.local("jwks.json")).keys[0]
    options: Any = {"verify_exp": False, "verify_iat": False}
    claims = jwt.decode(token, key, audience=running.cloud.issuer.clients, options=options)
    assert claims["iss"].startswith("https://cognito-idp.ap-northeast-1.amazonaws.com/ap-northeast-1_")
    assert (claims["sub"], claims["token_use"], claims["cognito:groups"]) == ("sato", "id", ["agent"])
    assert (claims["custom:mandates"], claims["custom:ministry"]) == ("org-2 org-3", "METI")


def test_the_clock_refuses_to_go_back_with_a_problem_document(running: Running) -> None:
    now = running.cloud.clock.now()
    answer = running.teller._send("POST", "/_local/clock", {"to": text(now - timedelta(days=1))})
    assert (answer.status, answer.code, answer.body["now"]) == (409, "clock_goes_back", text(now))
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("clock", {}, "missing"),
        ("clock", {"to": "2026-07-01T00:00:00"}, "no offset"),
        ("clock", {"to": "tomorrow"}, "tomorrow"),
        ("token", {"roles": ["operator"]}, "subject"),
        ("token", {"subject": "x", "roles": "operator"}, "roles"),
        ("token", {"subject": "x", "expires_in": 10**12}, "at most"),
        ("faults", {"chaos": True}, "chaos"),
    ],
)
def test_bad_input_is_a_problem_that_says_what_is_wrong(
    running: Running, name: str, body: Any, said: str
) -> None:
    answer = running.teller._send("POST", f"/_local/{name}", body)
    assert answer.status == 400
    assert said in answer.body["title"]


@pytest.mark.parametrize("path", ["/nobody", "/nobody/v1/x", "/infra-review/v2/health", "/_local/nobody"])
def test_a_path_nobody_serves_lists_those_that_are_served(running: Running, path: str) -> None:
    answer = running.teller._send("GET", path)
    assert (answer.status, answer.code) == (404, "no_such_path")
    assert "/infra-review/v1/" in answer.body["known"]


def test_the_page_lists_every_service_and_how_to_begin(running: Running) -> None:
    page = running.teller._send("GET", "/").body
    for service in (name.replace("_", "-") for name in services()):
        assert f"/{service}/v1/docs" in page
    assert "_local/token" in page
    assert "_local/clock" in page


def test_the_addresses_in_an_answer_can_be_followed(running: Running) -> None:
    case = running.view(running.filed())
    hrefs = {act["act"]: act["href"] for act in case["allowed_acts"]}
    assert running.teller.ask(OFFICIAL, "POST", hrefs["accept"], {}).status == 200


def test_the_executions_say_where_each_case_is(running: Running) -> None:
    case = running.accepted()
    running.teller.settle()
    (execution,) = running.executions(case)
    assert (execution["status"], execution["state"]) == ("RUNNING", "Standstill")
