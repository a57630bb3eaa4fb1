"""The tables of the templates, in the engine."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from local.template import Resource

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

KEPT = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "LocalSecondaryIndexes")
"""What of a table's description the engine is given: not its backups, its key or its expiry.

Items do not expire here: their `expires` is virtual time, and an engine would compare it with the machine's.
"""


def create(tables: Iterable[Resource], dynamodb: DynamoDBClient) -> None:
    """Create the tables that are not there yet."""
    there = set(dynamodb.list_tables()["TableNames"])
    for table in tables:
        if table.name in there:
            continue
        given = table.properties
        wanted: dict[str, Any] = {key: given[key] for key in KEPT if key in given}
        if "StreamSpecification" in given:
            wanted["StreamSpecification"] = {"StreamEnabled": True, **given["StreamSpecification"]}
        dynamodb.create_table(TableName=table.name, BillingMode="PAY_PER_REQUEST", **wanted)


def stream_arn(table: Resource, dynamodb: DynamoDBClient) -> str:
    """The ARN the engine gave the table's stream."""
    return dynamodb.describe_table(TableName=table.name)["Table"]["LatestStreamArn"]
