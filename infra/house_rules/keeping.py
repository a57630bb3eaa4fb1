"""What is kept, for how long, and who hears when something is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from infra.house_rules.reading import Deployment, Finding, target


def logs_end(deployment: Deployment) -> Iterator[Finding]:
    """Every log group forgets some day, and is encrypted with its service's key."""
    for group in deployment.of("Logs::LogGroup"):
        if not group.properties.get("RetentionInDays") or "KmsKeyId" not in group.properties:
            yield "logs-end", group


def function_logs_to_its_group(deployment: Deployment) -> Iterator[Finding]:
    """Every function writes JSON to a log group of the template, none to one Lambda would make up."""
    for function in deployment.of("Lambda::Function"):
        logging = function.properties.get("LoggingConfig", {})
        if logging.get("LogFormat") != "JSON" or "Ref" not in logging.get("LogGroup", {}):
            yield "function-logs-to-its-group", function


def table_is_protected(deployment: Deployment) -> Iterator[Finding]:
    """Every table is on demand, recoverable, undeletable, under the service's key, and outlives its stack."""
    for table in deployment.of("DynamoDB::Table"):
        ours = table.properties
        if not (
            ours["BillingMode"] == "PAY_PER_REQUEST"
            and ours["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]
            and ours["DeletionProtectionEnabled"]
            and ours["SSESpecification"]["SSEType"] == "KMS"
            and ours["SSESpecification"]["KMSMasterKeyId"]
            and table.body["DeletionPolicy"] == table.body["UpdateReplacePolicy"] == "Retain"
        ):
            yield "table-is-protected", table


def key_rotates(deployment: Deployment) -> Iterator[Finding]:
    """Every key is renewed every year and outlives its stack."""
    for key in deployment.of("KMS::Key"):
        if not key.properties.get("EnableKeyRotation") or key.body["DeletionPolicy"] != "Retain":
            yield "key-rotates", key


def someone_is_told(deployment: Deployment) -> Iterator[Finding]:
    """Every function, dead-letter queue and machine has an alarm, and every alarm speaks to someone."""
    watched = set()
    for alarm in deployment.of("CloudWatch::Alarm"):
        watched |= {
            (alarm.stack, target(d["Value"]))
            for d in alarm.properties["Dimensions"]
            if "Fn::GetAtt" in d["Value"] or "Ref" in d["Value"]
        }
        if not alarm.properties.get("AlarmActions"):
            yield "someone-is-told", alarm
    dead = [q for q in deployment.of("SQS::Queue") if "RedrivePolicy" not in q.properties]
    for thing in [*deployment.of("Lambda::Function", "StepFunctions::StateMachine"), *dead]:
        if (thing.stack, thing.id) not in watched:
            yield "someone-is-told", thing
