"""Least privilege, both ways, from recorded calls: nothing refused, nothing granted that is never used."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import urllib3

from documents.services import services
from local.identity import Person
from local.policies import like
from local.step_functions import token_for
from local.stories.standstill import AGENT, API, NECESSITY, OFFICIAL
from local.template import arn
from tests.local import test_papers as papers
from tests.local.conftest import Running, corporate_number

NOT_SEEN_LOCALLY = {
    "logs:*Log*": "Step Functions delivers a machine's log through these; there is no log delivery here.",
    "logs:*ResourcePolic*": "The same.",
    "xray:Put*": "Step Functions sends a machine's traces itself.",
}
"""Grants of state machines that only AWS itself uses, and why."""
UNPLAYED = ("change", "inquiry", "post-review")
"""Procedures this year does not play; what they are refused is still seen."""
NOT_PLAYED = (
    *(f"*:sakimori-infra-review-{name}" for name in UNPLAYED),
    # Sealing of a supplier's papers and the lists of them.
    "*if kms:EncryptionContext:service*",
    "dynamodb:BatchWriteItem on *",
    # What a sweep leaves to its next invocation.
    "sqs:SendMessage on *-sweeper",
)
UNPLAYED_CHAPTERS = ("sakimori-council-", "sakimori-fund-", "sakimori-patent-", "sakimori-supply-")
"""Of these this year plays nothing but their health; Chapter 5 is played in `test_patent.py`."""
FSA = Person("official-9", "FSA", ("reviewing_official",), ministry="FSA")
AUDITOR = Person("auditor-1", "会計検査院", ("auditor",))
NOT_HERE = ("-rollout", "-backup", "-scanner")
"""Roles of what the local cloud does not do: deploying by degrees, backing up; and it scans by a stand-in."""
STEPS = "sakimori-infra-review-steps"
HISTORY = f"{STEPS}: dynamodb:Query on {arn('dynamodb', 'table/sakimori-infra-review-cases')}"
"""A state kept by another fold than today's is made anew from the acts; this year has none."""


def test_a_missing_grant_is_refused_by_its_name(running: Running, tomorrow: date) -> None:
    """The API's role loses a statement; the next list is refused, and the log says what it needs."""
    function = running.cloud.functions.find("sakimori-infra-review-api")
    whole = function.ledger.statements
    queue = arn("dynamodb", "table/sakimori-infra-review-cases/index/queue")
    function.ledger.statements = [s for s in whole if queue not in json.dumps(s)]
    running.cloud.functions.stop()
    try:
        assert running.teller.ask(OFFICIAL, "GET", f"{API}/notifications").status >= 500
        log = (running.cloud.logs / "sakimori-infra-review-api.log").read_text()
        assert f"sakimori-infra-review-api needs dynamodb:Query on {queue}" in log
    finally:
        function.ledger.statements = whole
        function.ledger.denied.clear()
        running.cloud.functions.stop()
    assert running.teller.ask(OFFICIAL, "GET", f"{API}/notifications").status == 200


@dataclass(frozen=True)
class Year:
    """A year in which all happens that the story leaves out; `waited` is a case nobody touched in it."""

    waited: str


@pytest.fixture(scope="module")
def year(running: Running) -> Year:
    today = running.today + timedelta(days=1)
    running.at(today)
    everyone_reads(running)
    poisoned_stream(running)
    case = running.accepted()
    late_machines(running, case)
    waited = running.filed()
    published = designated(running, notice=True)
    lost = designated(running, notice=True)
    designated_and_released(running)
    unpublished = designated(running, notice=False)
    running.teller.settle()
    stop(running, case)
    stop(running, lost)
    running.local("sweep", {})
    for kept in (case, lost):
        assert running.executions(kept)[-1]["status"] == "RUNNING"
    end = date.fromisoformat(running.teller.get(FSA, f"{API}/operators/{lost}")["duty_from"])
    running.at(end - timedelta(days=1), "23:00")
    stop(running, lost)
    running.at(end + timedelta(days=1))
    for operator in (published, lost):
        acts = running.teller.get(FSA, f"{API}/operators/{operator}/history")
        assert "GraceEnded" in json.dumps(acts)
    running.at(today + timedelta(days=340))
    assert running.executions(unpublished)[-1]["status"] == "RUNNING"
    return Year(waited)


def stop(running: Running, case: str) -> None:
    """Lose the executions of a case."""
    for execution in running.executions(case):
        running.cloud.client("stepfunctions").stop_execution(executionArn=execution["execution"])


def everyone_reads(running: Running) -> None:
    case = running.filed()
    for service in set(services()) - {"infra_review"}:
        running.teller.ask(None, "GET", f"/{service}/v1/health")
    for path in ("", "/history", "/clock", "/deadlines.ics"):
        assert running.teller.ask(OFFICIAL, "GET", f"{API}/notifications/{case}{path}").status == 200
    running.download(f"/notifications/{running.accepted()}/clock", accept="application/jose+json")
    running.download("/clock-key", person=None)
    named = papers.naming_papers(running)
    assert papers.send(papers.form(running, named, papers.CONTENT).body, papers.CONTENT).status == 204
    running.teller.settle()
    assert urllib3.request("GET", papers.link(running, named, papers.CONTENT).body["url"]).status == 200
    for person in (OFFICIAL, AGENT, AUDITOR):
        assert running.teller.ask(person, "GET", f"{API}/notifications").status == 200
    for path in ("register", "sectors"):
        assert running.teller.ask(None, "GET", f"{API}/{path}").status == 200


def designated(running: Running, *, notice: bool) -> str:
    """A designation in the hands of two ministries."""
    name = f"労働金庫連合会{next(running.numbers)}"
    decision = {
        "organisation": corporate_number(next(running.numbers)),
        "name": name,
        "address": "東京都千代田区",
        "business": "labour_bank_federation",
        "criterion": "every_operator",
        "necessity": NECESSITY,
    }
    operator: str = running.teller.post(FSA, f"{API}/operators", decision)["id"]
    if notice:
        published = {"gazette": "官報", "on": running.today.isoformat()}
        running.teller.post(FSA, f"{API}/operators/{operator}/give-public-notice", published)
    return operator


def designated_and_released(running: Running) -> None:
    operator = designated(running, notice=False)
    for power, body in (
        ("release", {"reasons": "該当しなくなった。"}),
        ("give-public-notice", {"gazette": "官報", "on": running.today.isoformat()}),
    ):
        running.teller.post(FSA, f"{API}/operators/{operator}/{power}", body)


def late_machines(running: Running, case: str) -> None:
    """A machine asks to wait in a stage its case has left: it is woken at once."""
    at = running.cloud.clock.now().isoformat()
    for about, stage, machine in (
        (case, "AwaitAcceptance", "notification"),
        (running.story.operator, "Grace", "operator"),
    ):
        token = token_for(running.cloud.machines[f"sakimori-infra-review-{machine}"])
        event = {"do": "wait", "case_id": about, "stage": stage, "until": None, "token": token, "at": at}
        assert not running.cloud.functions.invoke(STEPS, event).failed


def poisoned_stream(running: Running) -> None:
    """An act nobody can read: it is tried again, set apart, and holds no later act up."""
    dynamodb = running.cloud.client("dynamodb", running.cloud.tables_url)
    item = {"pk": {"S": "CASE#notification-NOISE"}, "sk": {"S": "ACT#000001"}, "act": {"S": "Noise"}}
    dynamodb.put_item(TableName="sakimori-infra-review-cases", Item=item)
    case = running.filed()
    running.teller.settle()
    running.at(running.today + timedelta(days=1))
    dead = arn("sqs", "sakimori-infra-review-publisher-dlq")
    (queue,) = [q for q in running.local("queues") if arn("sqs", q["queue"]) == dead]
    assert queue["waiting"] == 1
    assert running.executions(case)[0]["status"] == "RUNNING"
    running.cloud.client("sqs").purge_queue(QueueUrl=running.cloud.queues[dead].ref)


@pytest.mark.slow
def test_a_wait_longer_than_an_execution_may_live_hops_into_the_next(running: Running, year: Year) -> None:
    executions = running.executions(year.waited)
    assert [execution["status"] for execution in executions] == ["SUCCEEDED", "RUNNING"]
    assert [execution["state"] for execution in executions] == ["Continued", "AwaitAcceptance"]
    assert [act["act"] for act in running.acts(year.waited)] == ["PlanFiled"]


@pytest.mark.slow
def test_nothing_is_refused_and_nothing_is_granted_that_is_never_used(running: Running, year: Year) -> None:
    report = running.local("access")
    refused = [sentence for entry in report for sentence in entry["refused"]]
    assert not refused, "\n".join(refused)
    unexplained = [
        f"{entry['role']}: {grant}"
        for entry in report
        for grant in entry["never_used"]
        if not any(like(pattern, grant) for pattern in NOT_PLAYED)
        and not entry["role"].endswith(NOT_HERE)
        and not entry["role"].startswith(UNPLAYED_CHAPTERS)
        and entry["role"] not in {f"sakimori-infra-review-{name}-machine" for name in UNPLAYED}
        and (
            not entry["role"].endswith(("-machine", "-logs"))
            or not any(like(pattern, grant.partition(" on ")[0]) for pattern in NOT_SEEN_LOCALLY)
        )
    ]
    assert unexplained == [HISTORY], "\n".join(unexplained)
