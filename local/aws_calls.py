"""Which IAM actions on which resources one AWS API operation asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from local.policies import Call
from local.step_functions import machine_of
from local.template import REGION, arn

Parameters = Mapping[str, Any]

_READS = {"GetItem", "Query", "Scan", "BatchGetItem", "GetRecords"}
_KEY_TO_READ = ("Decrypt", "DescribeKey")
_KEY_TO_WRITE = ("Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey")
"""What AWS asks for on the key of whoever reads from, or writes to, a table with a key of the account."""

_TRANSACTED = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
    "Get": "GetItem",
}


def _table(name: str, index: str | None = None) -> str:
    table = name if name.startswith("arn:") else arn("dynamodb", f"table/{name}")
    return f"{table}/index/{index}" if index else table


def _dynamodb(operation: str, given: Parameters) -> Iterator[Call]:
    if operation in {"TransactWriteItems", "TransactGetItems"}:
        for item in given["TransactItems"]:
            for kind, request in item.items():
                yield Call(f"dynamodb:{_TRANSACTED[kind]}", _table(request["TableName"]))
    elif operation in {"BatchGetItem", "BatchWriteItem"}:
        for table in given["RequestItems"]:
            yield Call(f"dynamodb:{operation}", _table(table))
    elif "TableName" in given:
        yield Call(f"dynamodb:{operation}", _table(given["TableName"], given.get("IndexName")))
    else:
        yield Call(f"dynamodb:{operation}", "*")


def _events(operation: str, given: Parameters) -> Iterator[Call]:
    if operation != "PutEvents":
        yield Call(f"events:{operation}", arn("events", f"event-bus/{given.get('EventBusName', 'default')}"))
        return
    for entry in given["Entries"]:
        bus = entry.get("EventBusName", "default")
        keys = (
            ("events:source", entry.get("Source", "")),
            ("events:detail-type", entry.get("DetailType", "")),
        )
        yield Call(
            "events:PutEvents", bus if bus.startswith("arn:") else arn("events", f"event-bus/{bus}"), keys
        )


def _states(operation: str, given: Parameters) -> Iterator[Call]:
    if "taskToken" in given:
        yield Call(f"states:{operation}", machine_of(given["taskToken"]) or "*")
    else:
        yield Call(f"states:{operation}", given.get("executionArn") or given.get("stateMachineArn") or "*")


def _sqs(operation: str, given: Parameters) -> Iterator[Call]:
    queue = str(given.get("QueueUrl", "*")).rstrip("/").rpartition("/")[2]
    # The batch operations have no action of their own.
    yield Call(f"sqs:{operation.removesuffix('Batch')}", arn("sqs", queue))


def _kms(operation: str, given: Parameters) -> Iterator[Call]:
    key = str(given.get("KeyId", "*"))
    context = tuple((f"kms:EncryptionContext:{k}", v) for k, v in given.get("EncryptionContext", {}).items())
    yield Call(
        f"kms:{operation}", key if key.startswith("arn:") or key == "*" else arn("kms", f"key/{key}"), context
    )


def _s3(operation: str, given: Parameters) -> Iterator[Call]:
    bucket, key = given.get("Bucket", "*"), given.get("Key")
    actions = {
        "ListObjectsV2": "ListBucket",
        "ListObjects": "ListBucket",
        "HeadObject": "GetObject",
        "HeadBucket": "ListBucket",
    }
    resource = f"{bucket}/{key}" if key else bucket
    yield Call(f"s3:{actions.get(operation, operation)}", arn("s3", resource, region="", account=""))


def _lambda(operation: str, given: Parameters) -> Iterator[Call]:
    name = str(given.get("FunctionName", "*"))
    action = "InvokeFunction" if operation == "Invoke" else operation
    yield Call(f"lambda:{action}", name if name.startswith("arn:") else arn("lambda", f"function:{name}"))


_SERVICES: dict[str, Callable[[str, Parameters], Iterator[Call]]] = {
    "dynamodb": _dynamodb,
    "events": _events,
    "states": _states,
    "sqs": _sqs,
    "kms": _kms,
    "s3": _s3,
    "lambda": _lambda,
}


def calls_of(service: str, operation: str, given: Parameters) -> list[Call]:
    """The calls IAM would judge for one API operation; `service` is the name requests are signed for."""
    known = _SERVICES.get(service)
    found = list(known(operation, given)) if known else [Call(f"{service}:{operation}", "*")]
    return list(dict.fromkeys(found))


def through_table(call: Call, keys: Mapping[str, str]) -> list[Call]:
    """What DynamoDB asks of KMS for the caller of a table with its own key (`keys`: table ARN -> key ARN)."""
    key = keys.get(call.resource.partition("/index/")[0])
    if key is None:
        return []
    via = (("kms:ViaService", f"dynamodb.{REGION}.amazonaws.com"),)
    reads = call.action.removeprefix("dynamodb:") in _READS
    return [Call(f"kms:{action}", key, via) for action in (_KEY_TO_READ if reads else _KEY_TO_WRITE)]


def sealed_in_bucket(bucket: str, keys: Mapping[str, str]) -> list[Call]:
    """What S3 asks of KMS for the writer of a bucket with its own key (`keys`: bucket ARN -> key ARN)."""
    via = (("kms:ViaService", f"s3.{REGION}.amazonaws.com"),)
    return [Call("kms:GenerateDataKey", keys[bucket], via)] if bucket in keys else []


def read_from_bucket(bucket: str, keys: Mapping[str, str]) -> list[Call]:
    """What S3 asks of KMS for the reader of a bucket with its own key (`keys`: bucket ARN -> key ARN)."""
    via = (("kms:ViaService", f"s3.{REGION}.amazonaws.com"),)
    return [Call("kms:Decrypt", keys[bucket], via)] if bucket in keys else []
