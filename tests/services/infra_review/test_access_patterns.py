"""What Chapter 3 does beyond its cases hits a key: a day of work, with every call to the table looked at."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.infra_review.bus import aws, circle, delivered, published, told
from tests.services.infra_review.conftest import METI
from tests.services.infra_review.doors import designated, get, plan_of, post
from tests.services.infra_review.test_bulk import line, received, worked
from tests.services.infra_review.test_passports import changed, filed, passport

pytestmark = pytest.mark.usefixtures("circle")
__all__ = ["aws", "circle"]
READS = {"Query", "GetItem"}
WRITES = {"PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"}
OURS = ("PASSPORT#", "BATCH#", "STATISTICS#", "REGISTER")


@pytest.fixture
def calls(circle: None, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """Every call to DynamoDB, in order."""
    import botocore.client

    made: list[tuple[str, dict[str, Any]]] = []
    real = botocore.client.BaseClient._make_api_call

    def recording(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        if self.meta.service_model.service_name == "dynamodb":
            made.append((operation, arguments))
        return real(self, operation, arguments)

    monkeypatch.setattr(botocore.client.BaseClient, "_make_api_call", recording)
    return made


def partitions(arguments: dict[str, Any]) -> list[str]:
    """The partitions a query asks for."""
    values = arguments.get("ExpressionAttributeValues", {}).values()
    return [str(value["S"]) for value in values if "S" in value]


def test_a_day_of_work_scans_nothing(calls: list[tuple[str, dict[str, Any]]]) -> None:
    operator = designated()
    token = passport()
    case = filed(token, operator=operator)
    changed(token, "2026-05-20", governing_law="CN")
    told(case, token)
    batch = received([line(operator) for _ in range(2)])
    worked(batch)
    draft = post("/drafts", {"organisation": "2010001000005", "operator_id": operator, "plan": plan_of()})
    assert draft.status == 403
    get(f"/batches/{batch}/results")
    get(f"/notifications/{case}/composed", by=METI, query={"reason": "review"})
    for path in ("/statistics", "/register"):
        assert get(path, by=None).status == 200
    delivered(published(case))
    names = {name for name, _ in calls}
    assert names <= READS | WRITES
    asked = [text for name, arguments in calls if name == "Query" for text in partitions(arguments)]
    for prefix in OURS:
        assert any(text.startswith(prefix) for text in asked), prefix


def test_what_is_read_back_at_once_is_read_strongly(calls: list[tuple[str, dict[str, Any]]]) -> None:
    token = passport()
    case = filed(token)
    changed(token, "2026-05-20", governing_law="CN")
    told(case, token)
    citations = [
        arguments
        for name, arguments in calls
        if name == "Query" and any(text.startswith("PASSPORT#") for text in partitions(arguments))
    ]
    assert citations
    assert all(arguments["ConsistentRead"] for arguments in citations)
