"""Handlers a sandbox is tried with."""

from __future__ import annotations

import os
import time
from typing import Any


def echo(event: dict[str, Any], context: Any) -> dict[str, Any]:
    print("said", event)  # noqa: T201
    return {
        "event": event,
        "name": context.function_name,
        "arn": context.invoked_function_arn,
        "milliseconds": context.get_remaining_time_in_millis(),
        "table": os.environ["TABLE"],
        "pid": os.getpid(),
    }


def crash(event: dict[str, Any], context: Any) -> None:
    os._exit(3)


def sleep(event: dict[str, Any], context: Any) -> None:
    time.sleep(event["seconds"])


def fail(event: dict[str, Any], context: Any) -> None:
    raise ValueError("not today")


def read(event: dict[str, Any], context: Any) -> str:
    """Reads an index through a botocore client."""
    import botocore.session
    from botocore.exceptions import ClientError

    client = botocore.session.get_session().create_client("dynamodb")
    try:
        client.query(TableName="cases", IndexName=event["index"], KeyConditionExpression="pk = :a")
    except ClientError as error:
        return f"{error.response['Error']['Code']}: {error.response['Error']['Message']}"
    return "read"


def read_with_pynamodb(event: dict[str, Any], context: Any) -> str:
    """Reads through PynamoDB."""
    from pynamodb.attributes import UnicodeAttribute
    from pynamodb.exceptions import PynamoDBException
    from pynamodb.models import Model

    class Case(Model):
        class Meta:
            table_name = "cases"
            region = "ap-northeast-1"

        pk = UnicodeAttribute(hash_key=True)

    try:
        Case.get("1")
    except PynamoDBException as error:
        return f"{error.cause_response_code}: {error.cause_response_message}"
    return "read"
