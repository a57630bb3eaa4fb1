"""What people must hear of though no service of ours noticed it: keys touched, backups that failed."""

from __future__ import annotations

from typing import Any

from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from constructs import Construct

from infra.constructs.alarms import FIVE_MINUTES, Alarms
from infra.constructs.queue import Buffer
from infra.names import Shared

HEARD: dict[str, tuple[str, dict[str, Any]]] = {
    "Keys": (
        "A key was disabled, is to be deleted, or has another policy",
        {
            "source": ["aws.kms"],
            "detail_type": ["AWS API Call via CloudTrail"],
            "detail": {"eventName": ["DisableKey", "PutKeyPolicy", "ScheduleKeyDeletion"]},
        },
    ),
    "Backups": (
        "A backup or its copy did not succeed",
        {
            "source": ["aws.backup"],
            "detail_type": ["Backup Job State Change", "Copy Job State Change"],
            "detail": {"state": ["ABORTED", "EXPIRED", "FAILED"]},
        },
    ),
}


def attention(scope: Construct, names: Shared, alarms: Alarms) -> None:
    """Rules on the account's own bus into a queue nobody polls: a person reads it, and empties it."""
    heard = Buffer(scope, "Attention", name=names.shared("attention"), timeout=30)
    for about, (meaning, pattern) in HEARD.items():
        events.Rule(
            scope,
            f"Attention{about}",
            rule_name=names.shared("attention", about.lower()),
            description=meaning,
            event_pattern=events.EventPattern(**pattern),
            targets=[targets.SqsQueue(heard.queue, dead_letter_queue=heard.dead, retry_attempts=185)],
        )
    alarms.when(
        "attention",
        heard.queue.metric_approximate_age_of_oldest_message(period=FIVE_MINUTES, statistic="Maximum"),
        "A key was touched, or a backup failed; the messages in the queue say which.",
        runbook="attention",
    )
    alarms.when(
        "attention-undelivered",
        heard.dead.metric_approximate_number_of_messages_visible(period=FIVE_MINUTES, statistic="Maximum"),
        "Something about a key or a backup could not be delivered to the queue for it.",
        runbook="attention",
    )
