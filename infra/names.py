"""Literal names of what is deployed.

Names are written out, not generated and exported: stacks then depend on no other stack's outputs, a policy
can name what does not exist yet, and whoever reads a log knows what speaks. The price: one deployment in an
account and Region.
"""

from __future__ import annotations

from aws_cdk import Stack

PREFIX = "sakimori"
BUS = PREFIX
ARCHIVE = f"{PREFIX}-events"
ALARMS = f"{PREFIX}-alarms"
USER_POOL_ARN = f"/{PREFIX}/user-pool-arn"
"""SSM parameter of the platform, read by the service stacks when deployed: nobody can know it before."""
CLOCK_KEY = f"{PREFIX}-clock"
CLOCK_KEY_ARN = f"/{PREFIX}/clock-key-arn"
"""SSM parameter of the platform: the key that signs certificates of the legal clock."""


class Names:
    """The names and ARNs of one service, as seen from its stack."""

    def __init__(self, stack: Stack, path: str) -> None:
        self.stack = stack
        self.path = path

    def of(self, *parts: str) -> str:
        """`sakimori-<service>-<part>…`."""
        return "-".join((PREFIX, self.path, *parts))

    def arn(self, service: str, resource: str) -> str:
        """The ARN of `resource` in this account and Region."""
        stack = self.stack
        return f"arn:{stack.partition}:{service}:{stack.region}:{stack.account}:{resource}"

    def function_arn(self, function: str) -> str:
        """A function of this service."""
        return self.arn("lambda", f"function:{self.of(function)}")

    def machine_arn(self, procedure: str) -> str:
        """The state machine of a procedure of this service."""
        return self.arn("states", f"stateMachine:{self.of(procedure)}")

    def bus_arn(self) -> str:
        """The bus all services share."""
        return self.arn("events", f"event-bus/{BUS}")

    def alarms_arn(self) -> str:
        """The topic to which alarms speak."""
        return self.arn("sns", ALARMS)
