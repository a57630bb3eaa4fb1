"""Compensation for loss (損失の補償): Art. 80."""

from services.patent.domain.compensation import powers
from services.patent.domain.compensation.state import compensation

__all__ = ["compensation", "powers"]
