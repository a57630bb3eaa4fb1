"""Files of applications from the Patent Office's filing system: each line an application (Art. 66(1))."""

from __future__ import annotations

from services.patent.roles import COMMISSIONER, EXAMINER, before_the_patent_office
from services.platform.shared.bulk import bulk

AT_MOST = 10_000
"""Lines of a file."""
intake = bulk(
    "66(1)", by=[EXAMINER, COMMISSIONER], parties=lambda _: before_the_patent_office(()), sealed=True
)
