"""The preservation designation (保全指定): for a year at most, renewed any number of times.

Arts. 70, 72-78 and 83-84. Its days are counted by `services.patent.designation`.
"""

from services.patent.domain.designation import powers, sharing, supervision, working
from services.patent.domain.designation.procedure import designation

__all__ = ["designation", "powers", "sharing", "supervision", "working"]
