"""One operator, many plans, one file: each line is filed or refused by itself, none is lost or doubled."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from services.infra_review import batches
from services.platform.cases.case import Once
from services.platform.law.parties import AUDITOR, Principal
from services.platform.law.procedure import Given
from services.platform.shared import line_files
from tests.services.infra_review.bus import aws, circle, delivered, published, shuffled
from tests.services.infra_review.conftest import COMPANY, LAWYER, METI, STRANGER, noon
from tests.services.infra_review.doors import Reply, designated, get, items, plan_of, post

pytestmark = pytest.mark.usefixtures("circle")
__all__ = ["aws", "circle"]
DAY = "2026-05-11"


def line(operator: str, on: str = DAY, **plan: Any) -> dict[str, Any]:
    return {"operator_id": operator, "plan": plan_of(on) | plan}


def sent(lines: list[Any], content: str = "application/x-ndjson", **how: Any) -> Reply:
    text = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines)
    return post("/notifications/bulk", text, Content_Type=content, **{"on": DAY, **how})


def received(lines: list[Any], **how: Any) -> str:
    reply = sent(lines, **how)
    assert reply.status == 201, reply.text
    return str(reply.json["id"])


def worked(batch: str) -> None:
    """The events of a batch, until no new one comes."""
    seen: set[str] = set()
    while new := [body for body in published(batch) if _id(body) not in seen]:
        seen |= {_id(body) for body in new}
        delivered(new)


def _id(body: str) -> str:
    return str(json.loads(body)["detail"]["metadata"]["event_id"])


def results(batch: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = get(f"/batches/{batch}/results", query={"limit": "100"}).json["items"]
    return found


def filed_cases() -> list[str]:
    return [one["id"] for one in get("/notifications", query={"limit": "100"}).json["items"]]


def test_every_line_has_its_own_result() -> None:
    operator = designated()
    lines = [line(operator), "{broken", line("operator-of-nobody"), line(operator, measures=[])]
    batch = received(lines)
    assert [one["status"] for one in results(batch)] == ["waiting"] * 4
    worked(batch)
    found = results(batch)
    assert [one["line"] for one in found] == [1, 2, 3, 4]
    assert [one["status"] for one in found] == ["filed", "refused", "refused", "refused"]
    assert [one["problem"]["code"] for one in found[1:]] == [
        "broken_json", "not_designated", "plan_incomplete",
    ]  # fmt: skip
    assert found[3]["problem"]["errors"][0]["pointer"] == "#/plan/measures"
    assert filed_cases() == [found[0]["id"]]
    after = get(f"/batches/{batch}").json
    assert (after["stage"], after["taken"], after["filed"], after["refused"]) == ("Done", 4, 1, 3)


def test_a_line_arrived_when_the_file_did() -> None:
    batch = received([line(designated())], on="2026-05-11")
    worked(batch)
    (case,) = filed_cases()
    assert get(f"/notifications/{case}").json["arrived_at"] == "2026-05-11T03:00:00Z"
    history = get(f"/notifications/{case}/history").json["acts"][0]
    assert history["by"]["organisation"] == COMPANY.organisation


def test_more_lines_than_one_part_are_taken_part_by_part() -> None:
    operator = designated()
    batch = received([line(operator) for _ in range(line_files.AT_ONCE + 3)])
    delivered(published(batch))
    assert get(f"/batches/{batch}").json["taken"] == line_files.AT_ONCE
    worked(batch)
    assert get(f"/batches/{batch}").json["filed"] == line_files.AT_ONCE + 3
    assert len(set(filed_cases())) == line_files.AT_ONCE + 3


def test_events_that_come_twice_and_out_of_order_file_nothing_twice() -> None:
    operator = designated()
    batch = received([line(operator) for _ in range(3)])
    worked(batch)
    delivered(shuffled(published(batch), 3))
    assert len(filed_cases()) == 3
    assert get(f"/batches/{batch}").json["filed"] == 3


def test_a_worker_that_dies_in_the_middle_leaves_a_part_that_ends_alike(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    operator = designated()
    batch = received([line(operator) for _ in range(3)])
    from services.platform.cases.dynamo import LineItem

    real, done = LineItem.update, []

    def dies_after_filing(self: Any, *args: Any, **more: Any) -> Any:
        done.append(self.sk)
        if len(done) == 2:
            raise KeyboardInterrupt  # the second line is filed, and nobody has noted it
        return real(self, *args, **more)

    with monkeypatch.context() as death:
        death.setattr(LineItem, "update", dies_after_filing)
        with pytest.raises(KeyboardInterrupt):
            batches.work(batch)
    assert len(filed_cases()) == 2
    worked(batch)
    assert sorted(one["id"] for one in results(batch)) == sorted(filed_cases())
    assert len(filed_cases()) == 3


def test_the_same_file_with_the_same_key_is_received_once() -> None:
    lines = [line(designated())]
    first = sent(lines, key="file-1")
    worked(first.json["id"])
    again = sent(lines, key="file-1", on="2026-05-12")
    assert (again.status, again.json["id"]) == (201, first.json["id"])
    assert again.headers["Idempotency-Replayed"] == "true"
    assert sent([*lines, *lines], key="file-1").code == "idempotency_key_reused"
    assert [one["status"] for one in results(first.json["id"])] == ["filed"]


def test_a_spreadsheet_is_filed_as_well() -> None:
    operator = designated()
    plan = plan_of(DAY)
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(
        ["operator_id", "plan.business", "plan.equipment.kind", "plan.equipment.name",
         "plan.equipment.outline", "plan.introduction:json", "plan.measures:json"]
    )  # fmt: skip
    equipment = plan["equipment"]
    rows.writerow(
        [operator, plan["business"], equipment["kind"], equipment["name"], equipment["outline"],
         json.dumps(plan["introduction"], ensure_ascii=False), json.dumps(plan["measures"])]
    )  # fmt: skip
    rows.writerow([operator, plan["business"], "", "", "", "{not json", ""])
    batch = received([text.getvalue()], content="text/csv; charset=utf-8")
    worked(batch)
    found = results(batch)
    assert [one["status"] for one in found] == ["filed", "refused"]
    assert found[1]["problem"]["errors"][0]["pointer"] == "#/plan/introduction"


def test_a_line_of_another_operator_is_refused() -> None:
    other = designated(organisation="2010001000005", name="他社")
    batch = received([line(other)])
    worked(batch)
    assert results(batch)[0]["problem"]["code"] == "line_of_another"


def test_an_agent_files_for_whoever_gave_the_mandate() -> None:
    operator = designated()
    batch = received([line(operator)], by=LAWYER)
    worked(batch)
    assert len(filed_cases()) == 1
    assert sent([line(operator)], by=STRANGER).code == "organisation_needed"


def test_a_firm_that_files_for_itself_too_files_for_the_client_it_names() -> None:
    firm = Principal(
        "firm-1", "4010001000003", COMPANY.roles | LAWYER.roles, mandates=frozenset({COMPANY.organisation})
    )
    lines = [line(designated())]
    for named, filed_for in ((COMPANY.organisation, COMPANY.organisation), (None, firm.organisation)):
        batch = received(lines, by=firm, query={"organisation": named} if named else {})
        assert get(f"/batches/{batch}", by=firm).json["organisation"] == filed_for
    assert sent(lines, by=firm, query={"organisation": "2010001000005"}).code == "not_for_you"


def test_that_an_auditor_reads_the_results_is_recorded() -> None:
    batch = received([line(designated())])
    auditor = Principal("auditor-1", "audit", frozenset({AUDITOR.name}))
    before = items()
    assert get(f"/batches/{batch}/results", by=auditor).status == 200
    assert items() == before + 1


def test_nobody_else_reads_the_results() -> None:
    batch = received([line(designated())])
    for stranger in (METI, STRANGER):
        assert get(f"/batches/{batch}/results", by=stranger).code == "no_such_case"


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], "file_empty"),
        (["{}"] * 501, "too_many_lines"),
        (["x" * (256 * 1024 + 1)], "line_too_long"),
        (['"' * 4_500_001], "body_too_large"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_whole(lines: list[str], code: str) -> None:
    assert sent(lines).code == code


def test_a_broken_spreadsheet_is_refused_whole() -> None:
    for text in ('a,b\n"x', "a,b\n1,2,3", "plan,plan.business\nx,y"):
        assert sent([text], content="text/csv").code == "file_not_readable"


def test_of_whoever_may_not_hand_in_a_file_nothing_is_kept() -> None:
    before = items()
    mandated = Principal("nobody-1", "", mandates=frozenset({COMPANY.organisation}))
    assert sent([line("operator-x")], by=mandated).code == "not_your_act"
    assert items() == before


def test_five_hundred_lines_are_kept_in_their_order() -> None:
    from services.platform.cases.dynamo import Transaction

    lines = line_files.lines_of("\n".join(['{"a": 1}'] * 500).encode(), "application/x-ndjson", 500)
    line_files.keeping(batches.batches, "batch-x", lines, Given(noon(DAY), COMPANY), Once("api/x", "k"))(
        Transaction()
    )
    assert [one.line for one in line_files.results("batch-x", 1, 1000)] == list(range(1, 501))


@pytest.mark.parametrize("inside", ["\u2028", "\u2029", "\u0085", "\u000b"])
def test_a_line_ends_at_a_line_feed_and_at_nothing_else(inside: str) -> None:
    body = f'{{"a": "x{inside}y"}}\r\n{{"a": 2}}\n'.encode()
    assert len(line_files.lines_of(body, "application/x-ndjson", 500)) == 2


def test_a_cell_that_is_nested_too_deeply_is_refused_with_its_line() -> None:
    batch = received(["plan:json\n" + "[" * 1000 + "]" * 1000 + "\n"], content="text/csv")
    worked(batch)
    assert [one["status"] for one in results(batch)] == ["refused"]


def test_a_column_that_is_nested_too_deeply_is_refused_with_its_file() -> None:
    assert sent([".".join("a" * 3000) + "\n1\n"], content="text/csv").code == "file_not_readable"
