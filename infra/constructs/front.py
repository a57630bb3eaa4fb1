"""What stands before the APIs: one web ACL for all, its limits as data (`front.toml`), and its log."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from aws_cdk import aws_ssm as ssm
from aws_cdk import aws_wafv2 as waf
from constructs import Construct

from infra.constructs.function import log_group
from infra.names import Shared

FILE = Path(__file__).resolve().parent.parent / "front.toml"
WINDOW = 300
"""Seconds over which requests are counted."""
LOGS_KEPT = logs.RetentionDays.THREE_MONTHS
TOKEN = "authorization"

Action = Literal["count", "block"]


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So many requests of one sender in five minutes."""

    name: str
    per: Literal["token", "forwarded", "address"]
    requests: Annotated[int, msgspec.Meta(ge=10)]
    action: Action
    paths: tuple[str, ...] = ()
    dear: str = ""


class Managed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A group of rules AWS keeps."""

    name: str
    action: Action
    counted: tuple[str, ...] = ()


class Public(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The throttle of each method that needs no token: requests a second, and at once."""

    rate: int
    burst: int


class Front(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of `front.toml`."""

    limit: tuple[Limit, ...]
    managed: tuple[Managed, ...]
    public: Public


def front() -> Front:
    """What `front.toml` says. Raises `msgspec.ValidationError`."""
    return msgspec.convert(tomllib.loads(FILE.read_text("utf-8")), Front)


def visible(name: str) -> waf.CfnWebACL.VisibilityConfigProperty:
    """Metrics and samples under `name`."""
    return waf.CfnWebACL.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True, metric_name=name, sampled_requests_enabled=True
    )


def plain() -> list[waf.CfnWebACL.TextTransformationProperty]:
    """Compare as it was sent."""
    return [waf.CfnWebACL.TextTransformationProperty(priority=0, type="NONE")]


def both(
    statements: list[waf.CfnWebACL.StatementProperty], *, every: bool
) -> waf.CfnWebACL.StatementProperty:
    """`statements` joined by "and" if `every`, or else by "or"; WAF wants no joint around a single one."""
    if len(statements) == 1:
        return statements[0]
    if every:
        return waf.CfnWebACL.StatementProperty(
            and_statement=waf.CfnWebACL.AndStatementProperty(statements=statements)
        )
    return waf.CfnWebACL.StatementProperty(
        or_statement=waf.CfnWebACL.OrStatementProperty(statements=statements)
    )


def with_token() -> waf.CfnWebACL.StatementProperty:
    """Whether a token was sent."""
    return waf.CfnWebACL.StatementProperty(
        size_constraint_statement=waf.CfnWebACL.SizeConstraintStatementProperty(
            comparison_operator="GT",
            size=0,
            field_to_match=waf.CfnWebACL.FieldToMatchProperty(single_header={"Name": TOKEN}),
            text_transformations=plain(),
        )
    )


def ends_with(path: str) -> waf.CfnWebACL.StatementProperty:
    """Whether the address ends with `path`."""
    return waf.CfnWebACL.StatementProperty(
        byte_match_statement=waf.CfnWebACL.ByteMatchStatementProperty(
            positional_constraint="ENDS_WITH",
            search_string=path,
            field_to_match=waf.CfnWebACL.FieldToMatchProperty(uri_path={}),
            text_transformations=plain(),
        )
    )


def limit_rule(priority: int, limit: Limit) -> waf.CfnWebACL.RuleProperty:
    """The rule that keeps `limit`."""
    scope = []
    if limit.per != "token":
        scope.append(
            waf.CfnWebACL.StatementProperty(
                not_statement=waf.CfnWebACL.NotStatementProperty(statement=with_token())
            )
        )
    if limit.paths:
        scope.append(both([ends_with(path) for path in limit.paths], every=False))
    counted_by: dict[str, object] = {"aggregate_key_type": "IP"}
    if limit.per == "token":
        header = waf.CfnWebACL.RateLimitHeaderProperty(name=TOKEN, text_transformations=plain())
        key = waf.CfnWebACL.RateBasedStatementCustomKeyProperty(header=header)
        counted_by = {"aggregate_key_type": "CUSTOM_KEYS", "custom_keys": [key]}
    if limit.per == "forwarded":
        named = waf.CfnWebACL.ForwardedIPConfigurationProperty(
            header_name="X-Forwarded-For", fallback_behavior="NO_MATCH"
        )
        counted_by = {"aggregate_key_type": "FORWARDED_IP", "forwarded_ip_config": named}
    return waf.CfnWebACL.RuleProperty(
        name=limit.name,
        priority=priority,
        action=waf.CfnWebACL.RuleActionProperty(**{limit.action: {}}),
        visibility_config=visible(limit.name),
        statement=waf.CfnWebACL.StatementProperty(
            rate_based_statement=waf.CfnWebACL.RateBasedStatementProperty(
                limit=limit.requests,
                evaluation_window_sec=WINDOW,
                scope_down_statement=both(scope, every=True) if scope else None,
                **counted_by,  # type: ignore[arg-type]
            )
        ),
    )


def managed_rule(priority: int, group: Managed) -> waf.CfnWebACL.RuleProperty:
    """The rule that asks a group AWS keeps."""
    overrides = [
        waf.CfnWebACL.RuleActionOverrideProperty(
            name=rule, action_to_use=waf.CfnWebACL.RuleActionProperty(count={})
        )
        for rule in group.counted
    ]
    return waf.CfnWebACL.RuleProperty(
        name=group.name,
        priority=priority,
        override_action=waf.CfnWebACL.OverrideActionProperty(
            **({"count": {}} if group.action == "count" else {"none": {}})
        ),
        visibility_config=visible(group.name),
        statement=waf.CfnWebACL.StatementProperty(
            managed_rule_group_statement=waf.CfnWebACL.ManagedRuleGroupStatementProperty(
                vendor_name="AWS", name=group.name, rule_action_overrides=overrides or None
            )
        ),
    )


def web_acl(scope: Construct, names: Shared, key: kms.IKey) -> None:
    """The web ACL of all APIs, its log without tokens, and the parameter by which services find it."""
    given = front()
    rules = [limit_rule(place, limit) for place, limit in enumerate(given.limit)]
    rules += [managed_rule(len(rules) + place, group) for place, group in enumerate(given.managed)]
    acl = waf.CfnWebACL(
        scope,
        "Front",
        name=names.prefix,
        scope="REGIONAL",
        default_action=waf.CfnWebACL.DefaultActionProperty(allow={}),
        visibility_config=visible(names.prefix),
        rules=rules,
    )
    # WAF writes only to log groups that are called so.
    written = log_group(scope, "FrontLog", f"aws-waf-logs-{names.prefix}", key, LOGS_KEPT)
    waf.CfnLoggingConfiguration(
        scope,
        "FrontLogging",
        resource_arn=acl.attr_arn,
        log_destination_configs=[names.arn("logs", f"log-group:{written.log_group_name}")],
        redacted_fields=[waf.CfnLoggingConfiguration.FieldToMatchProperty(single_header={"Name": TOKEN})],
    ).node.add_dependency(written)
    ssm.StringParameter(scope, "WebAclArn", parameter_name=names.web_acl_arn, string_value=acl.attr_arn)


def guard(scope: Construct, names: Shared, *, protects: str) -> None:
    """Put the platform's web ACL before the API stage whose ARN is `protects`."""
    arn = ssm.StringParameter.value_for_string_parameter(scope, names.web_acl_arn)
    waf.CfnWebACLAssociation(scope, "Guarded", resource_arn=protects, web_acl_arn=arn)
