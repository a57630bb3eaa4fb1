"""The case table of a service: its keys, its indexes and its time to live.

The store, the template and the tests read them here, so that none of them can name a key the others do not
have. Pure: no AWS library.
"""

from __future__ import annotations

from typing import Final

from services.platform.law.values import Value

PROJECTED: Final = (
    "case_id",
    "procedure",
    "version",
    "stage",
    "until",
    "parties",
    "opened_at",
)
"""What an index carries of a case besides keys: enough for a line in a list, nothing of what was filed."""


class Index(Value):
    """A global secondary index; an item is in it while it has both keys (strings)."""

    name: str
    partition: str
    sort: str
    version: int = 1
    """Another projection or key is another index, built beside the one that is read until it is whole."""
    projected: tuple[str, ...] = PROJECTED

    @property
    def deployed_as(self) -> str:
        """Its name in the table."""
        return self.name if self.version == 1 else f"{self.name}-{self.version}"


PARTITION: Final = "pk"
SORT: Final = "sk"
EXPIRES: Final = "expires_at"
"""Time to live, in seconds since 1970 UTC; only `ONCE#` items have it."""

QUEUE: Final = Index("queue", "queue_pk", "queue_sk")
"""The open cases of a ministry or office by their next legal instant."""
PARTY: Final = Index("party", "party_pk", "party_sk")
"""The cases of one procedure in which an organisation or a person stands."""
OPEN: Final = Index("open", "open_pk", "open_sk")
"""A procedure's open cases by the next instant at which time can do something in them: what is swept."""

INDEXES: Final = (QUEUE, PARTY, OPEN)

ACT_PREFIX: Final = "ACT#"
"""Sort keys of acts start so; the publisher's stream filter reads it."""
