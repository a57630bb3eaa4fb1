"""Literal names of what is deployed.

Names are written out, not generated and exported: stacks then depend on no other stack's outputs, a policy
can name what does not exist yet, and whoever reads a log knows what speaks. All begin with the prefix of
their stage, so that several deployments fit into an account.
"""

from __future__ import annotations

from aws_cdk import Aws, RemovalPolicy

SOURCE = "sakimori"
"""Events come from `sakimori.<service>`, whatever the stage is called."""
LIVE = "live"
"""The alias of every function: the version that is called, moved by CodeDeploy."""
KEPT = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
"""What outlives its stack; but not a creation that failed, whose literal name would be in the way."""


class Shared:
    """The names and ARNs of what the services of a stage share."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix

    def shared(self, *parts: str) -> str:
        """`<prefix>-<part>…`."""
        return "-".join((self.prefix, *parts))

    @staticmethod
    def arn(service: str, resource: str, region: str = Aws.REGION) -> str:
        """The ARN of `resource` in this account, in this Region if no other is said."""
        return f"arn:{Aws.PARTITION}:{service}:{region}:{Aws.ACCOUNT_ID}:{resource}"

    @property
    def bus(self) -> str:
        """The bus all services share."""
        return self.prefix

    @property
    def bus_arn(self) -> str:
        """The ARN of the bus."""
        return self.arn("events", f"event-bus/{self.bus}")

    @property
    def archive(self) -> str:
        """The archive of what was said on the bus."""
        return self.shared("events")

    @property
    def alarms(self) -> str:
        """The topic to which alarms speak."""
        return self.shared("alarms")

    @property
    def alarms_arn(self) -> str:
        """The ARN of that topic."""
        return self.arn("sns", self.alarms)

    @property
    def clock_key(self) -> str:
        """The key that signs certificates of the legal clock."""
        return self.shared("clock")

    def parameter(self, name: str) -> str:
        """An SSM parameter of the platform, read when a service is deployed: nobody can know it before."""
        return f"/{self.prefix}/{name}"

    @property
    def user_pool_arn(self) -> str:
        """The parameter with the user pool's ARN."""
        return self.parameter("user-pool-arn")

    @property
    def clock_key_arn(self) -> str:
        """The parameter with the ARN of the key that signs certificates."""
        return self.parameter("clock-key-arn")

    @property
    def web_acl_arn(self) -> str:
        """The parameter with the ARN of the web ACL before every API."""
        return self.parameter("web-acl-arn")


class Names(Shared):
    """The names and ARNs of one service."""

    def __init__(self, prefix: str, path: str) -> None:
        super().__init__(prefix)
        self.path = path

    def of(self, *parts: str) -> str:
        """`<prefix>-<service>-<part>…`."""
        return self.shared(self.path, *parts)

    def function_arn(self, function: str) -> str:
        """A function of this service, in the version that is live."""
        return self.arn("lambda", f"function:{self.of(function)}:{LIVE}")

    def machine_arn(self, procedure: str) -> str:
        """The state machine of a procedure of this service."""
        return self.arn("states", f"stateMachine:{self.of(procedure)}")
