"""Lambda: the stages of the chapter's procedures, as their state machines ask for them."""

from services.infra_review.domain import PROCEDURES
from services.platform.time.steps import Steps

steps = Steps(*PROCEDURES)
handler = steps.handler
