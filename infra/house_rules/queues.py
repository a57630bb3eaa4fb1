"""Nothing that was sent is lost."""

from __future__ import annotations

from collections.abc import Iterator

from infra.house_rules.reading import Deployment, Finding, target

FOURTEEN_DAYS = 14 * 24 * 60 * 60


def queue_has_dead_letters(deployment: Deployment) -> Iterator[Finding]:
    """Every queue has a dead-letter queue, or is one: of a queue, or of a stream by its bucket."""
    dead = set()
    for resource in deployment.all:
        ours = resource.properties
        arns = [ours.get("RedrivePolicy", {}).get("deadLetterTargetArn")]
        notified = ours.get("NotificationConfiguration", {}).get("QueueConfigurations", [])
        arns += [told["Queue"] for told in notified]
        dead |= {(resource.stack, target(arn)) for arn in arns if arn}
    for queue in deployment.of("SQS::Queue"):
        if "RedrivePolicy" not in queue.properties and (queue.stack, queue.id) not in dead:
            yield "queue-has-dead-letters", queue


def rule_has_dead_letters(deployment: Deployment) -> Iterator[Finding]:
    """What a rule cannot deliver is kept, and rules deliver to queues only."""
    for rule in deployment.of("Events::Rule"):
        for to in rule.properties["Targets"]:
            if (
                "DeadLetterConfig" not in to
                or deployment.same_stack(rule, target(to["Arn"])).type != "AWS::SQS::Queue"
            ):
                yield "rule-has-dead-letters", rule


def queue_is_private(deployment: Deployment) -> Iterator[Finding]:
    """Every queue is encrypted and refuses what does not come over TLS."""
    private = {
        (p.stack, target(q))
        for p in deployment.of("SQS::QueuePolicy")
        for q in p.properties["Queues"]
        for s in p.properties["PolicyDocument"]["Statement"]
        if s["Effect"] == "Deny" and s.get("Condition") == {"Bool": {"aws:SecureTransport": "false"}}
    }
    for queue in deployment.of("SQS::Queue"):
        if (queue.stack, queue.id) not in private or not queue.properties.get("SqsManagedSseEnabled"):
            yield "queue-is-private", queue


def queue_waits_for_its_function(deployment: Deployment) -> Iterator[Finding]:
    """A message stays hidden six times as long as its function may take."""
    for mapping in deployment.of("Lambda::EventSourceMapping"):
        source = deployment.same_stack(mapping, target(mapping.properties["EventSourceArn"]))
        alias = deployment.same_stack(mapping, target(mapping.properties["FunctionName"]))
        function = deployment.same_stack(mapping, target(alias.properties["FunctionName"]))
        if source.type == "AWS::SQS::Queue" and (
            source.properties["VisibilityTimeout"] < 6 * function.properties["Timeout"]
        ):
            yield "queue-waits-for-its-function", source


def batch_reports_failures(deployment: Deployment) -> Iterator[Finding]:
    """One bad message never takes a good one with it."""
    for mapping in deployment.of("Lambda::EventSourceMapping"):
        if mapping.properties.get("FunctionResponseTypes") != ["ReportBatchItemFailures"]:
            yield "batch-reports-failures", mapping


def queue_keeps_fourteen_days(deployment: Deployment) -> Iterator[Finding]:
    """Every queue keeps what it has as long as SQS can, and an alarm says when something waits in it."""
    watched = {
        (alarm.stack, target(dimension["Value"]), alarm.properties["MetricName"])
        for alarm in deployment.of("CloudWatch::Alarm")
        if alarm.properties.get("Namespace") == "AWS/SQS"
        for dimension in alarm.properties["Dimensions"]
    }
    for queue in deployment.of("SQS::Queue"):
        waits = "ApproximateAgeOfOldestMessage" if "RedrivePolicy" in queue.properties else ""
        metric = waits or "ApproximateNumberOfMessagesVisible"
        if (
            queue.properties.get("MessageRetentionPeriod") != FOURTEEN_DAYS
            or (queue.stack, queue.id, metric) not in watched
        ):
            yield "queue-keeps-fourteen-days", queue


def stream_failure_keeps_the_records(deployment: Deployment) -> Iterator[Finding]:
    """What of a stream fails is tried until it is old, and then kept whole, which only a bucket does."""
    for mapping in deployment.of("Lambda::EventSourceMapping"):
        ours = mapping.properties
        if (
            deployment.same_stack(mapping, target(ours["EventSourceArn"])).type
            != "AWS::DynamoDB::GlobalTable"
        ):
            continue
        kept = ours.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")
        bucket = kept and deployment.same_stack(mapping, target(kept)).type == "AWS::S3::Bucket"
        if not bucket or not ours.get("MaximumRecordAgeInSeconds") or "MaximumRetryAttempts" in ours:
            yield "stream-failure-keeps-the-records", mapping
