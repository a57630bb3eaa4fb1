"""A designated fund (指定基金), its books and its yearly reports: Art. 63."""

from services.fund.domain.fund import powers
from services.fund.domain.fund.state import fund

__all__ = ["fund", "powers"]
