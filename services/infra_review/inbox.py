"""Lambda: the service's own events, which move its state machines and keep its public register."""

from services.infra_review import register
from services.infra_review.contracts import EVENTS, PublicNoticeGiven
from services.infra_review.domain import PROCEDURES, operator
from services.platform.contracts import Event, source_of
from services.platform.inbox import Inbox
from services.platform.steps import Steps
from services.platform.store import Cases

SOURCE = source_of("infra_review")
inbox = Inbox()
steps = Steps(*PROCEDURES)
operators = Cases(operator)

for name, model in EVENTS.items():
    inbox.on(SOURCE, name, data=model)(steps.follow)


@inbox.on(SOURCE, "PublicNoticeGiven", data=PublicNoticeGiven)
def publish(event: Event[PublicNoticeGiven]) -> None:
    """Enter what was published into the register."""
    steps.follow(event)
    register.keep(operators.load(event.case_id))


handler = inbox.handler
