"""The HTTP edge: what a person sends, and what they get back."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from services.platform.cases.case import Case
from services.platform.http.edge import Edge
from services.platform.http.policy import Policy
from services.platform.http.problems import catalogue
from services.platform.law.parties import Principal
from services.platform.law.procedure import Given
from services.platform.law.values import Value
from tests.services.platform.conftest import (
    INSPECTOR,
    LIBRARIAN,
    NOON,
    PROXY,
    READER,
    SECOND_LIBRARIAN,
    STRANGER,
    Calls,
)
from tests.services.platform.library import POLICY, app
from tests.services.platform.loan import Loan, loans

pytestmark = pytest.mark.usefixtures("aws")
ASK = {
    "organisation": "6010001000001",
    "title": "The Art of War",
    "borrowers": [{"name": "Sun", "born_on": "2000-02-29"}],
}


@pytest.fixture(autouse=True)
def library_s_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the library would list in a problems.toml of its own."""
    listed = catalogue("library")
    for code in ("already_lent", "not_lent", "not_lendable"):
        words = {"title": f"{code}.", "title_ja": f"{code}。"}
        monkeypatch.setitem(listed, code, {"status": 409, **words})


class Reply:
    def __init__(self, answer: dict[str, Any]) -> None:
        self.status: int = answer["statusCode"]
        self.text: str = answer["body"]
        self.headers = {name: values[0] for name, values in answer["multiValueHeaders"].items()}

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def code(self) -> str:
        assert self.headers["Content-Type"] == "application/problem+json"
        assert self.json["status"] == self.status
        return str(self.json["code"])


def claims_of(principal: Principal) -> dict[str, str]:
    """The claims API Gateway hands over, every one a text."""
    claims = {
        "sub": principal.subject,
        "custom:organisation": principal.organisation,
        "cognito:groups": ",".join(sorted(principal.roles)),
        "custom:mandates": " ".join(sorted(principal.mandates)),
    }
    return claims | ({"custom:ministry": principal.ministry} if principal.ministry else {})


class Staged(Value):
    stage: str
    until: date


KEYS = iter(range(10_000))


def send(
    method: str,
    path: str,
    body: Any = None,
    *,
    by: Principal | None = READER,
    at: datetime = NOON,
    key: str | None = "",
    headers: dict[str, str] | None = None,
    query: dict[str, str] | None = None,
    base64: bool = False,
) -> Reply:
    """One request as API Gateway hands it to the function."""
    sent = dict(headers or {})
    if method == "POST" and key is not None:
        sent["Idempotency-Key"] = key or f"key-{next(KEYS)}"
    event = {
        "httpMethod": method,
        "path": path,
        "headers": sent,
        "multiValueHeaders": {name: [value] for name, value in sent.items()},
        "queryStringParameters": query,
        "multiValueQueryStringParameters": {name: [value] for name, value in (query or {}).items()},
        "body": body if isinstance(body, str) or body is None else json.dumps(body),
        "isBase64Encoded": base64,
        "requestContext": {
            "requestTimeEpoch": int(at.timestamp() * 1000),
            "requestId": f"request-{next(KEYS)}",
            "path": f"/v1{path}",
            "authorizer": {"claims": claims_of(by)} if by else None,
        },
    }
    return Reply(app.handler(event, None))


def get(path: str, **how: Any) -> Reply:
    return send("GET", path, **how)


def post(path: str, body: Any = None, **how: Any) -> Reply:
    return send("POST", path, body, **how)


@pytest.fixture
def loan(aws: None) -> str:
    return f"/loans/{post('/loans', ASK).json['id']}"


class TestTheMainRoad:
    def test_a_case_is_opened_read_and_moved(self) -> None:
        opened = post("/loans", ASK)
        assert (opened.status, opened.headers["ETag"]) == (201, '"1"')
        assert opened.headers["Location"] == f"/v1/loans/{opened.json['id']}"
        path = opened.headers["Location"].removeprefix("/v1")
        lent = post(f"{path}/lend", {"note": "mind the cover"}, by=LIBRARIAN, headers={"If-Match": '"1"'})
        assert (lent.status, lent.json["stage"], lent.headers["ETag"]) == (200, "Lent", '"2"')
        assert get(path).json["until"] == "2026-06-30T15:00:00Z"
        assert post(f"{path}/give-back").json["stage"] == "Returned"

    def test_the_legal_day_is_the_day_the_request_arrived(self, loan: str) -> None:
        one_second_to_midnight = datetime.fromisoformat("2026-06-01T23:59:59+09:00")
        post(f"{loan}/lend", {}, by=LIBRARIAN, at=one_second_to_midnight)
        assert get(loan, at=NOON + timedelta(days=3)).json["lent_on"] == "2026-06-01"

    def test_what_is_allowed_is_what_the_law_allows_this_person_now(self, loan: str) -> None:
        assert get(loan).json["allowed_acts"] == []
        assert get(loan, by=LIBRARIAN).json["allowed_acts"] == [
            {"act": "lend", "article": "2", "href": f"/v1{loan}/lend", "method": "POST"},
            {"act": "hand_over", "article": "2", "href": f"/v1{loan}/hand-over", "method": "POST"},
        ]

    def test_a_command_is_one_read_and_one_transaction(self, loan: str, calls: Calls) -> None:
        calls.clear()
        post(f"{loan}/lend", {}, by=LIBRARIAN)
        assert calls.names == ["GetItem", "TransactWriteItems"]

    def test_reading_a_case_is_one_read(self, loan: str, calls: Calls) -> None:
        calls.clear()
        get(loan)
        assert calls.names == ["GetItem"]

    def test_a_body_that_has_no_fields_may_be_left_out(self, loan: str) -> None:
        assert post(f"{loan}/lend", by=LIBRARIAN).status == 200


class TestWhoSees:
    def test_a_stranger_learns_nothing(self, loan: str) -> None:
        for reply in (
            get(loan, by=STRANGER),
            get(f"{loan}/history", by=STRANGER),
            get(f"{loan}/clock", by=STRANGER),
            get(f"{loan}/deadlines.ics", by=STRANGER),
            post(f"{loan}/give-back", by=STRANGER),
            post(f"{loan}/lend", {"nonsense": 1}, by=STRANGER),
            get("/loans/loan-01KT0000000000000000000000"),
        ):
            assert (reply.status, reply.code) == (404, "no_such_case")
            assert "6010001000001" not in reply.text

    def test_fields_nobody_opened_are_not_shown(self, loan: str) -> None:
        for reader in (READER, PROXY, LIBRARIAN, INSPECTOR):
            assert "nobody_s_business" not in get(loan, by=reader).json

    def test_each_sees_what_the_policy_opens_to_them(self, loan: str) -> None:
        post(f"{loan}/lend", {"note": "watch this one"}, by=LIBRARIAN)
        mine, theirs = get(loan).json, get(loan, by=LIBRARIAN).json
        assert mine["borrowers"] == [{"name": "Sun"}]
        assert "note" not in mine
        assert theirs["borrowers"] == [{"name": "Sun", "born_on": "2000-02-29"}]
        assert theirs["note"] == "watch this one"

    def test_showing_something_restricted_is_recorded_before_it_is_shown(
        self, loan: str, calls: Calls
    ) -> None:
        calls.clear()
        get(loan, by=LIBRARIAN)
        assert calls.names == ["GetItem", "PutItem"]
        record = calls.made[1][1]["Item"]
        assert record["sk"]["S"].startswith("AUDIT#2026-06-01T03:00:00Z#request-")
        assert record["fields"]["S"] == "borrowers.born_on"
        assert record["subject"]["S"] == "official-1"
        assert record["standing"]["S"] == "reviewing_official"

    def test_without_the_record_nothing_is_shown(self, loan: str, monkeypatch: pytest.MonkeyPatch) -> None:
        from services.platform.cases import dynamo

        def full(*_: Any, **__: Any) -> None:
            raise OSError

        monkeypatch.setattr(dynamo, "seen", full)
        reply = get(loan, by=LIBRARIAN)
        assert (reply.status, reply.code) == (500, "fault")
        assert "2000" not in reply.text

    def test_everything_an_auditor_reads_is_recorded(self, loan: str, calls: Calls) -> None:
        for path in (loan, f"{loan}/history", f"{loan}/clock", f"{loan}/deadlines.ics", "/loans"):
            calls.clear()
            assert get(path, by=INSPECTOR).status == 200
            assert calls.names.count("PutItem") == 1, path

    def test_the_answer_kept_with_a_key_holds_nothing_restricted(self, loan: str, calls: Calls) -> None:
        calls.clear()
        reply = post(f"{loan}/lend", {}, by=LIBRARIAN)
        kept = [put for put in calls.made[1][1]["TransactItems"] if "ONCE#" in str(put)]
        assert "2000-02-29" not in str(kept)
        assert reply.json["borrowers"] == [{"name": "Sun"}]

    def test_the_history_is_told_to_each_by_the_same_policy(self, loan: str) -> None:
        post(f"{loan}/lend", {"note": "watch this one"}, by=LIBRARIAN)
        mine = get(f"{loan}/history").json["acts"]
        theirs = get(f"{loan}/history", by=LIBRARIAN).json["acts"]
        assert [act["act"] for act in mine] == ["Asked", "Lent"]
        assert mine[1]["data"] == {"on": "2026-06-01"}
        assert "hash" not in mine[1]
        assert theirs[1]["data"] == {"on": "2026-06-01", "note": "watch this one"}
        assert len(theirs[1]["hash"]) == 64
        assert mine[0]["by"] == {"organisation": "6010001000001", "as": ["operator"]}

    def test_an_act_recorded_in_an_older_form_is_told_in_today_s(self, loan: str) -> None:
        from services.platform.cases.dynamo import ActItem, key

        post(f"{loan}/lend", {"note": "torn"}, by=LIBRARIAN)
        recorded = ActItem.get(key(loan.rpartition("/")[2]), "ACT#000002")
        recorded.update([ActItem.schema.set(1), ActItem.data.set('{"on":"2026-06-01"}')])
        lent = get(f"{loan}/history", by=LIBRARIAN).json["acts"][1]
        assert (lent["act"], lent["data"]) == ("Lent", {"on": "2026-06-01", "note": ""})

    def test_an_act_of_which_a_person_may_see_nothing_is_left_out(self, loan: str) -> None:
        post(f"{loan}/lend", by=LIBRARIAN)
        post(f"{loan}/renew", {"from_day": "2026-06-10"}, by=LIBRARIAN)
        post(f"{loan}/give-back")
        assert [act["act"] for act in get(f"{loan}/history").json["acts"]] == ["Asked", "Lent", "GivenBack"]
        assert get(f"{loan}/history").json["acts"][-1]["data"] == {}

    def test_without_a_token_only_the_open_routes_answer(self, loan: str) -> None:
        assert get("/health", by=None).json == {"service": "library", "status": "ok"}
        reply = get(loan, by=None)
        assert (reply.status, reply.code, reply.headers["WWW-Authenticate"]) == (
            401,
            "not_signed_in",
            "Bearer",
        )


class TestLists:
    def test_an_operator_sees_its_own(self, loan: str) -> None:
        assert [line["href"] for line in get("/loans").json["items"]] == [f"/v1{loan}"]
        assert get("/loans", by=STRANGER).json == {"items": [], "next": None}

    @pytest.mark.usefixtures("loan")
    def test_an_official_sees_the_ministry_s_queue(self) -> None:
        line = get("/queue", by=LIBRARIAN).json["items"][0]
        assert (line["organisation"], line["stage"]) == ("6010001000001", "Asked")
        assert "ministries" not in line
        assert get("/loans", by=LIBRARIAN).json["items"] == [line]
        assert get("/queue").code == "not_for_you"

    @pytest.mark.usefixtures("loan")
    def test_an_agent_sees_the_cases_of_who_gave_the_mandate(self) -> None:
        assert len(get("/loans", by=PROXY).json["items"]) == 1
        two = Principal("p", "x", PROXY.roles, mandates=frozenset({"6010001000001", "5010001000002"}))
        assert len(get("/loans", by=two).json["items"]) == 1
        assert len(get("/loans", by=two, query={"organisation": "6010001000001"}).json["items"]) == 1
        assert get("/loans", by=PROXY, query={"organisation": "5010001000002"}).code == "not_for_you"

    def test_whoever_files_and_is_an_agent_too_sees_the_own_cases_and_the_clients(self) -> None:
        roles = READER.roles | PROXY.roles
        both = Principal("b", "5010001000002", roles, mandates=frozenset({"6010001000001", "4010001000003"}))
        for minute, organisation in enumerate(["5010001000002", "6010001000001", "5010001000002"]):
            by = both if organisation == both.organisation else READER
            assert (
                post(
                    "/loans",
                    {**ASK, "organisation": organisation},
                    by=by,
                    at=NOON + timedelta(minutes=minute),
                ).status
                == 201
            )
        whole = [line["organisation"] for line in get("/loans", by=both).json["items"]]
        assert whole == ["5010001000002", "5010001000002"]
        seen, cursor = [], ""
        while cursor is not None:
            query = {"limit": "1"} | ({"cursor": cursor} if cursor else {})
            page = get("/loans", by=both, query=query).json
            seen += [line["organisation"] for line in page["items"]]
            cursor = page["next"]
        assert seen == ["5010001000002", "5010001000002", "6010001000001"]
        named = get("/loans", by=both, query={"organisation": "6010001000001"}).json
        assert [line["organisation"] for line in named["items"]] == ["6010001000001"]
        for cursor in ("3.", "x.", "0", "-1."):
            assert get("/loans", by=both, query={"cursor": cursor}).code == "cursor_not_valid"

    @pytest.mark.usefixtures("loan")
    def test_pages_follow_one_another(self) -> None:
        for minute in range(4):
            post("/loans", ASK, at=NOON + timedelta(minutes=minute + 1))
        first = get("/loans", query={"limit": "3"}).json
        second = get("/loans", query={"limit": "3", "cursor": first["next"]}).json
        assert len({line["id"] for line in first["items"] + second["items"]}) == 5
        assert get("/loans", query={"cursor": "nonsense"}).code == "cursor_not_valid"


class TestBadInput:
    def test_everything_wrong_with_a_body_is_said_at_once(self) -> None:
        body = {
            "organisation": 7,
            "title": "x" * 101,
            "borrowers": [{"name": "", "born_on": "2026-02-30", "shoe": 43}],
            "colour": "red",
        }
        reply = post("/loans", body)
        assert (reply.status, reply.code) == (422, "body_not_valid")
        found = {(error["pointer"], error["code"]) for error in reply.json["errors"]}
        assert found == {
            ("#/organisation", "wrong_type"),
            ("#/title", "too_long"),
            ("#/borrowers/0/name", "too_short"),
            ("#/borrowers/0/born_on", "not_a_day"),
            ("#/borrowers/0/shoe", "unknown"),
            ("#/colour", "unknown"),
        }
        assert all(error["message"] and error["message_ja"] for error in reply.json["errors"])

    def test_a_missing_field_is_named(self) -> None:
        assert [error["pointer"] for error in post("/loans", {"title": "x"}).json["errors"]] == [
            "#/borrowers",
            "#/organisation",
        ]

    @pytest.mark.parametrize("body", ["{", "[1,", '{"a":}', "\x00", "nul"])
    def test_broken_json_is_refused(self, body: str) -> None:
        reply = post("/loans", body)
        assert (reply.status, reply.code) == (400, "broken_json")

    def test_a_body_beyond_the_limit_is_refused(self) -> None:
        reply = post("/loans", {"title": "x" * 5000})
        assert (reply.status, reply.code) == (413, "body_too_large")

    def test_a_refused_body_still_says_what_is_allowed(self, loan: str) -> None:
        reply = post(f"{loan}/lend", {"note": 5}, by=LIBRARIAN)
        assert [act["act"] for act in reply.json["allowed_acts"]] == ["lend", "hand_over"]
        assert reply.json["article"] == "2"

    @pytest.mark.parametrize(
        ("key", "code"),
        [
            (None, "key_missing"),
            (" ", "key_missing"),
            ("ключ", "key_not_valid"),
            ("k" * 129, "key_not_valid"),
        ],
    )
    def test_a_post_needs_a_key(self, loan: str, key: str | None, code: str) -> None:
        assert post(f"{loan}/lend", {}, by=LIBRARIAN, key=key).code == code

    def test_an_if_match_that_is_no_etag_is_refused(self, loan: str) -> None:
        reply = post(f"{loan}/lend", {}, by=LIBRARIAN, headers={"If-Match": "yesterday"})
        assert (reply.status, reply.code) == (400, "if_match_not_valid")

    def test_a_day_that_nobody_can_mean_is_refused_in_a_query_too(self) -> None:
        asked = {"on": "2026-06-01", "since": "0001-01-01"}
        refused = send("GET", "/shelves", query=asked)
        assert refused.code == "query_not_valid"
        assert [(one["pointer"], one["code"]) for one in refused.json["errors"]] == [
            ("?since", "day_too_far")
        ]
        assert send("GET", "/shelves", query={"on": "2026-06-01"}).json == {"on": "2026-06-01"}

    def test_a_picture_of_a_case_overwrites_nothing_that_is_said_of_every_case(self) -> None:
        def staged(case: Case[Loan], given: Given) -> Staged:
            return Staged("Lent", date(2026, 6, 1))

        edge = Edge("library", title="Library", policy=Policy(POLICY))
        with pytest.raises(TypeError, match="loan overwrites stage, until"):
            edge.expose(loans, "/loans", view=staged)

    def test_an_address_that_is_none_is_refused(self) -> None:
        assert get("/nowhere").code == "no_such_route"

    def test_a_number_too_large_to_be_hashed_exactly_is_refused(self, loan: str) -> None:
        post(f"{loan}/lend", by=LIBRARIAN)
        reply = post(f"{loan}/rate", {"stars": 2**60}, by=LIBRARIAN)
        assert (reply.status, reply.code) == (422, "number_not_exact")
        assert get(loan).json["version"] == 2

    def test_a_refusal_that_is_not_in_the_list_is_our_fault(self, loan: str) -> None:
        post(f"{loan}/lend", by=LIBRARIAN)
        reply = post(f"{loan}/rate", {"stars": -1}, by=LIBRARIAN)
        assert (reply.status, reply.code) == (500, "fault")

    def test_a_body_may_come_in_base64(self) -> None:
        import base64

        whole = base64.b64encode(json.dumps(ASK).encode()).decode()
        assert send("POST", "/loans", whole, base64=True).status == 201

    def test_a_weak_etag_and_a_star_are_taken(self, loan: str) -> None:
        assert post(f"{loan}/lend", by=LIBRARIAN, headers={"If-Match": 'W/"1"'}).status == 200
        assert post(f"{loan}/give-back", headers={"if-match": "*"}).status == 200

    def test_a_fault_of_ours_says_so_and_nothing_else(self) -> None:
        reply = get("/broken")
        assert (reply.status, reply.code) == (500, "fault")
        assert "division" not in reply.text.lower()


class TestRefusals:
    def test_the_law_s_refusal_names_the_article_and_what_is_allowed(self, loan: str) -> None:
        post(f"{loan}/lend", by=LIBRARIAN)
        reply = post(f"{loan}/lend", by=SECOND_LIBRARIAN)
        assert (reply.status, reply.code, reply.json["article"]) == (409, "already_lent", "2")
        assert "renew" in {act["act"] for act in reply.json["allowed_acts"]}

    def test_an_act_of_someone_else_s_is_forbidden(self, loan: str) -> None:
        reply = post(f"{loan}/lend")
        assert (reply.status, reply.code) == (403, "not_your_act")

    def test_a_stale_if_match_is_told_the_current_version(self, loan: str) -> None:
        post(f"{loan}/lend", by=LIBRARIAN)
        reply = post(f"{loan}/renew", {"from_day": "2026-06-09"}, by=LIBRARIAN, headers={"If-Match": '"1"'})
        assert (reply.status, reply.code, reply.json["version"], reply.headers["ETag"]) == (
            412,
            "version_mismatch",
            2,
            '"2"',
        )

    def test_of_two_officials_at_once_one_wins(self, loan: str, monkeypatch: pytest.MonkeyPatch) -> None:
        from services.platform.cases import dynamo

        real = dynamo.Transaction.commit

        def overtaken(transaction: Any) -> None:
            monkeypatch.setattr(dynamo.Transaction, "commit", real)
            assert post(f"{loan}/lend", {"note": "second"}, by=SECOND_LIBRARIAN).status == 200
            real(transaction)

        monkeypatch.setattr(dynamo.Transaction, "commit", overtaken)
        reply = post(f"{loan}/lend", {"note": "first"}, by=LIBRARIAN)
        assert (reply.status, reply.code, reply.json["version"]) == (409, "version_conflict", 2)
        assert get(loan, by=LIBRARIAN).json["note"] == "second"

    def test_a_problem_speaks_the_reader_s_language_and_both(self, loan: str) -> None:
        english = post(f"{loan}/lend", headers={"Accept-Language": "en"}).json
        japanese = post(f"{loan}/lend", headers={"Accept-Language": "ja,en;q=0.8"}).json
        assert english["title"] == english["title_en"] == japanese["title_en"]
        assert japanese["title"] == japanese["title_ja"] == english["title_ja"]


class TestOnce:
    def test_the_same_key_and_body_get_the_same_answer(self, loan: str) -> None:
        first = post(f"{loan}/lend", {"note": "a"}, by=LIBRARIAN, key="k1")
        again = post(f"{loan}/lend", {"note": "a"}, by=LIBRARIAN, key="k1", at=NOON + timedelta(days=1))
        assert (again.status, again.text) == (first.status, first.text)
        assert again.headers["Idempotency-Replayed"] == "true"
        assert "Idempotency-Replayed" not in first.headers
        assert get(loan).json["version"] == 2

    def test_a_repeated_opening_gives_the_same_case(self) -> None:
        first, again = (post("/loans", ASK, key="k2") for _ in range(2))
        assert (first.status, again.status, again.json["id"]) == (201, 201, first.json["id"])
        assert again.headers["Location"] == first.headers["Location"]

    @pytest.mark.parametrize("path", ["/lend", "/renew"])
    def test_the_same_key_for_something_else_is_refused(self, loan: str, path: str) -> None:
        post(f"{loan}/lend", {"note": "a"}, by=LIBRARIAN, key="k3")
        reply = post(
            loan + path,
            {"note": "b"} if path == "/lend" else {"from_day": "2026-06-09"},
            by=LIBRARIAN,
            key="k3",
        )
        assert (reply.status, reply.code) == (409, "idempotency_key_reused")

    def test_a_replay_is_answered_even_when_the_act_took_the_standing(self) -> None:
        loan = f"/loans/{post('/loans', ASK).json['id']}"
        sent = {"by": LIBRARIAN, "key": "hand-over-1"}
        first = post(f"{loan}/hand-over", {"ministry": "MLIT"}, **sent)
        assert (first.status, get(loan, by=LIBRARIAN).code) == (200, "no_such_case")
        again = post(f"{loan}/hand-over", {"ministry": "MLIT"}, **sent)
        assert (again.status, again.json) == (200, first.json)
        assert again.headers["Idempotency-Replayed"] == "true"
        assert post(f"{loan}/hand-over", {"ministry": "METI"}, **sent).code == "idempotency_key_reused"
        assert post(f"{loan}/hand-over", {"ministry": "MLIT"}, by=LIBRARIAN).code == "no_such_case"

    def test_a_replay_with_its_old_if_match_is_answered(self, loan: str) -> None:
        sent = {"by": LIBRARIAN, "key": "k4", "headers": {"If-Match": '"1"'}}
        first, again = (post(f"{loan}/lend", {}, **sent) for _ in range(2))
        assert (first.status, again.text) == (200, first.text)

    def test_a_key_whose_act_was_refused_can_be_used_again(self, loan: str) -> None:
        assert post(f"{loan}/lend", {"note": 1}, by=LIBRARIAN, key="k5").status == 422
        assert post(f"{loan}/lend", {"note": "1"}, by=LIBRARIAN, key="k5").status == 200


class TestTheClock:
    def test_each_deadline_comes_with_its_reason(self, loan: str) -> None:
        post(f"{loan}/lend", by=LIBRARIAN)
        clock = get(f"{loan}/clock").json
        (term,) = clock["deadlines"]
        assert (term["day_one"], term["last_day"], term["running"]) == ("2026-06-01", "2026-06-30", True)
        assert all(said["en"] and said["ja"] for said in term["explanation"])
        assert clock["legal_day"] == "2026-06-01"

    def test_the_deadlines_can_be_subscribed_to(self, loan: str) -> None:
        from icalendar import Calendar

        post(f"{loan}/lend", by=LIBRARIAN)
        reply = get(f"{loan}/deadlines.ics")
        assert reply.headers["Content-Type"].startswith("text/calendar")
        (event,) = Calendar.from_ical(reply.text).walk("VEVENT")
        assert event.decoded("dtstart").isoformat() == "2026-06-30"
