"""Filing abroad (外国出願, Arts. 78 and 79): whether it is free on a day, from when it is, and what to do."""

from services.patent.filing_abroad.check import check
from services.patent.filing_abroad.question import Answer, Ended, Filed, Notice, Question, defects

__all__ = ["Answer", "Ended", "Filed", "Notice", "Question", "check", "defects"]
