"""Lambda: the table's stream to the bus. What leaves is decided in `contracts`."""

from services.infra_review.contracts import contract
from services.infra_review.domain import PROCEDURES
from services.platform.events.publisher import Publisher

handler = Publisher(*((procedure, contract) for procedure in PROCEDURES)).handler
