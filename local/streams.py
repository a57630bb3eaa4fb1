"""DynamoDB stream to Lambda: in order, again from the first failure, and never forgotten over a restart."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from local.aws_calls import sealed_in_bucket, through_table
from local.clock import Clock
from local.faults import Faults
from local.functions import Functions
from local.policies import Call
from local.pump import Pump
from local.sandbox import Result
from local.template import REGION, Resource

POLLS = ("dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream")
AT_ONCE = 5
"""Tries before a failing batch has to wait."""
STREAM_KEEPS = 24 * 60 * 60
"""Seconds after which a stream forgets a record."""
WAITS = 60.0
"""Virtual seconds until a failing batch is tried again."""


class Checkpoint:
    """How far a stream has been handled, kept in a file.

    It moves only when the whole cloud is idle. Messages in queues do not survive a kill, so what had not been
    handled to its end by then is delivered again from the stream: at least once, as on AWS.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self.handled = file.read_text() if file.exists() else ""
        self._written = self.handled

    def keep(self) -> None:
        """Write it."""
        if self.handled != self._written:
            draft = self._file.with_suffix(".new")
            draft.write_text(self.handled)
            draft.replace(self._file)
            self._written = self.handled


def matcher(mapping: dict[str, Any]) -> Callable[[dict[str, Any]], bool]:
    """Whether a record passes the mapping's filters: one is enough, and no filter lets all through."""
    from moto.events.models import EventPattern

    given = mapping.get("FilterCriteria", {}).get("Filters", ())
    patterns: list[Any] = [EventPattern(entry["Pattern"], json.loads(entry["Pattern"])) for entry in given]
    return lambda record: not patterns or any(pattern.matches_event(record) for pattern in patterns)


class StreamMapping:
    """Feeds the stream of one table to one function."""

    def __init__(
        self,
        mapping: Resource,
        table: Resource,
        *,
        streams: Any,
        stream_arn: str,
        functions: Functions,
        clock: Clock,
        faults: Faults,
        checkpoint: Checkpoint,
        set_apart: Callable[[str, str, str], None],
    ) -> None:
        """`set_apart(bucket ARN, key, body)` puts what cannot be handled into the bucket for it."""
        given = mapping.properties
        self.table = table
        self.checkpoint = checkpoint
        self._streams = streams
        self._stream_arn = stream_arn
        self._functions = functions
        self._function = functions.find(given["FunctionName"])
        self._size = int(given.get("BatchSize", 100))
        self._partial = "ReportBatchItemFailures" in given.get("FunctionResponseTypes", [])
        self._oldest = timedelta(seconds=int(given.get("MaximumRecordAgeInSeconds", STREAM_KEEPS)))
        self._on_failure = given.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")
        self._set_apart = set_apart
        self._clock = clock
        self._faults = faults
        self._shards: list[dict[str, Any]] = []
        self._failures = 0
        self._failing_since: datetime | None = None
        self._waits_until = clock.now()
        self._event_source = given["EventSourceArn"]
        self._wanted = matcher(given)
        self.pump = Pump(clock, f"stream of {table.name}", self._drain)

    def _drain(self) -> None:
        calls = [Call(action, self._event_source) for action in POLLS]
        calls.append(Call("dynamodb:ListStreams", "*"))
        calls += through_table(Call("dynamodb:GetRecords", self.table.arn), self._functions.table_keys)
        missing = self._functions.record(self._function.ledger, calls)
        if missing:
            raise PermissionError("; ".join(missing))
        while self._clock.now() >= self._waits_until and (records := self._next()):
            if not self._deliver(records):
                return
            # Whatever is written from now on kicks again.
            if len(records) < self._size and not self._failures:
                return

    def _next(self) -> list[dict[str, Any]]:
        """The records after the last handled one."""
        for shard in self._shards or self._described():
            start = (
                {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": self.checkpoint.handled}
                if self.checkpoint.handled
                else {"ShardIteratorType": "TRIM_HORIZON"}
            )
            iterator = self._streams.get_shard_iterator(
                StreamArn=self._stream_arn, ShardId=shard["ShardId"], **start
            )["ShardIterator"]
            found = self._streams.get_records(ShardIterator=iterator, Limit=self._size)["Records"]
            if found:
                return [self._record(record) for record in found]
        return []

    def _described(self) -> list[dict[str, Any]]:
        """The shards of the stream: the engine has one, from the first record on."""
        stream = self._streams.describe_stream(StreamArn=self._stream_arn)["StreamDescription"]
        self._shards = stream["Shards"]
        return self._shards

    def _deliver(self, records: list[dict[str, Any]]) -> bool:
        """Hand over one batch; return whether to go on."""
        wanted = [record for record in records if self._wanted(record)]
        if not wanted:
            self.checkpoint.handled = records[-1]["dynamodb"]["SequenceNumber"]
            return True
        event = {"Records": wanted}
        result = self._functions.invoke(self._function.name, event)
        if self._faults.duplicate and not result.failed:
            result = self._functions.invoke(self._function.name, event)
        handled = self._handled(records, result)
        if handled:
            self.checkpoint.handled = records[handled - 1]["dynamodb"]["SequenceNumber"]
        if handled == len(records):
            self._failures, self._failing_since = 0, None
            return True
        self._failures = 1 if handled else self._failures + 1
        if handled or self._failing_since is None:
            self._failing_since = self._clock.now()
        if self._clock.now() - self._failing_since >= self._oldest:
            self._give_up(records[handled : handled + 1], result)
            return True
        if self._failures < AT_ONCE:
            return True
        self._waits_until = self._clock.now() + timedelta(seconds=WAITS)
        self._clock.after(WAITS, f"retry of the stream of {self.table.name}", self.pump.kick)
        return False

    def _handled(self, records: list[dict[str, Any]], result: Result) -> int:
        """How many records, from the first on, need no second delivery."""
        if result.failed:
            return 0
        failures = result.answer.get("batchItemFailures", ()) if isinstance(result.answer, dict) else ()
        if not self._partial or not failures:
            return len(records)
        failed = {failure["itemIdentifier"] for failure in failures}
        numbers = [record["dynamodb"]["SequenceNumber"] for record in records]
        # An identifier that is not of this batch means that all of it failed.
        return min((numbers.index(f) for f in failed if f in numbers), default=0)

    def _give_up(self, records: list[dict[str, Any]], result: Result) -> None:
        """Put the records themselves where the mapping says, as Lambda does with a bucket."""
        first, last = (record["dynamodb"]["SequenceNumber"] for record in (records[0], records[-1]))
        self.checkpoint.handled = last
        self._failing_since = None
        if self._on_failure:
            bucket = self._on_failure
            calls = [Call("s3:ListBucket", bucket), Call("s3:PutObject", f"{bucket}/aws/lambda/local")]
            calls += sealed_in_bucket(bucket, self._functions.bucket_keys)
            missing = self._functions.record(self._function.ledger, calls)
            if missing:
                raise PermissionError("; ".join(missing))
            info = {"streamArn": self._event_source, "startSequenceNumber": first, "endSequenceNumber": last}
            body = {
                "requestContext": {"functionArn": self._function.arn},
                "DDBStreamBatchInfo": info,
                "responsePayload": result.answer,
                "payload": json.dumps({"Records": records}),
            }
            self._set_apart(bucket, f"aws/lambda/local/{first}", json.dumps(body))

    def _record(self, record: dict[str, Any]) -> dict[str, Any]:
        change = dict(record["dynamodb"])
        change["ApproximateCreationDateTime"] = self._clock.now().timestamp()
        return {
            "eventID": record["eventID"],
            "eventName": record["eventName"],
            "eventVersion": "1.1",
            "eventSource": "aws:dynamodb",
            "awsRegion": REGION,
            "eventSourceARN": self._event_source,
            "dynamodb": change,
        }
