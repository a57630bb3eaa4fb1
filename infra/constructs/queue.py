"""A queue that loses nothing: what cannot be handled is kept apart for fourteen days."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.names import KEPT

TRIES = 5
"""Deliveries before a message is set apart."""
KEEPS = Duration.days(14)
"""The longest SQS can: the days when no one is at work in Golden Week are more than four."""


def set_apart(scope: Construct, id_: str, name: str) -> sqs.Queue:
    """A dead-letter queue, on which an alarm stands."""
    return sqs.Queue(
        scope,
        id_,
        queue_name=f"{name}-dlq",
        encryption=sqs.QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
        retention_period=KEEPS,
        removal_policy=KEPT,
    )


class Buffer(Construct):
    """A queue before a function, with its dead-letter queue."""

    def __init__(self, scope: Construct, id_: str, *, name: str, timeout: int) -> None:
        super().__init__(scope, id_)
        self.dead = set_apart(self, "Dead", name)
        self.queue = sqs.Queue(
            self,
            "Queue",
            queue_name=name,
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            # Six times the function's timeout, as Lambda asks of a queue it polls.
            visibility_timeout=Duration.seconds(6 * timeout),
            retention_period=KEEPS,
            dead_letter_queue=sqs.DeadLetterQueue(queue=self.dead, max_receive_count=TRIES),
            removal_policy=KEPT,
        )
