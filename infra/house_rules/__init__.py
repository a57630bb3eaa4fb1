"""The house rules: what every template keeps to, each rule one function over all resources.

A rule yields its findings; tests/infra/test_house_rules.py holds that every finding is excused in
infra/exceptions.toml, and that no excuse is left over.
"""

from __future__ import annotations

from infra.house_rules import access, doors, keeping, queues
from infra.house_rules.reading import Rule

RULES: tuple[Rule, ...] = (
    access.no_star,
    access.no_stranger,
    access.no_policy_from_elsewhere,
    access.own_role,
    access.stacks_are_independent,
    queues.queue_has_dead_letters,
    queues.rule_has_dead_letters,
    queues.queue_is_private,
    queues.queue_waits_for_its_function,
    queues.batch_reports_failures,
    queues.queue_keeps_fourteen_days,
    queues.stream_failure_keeps_the_records,
    keeping.logs_end,
    keeping.function_logs_to_its_group,
    keeping.outlives_its_stack,
    keeping.table_is_protected,
    keeping.table_is_as_all,
    keeping.key_rotates,
    keeping.table_is_backed_up,
    keeping.trail_is_whole,
    keeping.someone_is_told,
    keeping.alarm_names_its_runbook,
    doors.function_is_as_all,
    doors.environment_is_modelled,
    doors.api_asks_for_a_token,
    doors.api_has_a_shield,
    doors.machine_is_standard,
    doors.called_by_alias,
    doors.public_is_throttled_apart,
)
