"""Files of addressees of a survey: each line one business to ask (Art. 48(1), (2))."""

from __future__ import annotations

from services.platform.shared.bulk import bulk
from services.supply.roles import OFFICIAL, before

AT_MOST = 10_000
"""Lines of a file."""
asking = bulk("48(1), (2)", by=[OFFICIAL], parties=lambda ministry: before([ministry] if ministry else ()))
