"""Requests for cooperation (資料の提出等の要求): Art. 46."""

from services.platform.shared.cooperation import cooperating
from services.platform.shared.words import PRIME_MINISTER
from services.supply.roles import OFFICIAL, asked_about, before

cooperation = cooperating(
    "46",
    by=[OFFICIAL],
    parties=lambda asked: before(
        [asked.ministry], asked_about([PRIME_MINISTER] if asked.of == PRIME_MINISTER else [])
    ),
)
