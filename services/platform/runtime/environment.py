"""What a function is told by its environment, modelled and read once.

The template sets `SERVICE`, `TABLE`, `BUS`, one `MACHINE_<PROCEDURE>` per state machine, and `KEY` where
something is sealed. A setting that is missing is named when it is first needed, so that a function is given
only what it uses.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache

from services.platform.law.values import Value

_MACHINE = "MACHINE_"


class MissingSettingError(RuntimeError):
    """An environment variable that this function needs and was not given."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not set: give it to this function in the template")


class Environment(Value):
    """The settings of one function, from its environment variables."""

    settings: Mapping[str, str]

    @property
    def service(self) -> str:
        """The service's package name, such as `infra_review`."""
        return self._need("SERVICE")

    @property
    def table(self) -> str:
        """The name of the service's table."""
        return self._need("TABLE")

    @property
    def bus(self) -> str:
        """The name of the event bus."""
        return self._need("BUS")

    @property
    def key(self) -> str:
        """The ARN of the service's key, of a function that seals or unseals."""
        return self._need("KEY")

    @property
    def papers(self) -> str:
        """The name of the bucket in which the service's papers lie, of a function that hands out links."""
        return self._need("PAPERS")

    @property
    def clock_key(self) -> str:
        """The ARN of the key that signs certificates of the legal clock."""
        return self._need("CLOCK_KEY")

    @property
    def machines(self) -> dict[str, str]:
        """The ARN of each procedure's state machine, by the procedure's name."""
        return {
            name.removeprefix(_MACHINE).lower().replace("_", "-"): arn
            for name, arn in self.settings.items()
            if name.startswith(_MACHINE) and arn
        }

    def _need(self, name: str) -> str:
        value = self.settings.get(name)
        if not value:
            raise MissingSettingError(name)
        return value


@cache
def environment() -> Environment:
    """The environment of this function, as it was at first use."""
    return Environment(dict(os.environ))
