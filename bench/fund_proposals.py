"""The last hour of a call, and the books of a fund: `python -m bench.fund_proposals`.

Two thousand proposals arrive in the hour before the closing instant, and a hundred in the second after it,
through the API's door in-process over moto: what is taken, what is refused, how long each takes. Then 100,000
postings in one fund.
"""

from __future__ import annotations

import importlib
import json
import logging
import os
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from statistics import median, quantiles
from typing import Any

import msgspec
from moto import mock_aws
from rich.console import Console
from rich.table import Table

from services.fund.domain.call import call
from services.fund.domain.call.powers import AnnounceCall, Announcing, announce
from services.fund.domain.call.state import Criterion, Terms
from services.fund.domain.fund.state import CHART
from services.fund.domain.proposal import proposal
from services.fund.domain.proposal.content import Content, PhasePlan, Plan
from services.fund.domain.proposal.powers import BeginDraft, begin_proposal
from services.fund.researchers import Member
from services.fund.roles import AGENCY, PRINCIPAL
from services.platform.cases import table
from services.platform.cases.store import Cases
from services.platform.law.parties import Principal
from services.platform.law.procedure import Given
from services.platform.runtime.observe import metrics
from services.platform.shared.ledger import JournalEntry, is_balanced, post, reconciled, transfer

IN_TIME, LATE, POSTINGS, PROJECTS = 2_000, 100, 100_000, 500
LAB = "8230001002345"
CLOSING = datetime(2026, 6, 30, 3, tzinfo=UTC)
OPENING = CLOSING - timedelta(days=30)
SETTINGS = {
    "AWS_ACCESS_KEY_ID": "bench",
    "AWS_SECRET_ACCESS_KEY": "bench",
    "AWS_DEFAULT_REGION": "ap-northeast-1",
    "AWS_REGION": "ap-northeast-1",
    "SERVICE": "fund",
    "TABLE": "bench-fund",
    "BUS": "bench",
    "POWERTOOLS_SERVICE_NAME": "fund",
    "POWERTOOLS_METRICS_NAMESPACE": "Bench",
    "LOG_LEVEL": "CRITICAL",
}
console = Console(width=118)


def create_table() -> None:
    from services.platform.runtime.clients import client

    keys = {table.PARTITION, table.SORT} | {key for i in table.INDEXES for key in (i.partition, i.sort)}

    def schema(partition: str, sort: str) -> list[dict[str, str]]:
        return [{"AttributeName": partition, "KeyType": "HASH"}, {"AttributeName": sort, "KeyType": "RANGE"}]

    client("dynamodb").create_table(
        TableName=SETTINGS["TABLE"],
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in sorted(keys)],
        KeySchema=schema(table.PARTITION, table.SORT),
        GlobalSecondaryIndexes=[
            {
                "IndexName": index.name,
                "KeySchema": schema(index.partition, index.sort),
                "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": list(table.PROJECTED)},
            }
            for index in table.INDEXES
        ],
    )


def announced() -> str:
    terms = Terms(
        "架空の公募",
        "project",
        "ocean",
        "架空技術",
        "架空のビジョン",
        OPENING,
        CLOSING,
        10**11,
        10**9,
        50,
        "x",
        (Criterion("novelty", "新規性", 100),),
        1,
        9,
    )
    agent = Principal("agent-1", "JST", frozenset({AGENCY.name}), ministry="JST")
    announcing = Announcing(AnnounceCall("fund-x", terms), "JST", "MEXT", 10**11, True)
    done = Cases(call).open(announce, announcing, Given(OPENING - timedelta(days=9), agent))
    assert done.case is not None
    return done.case.id


def drafted(call_id: str, number: int) -> tuple[str, Principal]:
    who = Principal(f"researcher-{number}", LAB, frozenset({PRINCIPAL.name}))
    made = BeginDraft(call_id, LAB, who.subject)
    done = Cases(proposal).open(begin_proposal, made, Given(OPENING, who))
    assert done.case is not None
    return done.case.id, who


def content(number: int) -> dict[str, Any]:
    phases = (PhasePlan("原理", date(2026, 10, 1), date(2028, 3, 31), 5 * 10**8, 4),)
    plan = Plan("架空の研究", "架空技術", "要旨" * 500, "方法" * 5_000, 3, phases)
    people = tuple(Member(f"架空 {one}", LAB, 20, e_rad=f"{number * 10 + one:08}") for one in range(10))
    found: dict[str, Any] = msgspec.to_builtins(Content(plan, people))
    return found


def submit(handler: Any, case: str, who: Principal, body: str, at: datetime, number: int) -> int:
    event = {
        "httpMethod": "POST",
        "path": f"/proposals/{case}/submit-proposal",
        "headers": {"Idempotency-Key": f"key-{number}"},
        "multiValueHeaders": {"Idempotency-Key": [f"key-{number}"]},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": {},
        "body": body,
        "isBase64Encoded": False,
        "requestContext": {
            "requestTimeEpoch": int(at.timestamp() * 1000),
            "requestId": f"request-{number}",
            "path": f"/v1/proposals/{case}/submit-proposal",
            "authorizer": {
                "claims": {
                    "sub": who.subject,
                    "custom:organisation": who.organisation,
                    "cognito:groups": PRINCIPAL.name,
                }
            },
        },
    }
    return int(handler(event, None)["statusCode"])


def show_proposals() -> None:
    os.environ.update(SETTINGS)
    # The module was read before the settings were there.
    metrics.provider.namespace = SETTINGS["POWERTOOLS_METRICS_NAMESPACE"]
    with mock_aws():
        create_table()
        handler = importlib.import_module("services.platform.doors.api").handler
        call_id = announced()
        drafts = [drafted(call_id, number) for number in range(IN_TIME + LATE)]
        statuses: dict[str, Counter[int]] = {"in time": Counter(), "late": Counter()}
        took = []
        for number, (case, who) in enumerate(drafts):
            late = number >= IN_TIME
            before = timedelta(milliseconds=1 + (IN_TIME - 1 - number) * 3_600_000 // IN_TIME)
            at = CLOSING + timedelta(milliseconds=10 * (number - IN_TIME)) if late else CLOSING - before
            body = json.dumps({"content": content(number)}, ensure_ascii=False)
            begun = time.perf_counter()
            status = submit(handler, case, who, body, at, number)
            took.append((time.perf_counter() - begun) * 1000)
            statuses["late" if late else "in time"][status] += 1
        kept = [Cases(proposal).load(case).state.submitted for case, _ in drafts]
    shown = Table(title="A call's last hour (in-process, moto)", title_justify="left")
    for column in ("proposals", "sent", "200", "409", "kept"):
        shown.add_column(column, justify="left" if column == "proposals" else "right")
    for name, some in (("in time", kept[:IN_TIME]), ("late", kept[IN_TIME:])):
        found = sum(one is not None for one in some)
        shown.add_row(name, str(len(some)), str(statuses[name][200]), str(statuses[name][409]), str(found))
    console.print(shown)
    p99 = quantiles(took, n=100)[98]
    total = sum(took) / 1000
    size = len(body.encode()) // 1024
    console.print(
        f"{size} KB each; median {median(took):.1f} ms, 99th percentile {p99:.1f} ms, "
        f"all of them one after the other {total:.0f} s of the hour's 3,600.\n"
    )


def show_books() -> None:
    day = date(2026, 5, 1)
    balances: dict[str, int] = post(
        CHART, {}, transfer("deposits:MEXT:JST", "unallocated:MEXT:JST", 10**12, day)
    )
    entries: list[JournalEntry] = []
    for number in range(POSTINGS):
        project = f"committed:MEXT:JST:project-{number % PROJECTS:026}"
        entries.append(transfer("unallocated:MEXT:JST", project, 1_000 + number, day))
    begun = time.perf_counter()
    for entry in entries:
        balances = post(CHART, balances, entry)
    took = time.perf_counter() - begun
    assert is_balanced(CHART, balances)
    first = transfer("deposits:MEXT:JST", "unallocated:MEXT:JST", 10**12, day)
    assert reconciled(CHART, [first, *entries], balances) == {}
    size = len(msgspec.json.encode(balances)) // 1024
    console.print(
        f"{POSTINGS:,} postings over {PROJECTS} projects: {took:.1f} s, {took / POSTINGS * 1e6:.0f} us each; "
        f"the books balance and reconcile; the balances take {size} KB."
    )


def main() -> None:
    logging.disable(logging.CRITICAL)
    show_proposals()
    show_books()


if __name__ == "__main__":
    main()
