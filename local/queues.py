"""SQS to Lambda: what an event source mapping does, with partial batch failures and redrive."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from local.clock import Clock
from local.faults import Faults
from local.functions import Functions
from local.patches import Patches
from local.policies import Call
from local.pump import Pump
from local.template import REGION, Resource

if TYPE_CHECKING:
    from mypy_boto3_sqs.client import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

POLLS = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
"""What Lambda's poller does as the function's role."""


class QueueMapping:
    """Feeds one queue to one function.

    A failed message is offered again at once, not after the visibility timeout: virtual time stands
    still while anything is under way, and a retry has no legal day. After `maxReceiveCount` it is in
    the dead-letter queue.
    """

    def __init__(
        self,
        mapping: Resource,
        queue: Resource,
        sqs: SQSClient,
        functions: Functions,
        clock: Clock,
        faults: Faults,
    ) -> None:
        given = mapping.properties
        self.queue = queue
        self._sqs = sqs
        self._functions = functions
        self._function = functions.find(given["FunctionName"])
        self._size = int(given.get("BatchSize", 10))
        self._partial = "ReportBatchItemFailures" in given.get("FunctionResponseTypes", [])
        self._faults = faults
        self._delivering = threading.Lock()
        self.pump = Pump(clock, f"queue {queue.name}", self._drain)

    def _drain(self) -> None:
        if self._faults.hold:
            return
        missing = self._functions.record(
            self._function.ledger, [Call(action, self.queue.arn) for action in POLLS]
        )
        if missing:
            raise PermissionError("; ".join(missing))
        with self._delivering:
            while waiting := self._received():
                ordered = self._faults.arranged(waiting)
                clean = True
                for start in range(0, len(ordered), self._size):
                    clean &= self._deliver(ordered[start : start + self._size])
                # Whatever is sent from now on kicks again.
                if clean and len(waiting) < min(self._size, 10):
                    return

    def _received(self) -> list[MessageTypeDef]:
        """One batch, or all that waits when order is to be disturbed."""
        found: list[MessageTypeDef] = []
        while batch := self._sqs.receive_message(
            QueueUrl=self.queue.ref,
            MaxNumberOfMessages=min(self._size, 10),
            MessageSystemAttributeNames=["All"],
            MessageAttributeNames=["All"],
        ).get("Messages"):
            found += batch
            if not self._faults.reorder:
                break
        return found

    def _deliver(self, batch: list[MessageTypeDef]) -> bool:
        """Hand over one batch; return whether none of it failed."""
        event = {"Records": [self._record(message) for message in batch]}
        result = self._functions.invoke(self._function.name, event)
        if self._faults.duplicate and not result.failed:
            result = self._functions.invoke(self._function.name, event)
        failed = {m["MessageId"] for m in batch} if result.failed else self._failures(result.answer)
        for message in batch:
            if message["MessageId"] in failed:
                self._sqs.change_message_visibility(
                    QueueUrl=self.queue.ref, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0
                )
        handled = [m for m in batch if m["MessageId"] not in failed]
        # Ten at once, as AWS takes them.
        for start in range(0, len(handled), 10):
            entries: Any = [
                {"Id": str(number), "ReceiptHandle": message["ReceiptHandle"]}
                for number, message in enumerate(handled[start : start + 10])
            ]
            self._sqs.delete_message_batch(QueueUrl=self.queue.ref, Entries=entries)
        return not failed

    def _failures(self, answer: Any) -> set[str]:
        if not self._partial or not isinstance(answer, dict):
            return set()
        return {failure["itemIdentifier"] for failure in answer.get("batchItemFailures", ())}

    def _record(self, message: MessageTypeDef) -> dict[str, Any]:
        return {
            "messageId": message["MessageId"],
            "receiptHandle": message["ReceiptHandle"],
            "body": message["Body"],
            "attributes": message.get("Attributes", {}),
            "messageAttributes": {
                name: {"stringValue": value.get("StringValue"), "dataType": value["DataType"]}
                for name, value in message.get("MessageAttributes", {}).items()
            },
            "md5OfBody": message["MD5OfBody"],
            "eventSource": "aws:sqs",
            "eventSourceARN": self.queue.arn,
            "awsRegion": REGION,
        }


class Visible:
    """The messages of a queue that can be received, found only as far as they are asked for."""

    def __init__(self, queue: Any) -> None:
        self._messages = tuple(queue._messages)

    def __iter__(self) -> Iterator[Any]:
        return (message for message in self._messages if message.visible and not message.delayed)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return next(iter(self), None) is not None


def read_from_the_front(patches: Patches) -> None:
    """Let a message be received and deleted without reading the whole queue, as moto does for each."""
    from moto.sqs.exceptions import ReceiptHandleIsInvalid
    from moto.sqs.models import Queue

    def delete_message(self: Any, receipt_handle: str) -> None:
        if receipt_handle in self.deleted_messages:
            return
        for place, message in enumerate(self._messages):
            if message.had_receipt_handle(receipt_handle):
                self.pending_messages.discard(message)
                self.deleted_messages.update(message.all_receipt_handles)
                del self._messages[place]
                return
        raise ReceiptHandleIsInvalid

    patches.set(Queue, "messages", property(Visible))
    patches.set(Queue, "delete_message", delete_message)


def create(queues: Iterable[Resource], sqs: SQSClient) -> None:
    """Create the queues of the templates; dead-letter queues before those that use them."""
    import json

    ordered = sorted(queues, key=lambda queue: "RedrivePolicy" in queue.properties)
    for queue in ordered:
        given = queue.properties
        attributes: dict[Any, str] = {
            name: str(given[name])
            for name in ("VisibilityTimeout", "MessageRetentionPeriod", "DelaySeconds", "FifoQueue")
            if name in given
        }
        if "RedrivePolicy" in given:
            attributes["RedrivePolicy"] = json.dumps(given["RedrivePolicy"])
        sqs.create_queue(QueueName=queue.name, Attributes=attributes)
