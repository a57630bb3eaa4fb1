"""Lambda: events. An own act first moves its machine, then has its reactions, then is certified."""

from services.platform.events.inbox import Inbox
from services.platform.law.acts import leaving
from services.platform.runtime.chapter import page
from services.platform.runtime.environment import environment
from services.platform.shared import papers
from services.platform.time.certificates import Certificates
from services.platform.time.steps import Steps

procedures = page("chapter").PROCEDURES
inbox = Inbox(
    environment().service,
    page("reactions").REACTIONS,
    own={act.__name__ for procedure in procedures for act in procedure.acts if leaving(act)},
    first=[Steps(*procedures).follow],
    # Last, since signing may fail where nothing else does.
    last=[Certificates(*procedures).follow],
    of_aws={papers.SCANNED: papers.note_scan},
)
handler = inbox.handler
