"""The first review (第一次審査): the Patent Office's part, from the filing to the sending or its silence.

Art. 66, and what the Patent Office has to do with the application afterwards: 69(4), 72, 73(8), 74(3), 78(7).
"""

from services.patent.domain.first_review import powers
from services.patent.domain.first_review.procedure import first_review

__all__ = ["first_review", "powers"]
