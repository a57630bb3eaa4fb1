"""What is kept, for how long, and who hears when something is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from infra.house_rules.reading import Deployment, Finding, target

ROOT = Path(__file__).resolve().parent.parent.parent
KEPT = (
    "Backup::BackupVault",
    "Cognito::UserPool",
    "DynamoDB::GlobalTable",
    "Events::Archive",
    "KMS::Key",
    "Logs::LogGroup",
    "S3::Bucket",
    "SQS::Queue",
)
"""Types that hold what cannot be made again."""


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


def outlives_its_stack(deployment: Deployment) -> Iterator[Finding]:
    """What is kept stays when its stack goes, but not when its creation failed: its name must be free."""
    for resource in deployment.of(*KEPT):
        if (
            resource.body.get("DeletionPolicy") != "RetainExceptOnCreate"
            or resource.body.get("UpdateReplacePolicy") != "Retain"
        ):
            yield "outlives-its-stack", resource


def table_is_protected(deployment: Deployment) -> Iterator[Finding]:
    """Every table is on demand, recoverable, undeletable and under the service's key, in each Region."""
    for table in deployment.of("DynamoDB::GlobalTable"):
        ours = table.properties
        if ours["BillingMode"] != "PAY_PER_REQUEST" or ours["SSESpecification"].get("SSEType") != "KMS":
            yield "table-is-protected", table
        for copy in ours["Replicas"]:
            if not (
                copy["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]
                and copy["DeletionProtectionEnabled"]
                and copy["SSESpecification"]["KMSMasterKeyId"]
            ):
                yield "table-is-protected", table


def table_is_as_all(deployment: Deployment) -> Iterator[Finding]:
    """Every table is of the kind that can have copies in other Regions."""
    for table in deployment.of("DynamoDB::Table"):
        yield "table-is-as-all", table


def key_rotates(deployment: Deployment) -> Iterator[Finding]:
    """Every key is renewed every year."""
    for key in deployment.of("KMS::Key"):
        if not key.properties.get("EnableKeyRotation"):
            yield "key-rotates", key


def table_is_backed_up(deployment: Deployment) -> Iterator[Finding]:
    """Every table carries the tag by which a plan takes it, into a vault that nothing can be taken out of."""
    chosen = {
        (tag["ConditionKey"], tag["ConditionValue"])
        for selection in deployment.of("Backup::BackupSelection")
        for tag in selection.properties["BackupSelection"]["ListOfTags"]
    }
    for table in deployment.of("DynamoDB::GlobalTable"):
        tags = [(t["Key"], t["Value"]) for copy in table.properties["Replicas"] for t in copy.get("Tags", [])]
        if not chosen.intersection(tags):
            yield "table-is-backed-up", table
    for vault in deployment.of("Backup::BackupVault"):
        if not vault.properties.get("LockConfiguration", {}).get("MinRetentionDays"):
            yield "table-is-backed-up", vault


def trail_is_whole(deployment: Deployment) -> Iterator[Finding]:
    """The trail hears of all Regions and of IAM, is validated, and has one kind of selectors."""
    for trail in deployment.of("CloudTrail::Trail"):
        ours = trail.properties
        if (
            not ours["IsMultiRegionTrail"]
            or not ours["IncludeGlobalServiceEvents"]
            or not ours["EnableLogFileValidation"]
            or "EventSelectors" in ours
        ):
            yield "trail-is-whole", trail


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


def alarm_names_its_runbook(deployment: Deployment) -> Iterator[Finding]:
    """Every alarm says what it means, and names a page that is there and says what to do."""
    for alarm in deployment.of("CloudWatch::Alarm"):
        meaning, _, page = alarm.properties.get("AlarmDescription", "").partition(" What to do: ")
        if not meaning or not page or not (ROOT / page).is_file():
            yield "alarm-names-its-runbook", alarm
