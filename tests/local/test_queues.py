"""Moto's queues, read from the front: what is received and deleted is what it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from local.patches import Patches
from local.queues import read_from_the_front


@pytest.fixture
def queue() -> Iterator[Any]:
    patches = Patches()
    read_from_the_front(patches)
    try:
        with mock_aws():
            yield boto3.resource("sqs", region_name="ap-northeast-1").create_queue(QueueName="q")
    finally:
        patches.undo()


def test_messages_come_in_their_order_and_each_once(queue: Any) -> None:
    for number in range(25):
        queue.send_message(MessageBody=str(number))
    found: list[str] = []
    while batch := queue.receive_messages(MaxNumberOfMessages=10):
        found += [message.body for message in batch]
        batch[0].delete()
    assert found == [str(number) for number in range(25)]
    queue.load()
    assert queue.attributes["ApproximateNumberOfMessages"] == "0"
    assert queue.attributes["ApproximateNumberOfMessagesNotVisible"] == "22"


def test_a_message_is_deleted_once_and_only_by_its_own_handle(queue: Any) -> None:
    queue.send_message(MessageBody="kept")
    queue.send_message(MessageBody="gone")
    kept, gone = queue.receive_messages(MaxNumberOfMessages=10)
    gone.delete()
    gone.delete()
    with pytest.raises(ClientError, match="ReceiptHandleIsInvalid"):
        queue.Message("never").delete()
    kept.change_visibility(VisibilityTimeout=0)
    assert [message.body for message in queue.receive_messages(MaxNumberOfMessages=10)] == ["kept"]
