"""Where the powers of the law are declared: the one place that knows how to find them."""

from __future__ import annotations

from collections.abc import Iterator

from documents.services import procedures, services
from services.statute.article import Cited


def powers() -> Iterator[Cited]:
    """Yield every declared power: its name, `service/procedure`, and the article it cites."""
    for service in services():
        for procedure in procedures(service):
            for name, power in procedure.powers.items():
                yield Cited(name, f"{service}/{procedure.name}", power.article or "")
