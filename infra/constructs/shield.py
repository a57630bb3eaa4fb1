"""The web ACL in front of a service's API."""

from __future__ import annotations

from aws_cdk import aws_wafv2 as waf
from constructs import Construct

REQUESTS_PER_ADDRESS = 1000
"""From one address in five minutes, before it is held back."""


def visible(name: str) -> waf.CfnWebACL.VisibilityConfigProperty:
    """Metrics and samples under `name`."""
    return waf.CfnWebACL.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True, metric_name=name, sampled_requests_enabled=True
    )


def managed(priority: int, name: str, *counted: str) -> waf.CfnWebACL.RuleProperty:
    """A rule group AWS keeps; the rules in `counted` only count."""
    counting = waf.CfnWebACL.RuleActionProperty(count={})
    return waf.CfnWebACL.RuleProperty(
        name=name,
        priority=priority,
        override_action=waf.CfnWebACL.OverrideActionProperty(none={}),
        visibility_config=visible(name),
        statement=waf.CfnWebACL.StatementProperty(
            managed_rule_group_statement=waf.CfnWebACL.ManagedRuleGroupStatementProperty(
                vendor_name="AWS",
                name=name,
                rule_action_overrides=[
                    waf.CfnWebACL.RuleActionOverrideProperty(name=rule, action_to_use=counting)
                    for rule in counted
                ]
                or None,
            )
        ),
    )


def too_many() -> waf.CfnWebACL.RuleProperty:
    """Hold back an address that asks too often."""
    name = "too-many-from-one-address"
    return waf.CfnWebACL.RuleProperty(
        name=name,
        priority=0,
        action=waf.CfnWebACL.RuleActionProperty(block={}),
        visibility_config=visible(name),
        statement=waf.CfnWebACL.StatementProperty(
            rate_based_statement=waf.CfnWebACL.RateBasedStatementProperty(
                aggregate_key_type="IP", limit=REQUESTS_PER_ADDRESS, evaluation_window_sec=300
            )
        ),
    )


def shield(scope: Construct, *, name: str, protects: str) -> None:
    """Put a web ACL before the API stage whose ARN is `protects`."""
    acl = waf.CfnWebACL(
        scope,
        "Shield",
        name=name,
        scope="REGIONAL",
        default_action=waf.CfnWebACL.DefaultActionProperty(allow={}),
        visibility_config=visible(name),
        rules=[
            too_many(),
            managed(1, "AWSManagedRulesAmazonIpReputationList"),
            managed(2, "AWSManagedRulesKnownBadInputsRuleSet"),
            # A plan (導入等計画書) is longer than the 8 KB this one rule allows a body.
            managed(3, "AWSManagedRulesCommonRuleSet", "SizeRestrictions_BODY"),
        ],
    )
    waf.CfnWebACLAssociation(scope, "Shielded", resource_arn=protects, web_acl_arn=acl.attr_arn)
