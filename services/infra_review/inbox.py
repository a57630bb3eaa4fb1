"""Lambda: the service's own events, which start and move its state machines."""

from services.infra_review.contracts import EVENTS
from services.infra_review.domain import PROCEDURES
from services.platform.contracts import source_of
from services.platform.inbox import Inbox
from services.platform.steps import Steps

inbox = Inbox()
follow = Steps(*PROCEDURES).follow
for name, model in EVENTS.items():
    inbox.on(source_of("infra_review"), name, data=model)(follow)
handler = inbox.handler
