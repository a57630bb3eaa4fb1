"""Lambda: the service's own events: they move its machines, keep its register, tell of changed passports."""

from typing import Any

from services.infra_review import batches, citations, register, statistics, statistics_store, taking_over
from services.infra_review.contracts import EVENTS
from services.infra_review.domain import PROCEDURES, emergency, notification, operator, post_review
from services.platform.cases.case_id import procedure_of
from services.platform.cases.store import Cases
from services.platform.events.contracts import Event, source_of
from services.platform.events.inbox import Inbox
from services.platform.time.certificates import Certificates
from services.platform.time.steps import Steps

PLANS_CHANGE = {
    "PlanFiled",
    "PlanCompleted",
    "ChangedPlanFiled",
    "ChangeReported",
    "UrgentChangeNotified",
    "PlanReplaced",
}
"""After these a plan may cite other passports than before."""
SOURCE = source_of("infra_review")
inbox = Inbox()
steps = Steps(*PROCEDURES)
certificates = Certificates(*PROCEDURES)
operators = Cases(operator)
notifications = Cases(notification)


def follow(event: Event[Any]) -> None:
    """Move the case's machine, then do what else the event leads to; all of it can be repeated."""
    steps.follow(event)
    match event.name:
        case "PublicNoticeGiven":
            register.keep(operators.load(event.case_id))
        case "ChangedPlanFiled" if procedure_of(event.case_id) == post_review.name:
            taking_over.take_over(event.case_id, event.metadata.occurred_at, steps.load)
        case name if name in PLANS_CHANGE and procedure_of(event.case_id) != emergency.name:
            citations.keep(steps.load(event.case_id))
        case "PassportChanged":
            citations.tell(event.case_id, steps.load)
        case "BatchReceived" | "LinesTaken":
            batches.work(event.case_id)
    if event.name in statistics.STEPS and procedure_of(event.case_id) == "notification":
        statistics_store.keep(event.case_id, notifications.history(event.case_id))
    # Last, since signing may fail where nothing else does.
    certificates.follow(event)


for name, model in EVENTS.items():
    inbox.on(SOURCE, name, data=model)(follow)

handler = inbox.handler
