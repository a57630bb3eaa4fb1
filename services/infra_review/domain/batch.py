"""Bulk filing (一括届出): many notifications in one file, each line a filing of its own under Art. 52(1)."""

from services.infra_review.roles import AGENT, OPERATOR, filed_by
from services.platform.shared.bulk import bulk

AT_MOST = 500
"""Lines of one file."""

batch = bulk("52(1)", by=[OPERATOR, AGENT], parties=filed_by)
