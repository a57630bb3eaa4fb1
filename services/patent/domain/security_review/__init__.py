"""The security review (保全審査): the Prime Minister's part, from the sending to a designation or none.

Arts. 67-69, 70(1) and 71, and 78(5) while no designation stands.
"""

from services.patent.domain.security_review import powers
from services.patent.domain.security_review.procedure import security_review

__all__ = ["powers", "security_review"]
