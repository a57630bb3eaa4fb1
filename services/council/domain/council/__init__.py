"""Councils (協議会): Arts. 62 and 63(4), (5)."""

from services.council.domain.council import deciding, establishment, members
from services.council.domain.council.procedure import council

__all__ = ["council", "deciding", "establishment", "members"]
