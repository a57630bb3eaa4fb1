"""Backups of the tables: every day, every month, and a copy of each in a second Region."""

from __future__ import annotations

from aws_cdk import Duration, Environment, Stack
from aws_cdk import aws_backup as backup
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from infra.names import KEPT, Shared
from infra.stages import Stage

TAG = "backup"
DAILY_KEPT = 7
"""Days. A table can be taken back to any second of 35 days without them; each is the whole table."""
MONTHLY_KEPT = 366
"""Days, the first ninety of them at hand: the table itself forgets nothing."""
AT_HAND = 90
CHANGEABLE = 7
"""Days in which the lock of a vault in compliance mode can still be taken off; after them nobody can."""


def vault(scope: Construct, names: Shared, stage: Stage) -> backup.CfnBackupVault:
    """A vault with a key of its own, locked: what lies in it cannot be deleted before its time."""
    key = kms.Key(
        scope,
        "BackupKey",
        alias=f"alias/{names.shared('backup')}",
        description="Encrypts backups of the tables",
        enable_key_rotation=True,
        rotation_period=Duration.days(365),
        pending_window=Duration.days(30),
        removal_policy=KEPT,
    )
    made = backup.CfnBackupVault(
        scope,
        "Vault",
        backup_vault_name=names.prefix,
        encryption_key_arn=key.key_arn,
        lock_configuration=backup.CfnBackupVault.LockConfigurationTypeProperty(
            min_retention_days=DAILY_KEPT,
            max_retention_days=MONTHLY_KEPT,
            # Without these days it is governance: a person with a special permission can unlock it.
            changeable_for_days=CHANGEABLE if stage.locked == "compliance" else None,
        ),
    )
    made.apply_removal_policy(KEPT)
    return made


def plan(scope: Construct, names: Shared, stage: Stage, into: backup.CfnBackupVault) -> None:
    """What is backed up when: each table tagged `backup` with the deployment's name."""
    plans = backup.CfnBackupPlan

    def rule(
        name: str, schedule: str, days: int, cold: int | None
    ) -> backup.CfnBackupPlan.BackupRuleResourceTypeProperty:
        life = plans.LifecycleResourceTypeProperty(
            delete_after_days=days, move_to_cold_storage_after_days=cold
        )
        copies = [
            plans.CopyActionResourceTypeProperty(
                destination_backup_vault_arn=names.arn(
                    "backup", f"backup-vault:{names.prefix}", region=region
                ),
                lifecycle=life,
            )
            for region in ([stage.recovery] if stage.recovery else [])
        ]
        return plans.BackupRuleResourceTypeProperty(
            rule_name=name,
            target_backup_vault=into.backup_vault_name,
            schedule_expression=schedule,
            schedule_expression_timezone="Asia/Tokyo",
            start_window_minutes=60,
            completion_window_minutes=360,
            lifecycle=life,
            copy_actions=copies or None,
        )

    planned = plans(
        scope,
        "BackupPlan",
        backup_plan=plans.BackupPlanResourceTypeProperty(
            backup_plan_name=names.prefix,
            backup_plan_rule=[
                rule("daily", "cron(0 2 * * ? *)", DAILY_KEPT, None),
                rule("monthly", "cron(0 3 1 * ? *)", MONTHLY_KEPT, AT_HAND),
            ],
        ),
    )
    planned.node.add_dependency(into)
    role = iam.Role(
        scope,
        "BackupRole",
        role_name=names.shared("backup"),
        assumed_by=iam.ServicePrincipal("backup.amazonaws.com"),
        managed_policies=[
            iam.ManagedPolicy.from_aws_managed_policy_name(
                f"service-role/AWSBackupServiceRolePolicyFor{what}"
            )
            for what in ("Backup", "Restores")
        ],
    )
    backup.CfnBackupSelection(
        scope,
        "BackupSelection",
        backup_plan_id=planned.attr_backup_plan_id,
        backup_selection=backup.CfnBackupSelection.BackupSelectionResourceTypeProperty(
            selection_name=names.prefix,
            iam_role_arn=role.role_arn,
            list_of_tags=[
                backup.CfnBackupSelection.ConditionResourceTypeProperty(
                    condition_type="STRINGEQUALS", condition_key=TAG, condition_value=names.prefix
                )
            ],
        ),
    )


class Recovery(Stack):
    """In the second Region: the vault that receives the copies. It needs nothing of the first."""

    def __init__(self, scope: Construct, stage: Stage) -> None:
        assert stage.recovery
        names = Shared(stage.prefix)
        super().__init__(
            scope,
            names.shared("recovery"),
            description=f"Copies of the backups of {stage.region}",
            env=Environment(account=stage.account, region=stage.recovery),
            termination_protection=stage.guarded,
        )
        vault(self, names, stage)
