"""A proposal (提案): drafted, submitted in time, screened, evaluated without names, decided."""

from services.fund.domain.proposal import powers
from services.fund.domain.proposal.state import proposal

__all__ = ["powers", "proposal"]
