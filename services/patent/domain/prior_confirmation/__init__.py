"""Prior confirmation of the ban on filing abroad (外国出願の禁止に関する事前確認): Art. 79."""

from services.patent.domain.prior_confirmation import powers
from services.patent.domain.prior_confirmation.state import prior_confirmation

__all__ = ["powers", "prior_confirmation"]
