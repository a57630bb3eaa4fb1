"""Papers on the local cloud: sent by a signed form, scanned, read by a recorded link, and by nobody else."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import pytest
import urllib3

from local.papers import Papers
from local.stories import standstill
from local.stories.standstill import AGENT, API, OFFICIAL
from local.stories.teller import Person
from tests.local.conftest import Running

CONTENT = "登記事項証明書".encode()
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
STRANGER = Person("lawyer-9", "1010001000006", ("agent",), ())


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture(scope="module")
def case(running: Running) -> str:
    return naming_papers(running)


def naming_papers(running: Running) -> str:
    """A notification whose plan names what the tests send."""
    plan = standstill.plan(running.today)
    papers = list(_papers(plan))
    papers[0]["sha256"], papers[1]["sha256"], papers[2]["sha256"] = map(digest, (CONTENT, EICAR, b"later"))
    filed: dict[str, Any] = running.teller.post(
        AGENT, f"{API}/notifications", {"operator_id": running.story.operator, "plan": plan}
    )
    return str(filed["id"])


def _papers(part: Any) -> Any:
    if isinstance(part, dict):
        if "sha256" in part:
            yield part
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from _papers(inner)


def form(running: Running, case: str, content: bytes, who: Any = AGENT, **other: Any) -> Any:
    asked = {"sha256": digest(content), "size": len(content), "media_type": "application/pdf", **other}
    return running.teller.ask(who, "POST", f"{API}/notifications/{case}/papers", asked)


def send(form: dict[str, Any], content: bytes, **changed: str) -> urllib3.BaseHTTPResponse:
    fields = {**form["fields"], **changed, "file": ("paper", content)}
    return urllib3.request("POST", form["url"], fields=fields)


def listed(running: Running, case: str, who: Any = OFFICIAL) -> dict[str, str]:
    items = running.teller.get(who, f"{API}/notifications/{case}/papers")["items"]
    return {item["sha256"]: item["status"] for item in items}


def link(running: Running, case: str, content: bytes, who: Any = OFFICIAL) -> Any:
    return running.teller.ask(who, "GET", f"{API}/notifications/{case}/papers/{digest(content)}")


def test_a_paper_is_sent_scanned_and_read_by_the_ministry(running: Running, case: str) -> None:
    assert listed(running, case)[digest(CONTENT)] == "awaited"
    assert link(running, case, CONTENT).code == "paper_not_here"
    assert send(form(running, case, CONTENT).body, CONTENT).status == 204
    running.teller.settle()
    assert listed(running, case)[digest(CONTENT)] == "here"
    given = link(running, case, CONTENT)
    assert urllib3.request("GET", given.body["url"]).data == CONTENT
    assert form(running, case, CONTENT).code == "paper_is_here"
    readings = [seen for seen in audited(running, case) if seen["fields"]["S"] == f"papers/{digest(CONTENT)}"]
    assert [seen["subject"]["S"] for seen in readings] == [OFFICIAL.subject]


def test_a_paper_with_malware_is_given_to_nobody(running: Running, case: str) -> None:
    assert send(form(running, case, EICAR).body, EICAR).status == 204
    running.teller.settle()
    assert listed(running, case)[digest(EICAR)] == "infected"
    assert link(running, case, EICAR).code == "paper_infected"


def test_a_form_takes_the_paper_it_was_made_for_and_no_other(running: Running, case: str) -> None:
    given = form(running, case, b"later").body
    assert b"BadDigest" in send(given, b"laten").data
    assert b"EntityTooLarge" in send(given, b"later still").data
    assert b"EntityTooSmall" in send(given, b"").data
    elsewhere = given["fields"]["key"].replace(case, "NOT-01")
    assert b"Policy Condition failed" in send(given, b"later", key=elsewhere).data
    assert b"Policy Condition failed" in send(given, b"later", **{"Content-Type": "text/html"}).data
    assert b"SignatureDoesNotMatch" in send(given, b"later", policy=widened(given["fields"]["policy"])).data
    running.teller.settle()
    assert listed(running, case)[digest(b"later")] == "awaited"


def widened(policy: str) -> str:
    document = json.loads(base64.b64decode(policy))
    document["conditions"] = []
    return base64.b64encode(json.dumps(document).encode()).decode()


def test_what_no_act_names_is_not_taken(running: Running, case: str) -> None:
    assert (form(running, case, b"unasked").status, form(running, case, b"unasked").code) == (
        404,
        "no_such_paper",
    )
    assert link(running, case, b"unasked").code == "no_such_paper"


def test_who_stands_outside_learns_nothing_of_papers(running: Running, case: str) -> None:
    for answer in (
        form(running, case, CONTENT, STRANGER),
        link(running, case, CONTENT, STRANGER),
        running.teller.ask(STRANGER, "GET", f"{API}/notifications/{case}/papers"),
    ):
        assert (answer.status, answer.code) == (404, "no_such_case")


@pytest.mark.parametrize(
    "wrong", [{"size": 0}, {"size": 10**9}, {"media_type": "text/html"}, {"sha256": "0"}]
)
def test_a_form_is_not_given_for_what_cannot_be_a_paper(
    running: Running, case: str, wrong: dict[str, Any]
) -> None:
    assert form(running, case, CONTENT, **wrong).code == "body_not_valid"


def test_papers_outlive_the_process(running: Running, case: str) -> None:
    send(form(running, case, b"later").body, b"later")
    running.teller.settle()
    url = link(running, case, b"later").body["url"]
    kept = running.cloud.aws.papers
    assert kept
    running.cloud.aws.papers = Papers(
        running.cloud.templates,
        running.cloud.ledgers,
        running.cloud.functions.bucket_keys,
        running.cloud.state.directory / "papers",
        running.cloud.scanned,
    )
    try:
        assert urllib3.request("GET", url).data == b"later"
    finally:
        running.cloud.aws.papers = kept


def audited(running: Running, case: str) -> list[dict[str, Any]]:
    table = next(
        t for t in running.cloud.templates.of("AWS::DynamoDB::GlobalTable") if "infra-review" in t.name
    )
    found: list[dict[str, Any]] = running.cloud._dynamodb.query(
        TableName=table.name,
        KeyConditionExpression="pk = :case AND begins_with(sk, :audit)",
        ExpressionAttributeValues={":case": {"S": f"CASE#{case}"}, ":audit": {"S": "AUDIT#"}},
    )["Items"]
    return found
