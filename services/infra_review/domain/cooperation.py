"""Requests for cooperation (資料の提出等の要求): Art. 59."""

from services.infra_review.roles import REVIEWING_OFFICIAL, filed_by
from services.platform.shared.cooperation import cooperating
from services.platform.shared.words import PRIME_MINISTER

cooperation = cooperating(
    "59",
    by=[REVIEWING_OFFICIAL],
    parties=lambda asked: filed_by(None, [asked.ministry], consulted=asked.of == PRIME_MINISTER),
)
