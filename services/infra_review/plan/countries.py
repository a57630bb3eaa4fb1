"""Countries and regions (国又は地域) a plan may name: the codes of ISO 3166-1, as our own table."""

from __future__ import annotations

from functools import cache

from services.infra_review.plan.tables import read


@cache
def codes() -> frozenset[str]:
    """Every two-letter code a plan may use."""
    table = read("countries")
    return frozenset(str(table["iso_3166_1"]).split()) | frozenset(table["beyond_iso"])


def known(code: str) -> bool:
    """Whether `code` names a country, a region or one of the few cases beyond ISO."""
    return code in codes()
