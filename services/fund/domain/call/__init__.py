"""A call for proposals (公募) of either type, from its announcement to the notices of its decision."""

from services.fund.domain.call import powers
from services.fund.domain.call.state import call

__all__ = ["call", "powers"]
