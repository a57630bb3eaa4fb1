"""What follows from what has happened: copies for reading, notices of a call's decision, the council's word.

All of it can be repeated, and comes again when it arrives before its time.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from services.fund import lines
from services.fund.domain.call import call
from services.fund.domain.call.powers import NoteNotices, note_notices
from services.fund.domain.call.state import (
    CallAnnounced,
    CallClosed,
    CallDecided,
    CallOpened,
    CallWithdrawn,
    GraceGranted,
    NoticesSent,
)
from services.fund.domain.guideline import GuidelinePublished, guideline
from services.fund.domain.project import project
from services.fund.domain.project.acts import PROJECT_ACTS, Handling
from services.fund.domain.project.gates import HearView, hear_view
from services.fund.domain.project.results import HearHandling, hear_handling
from services.fund.domain.proposal import proposal
from services.fund.domain.proposal.powers import (
    NotifyNotSelected,
    NotifySelected,
    notify_not_selected,
    notify_selected,
)
from services.fund.domain.proposal.state import (
    EvaluatorAppointed,
    EvaluatorRecused,
    ProposalNotSelected,
    ProposalScored,
    ProposalScreened,
    ProposalSelected,
    ProposalSubmitted,
    ProposalTakenBack,
)
from services.fund.domain.vision import VisionPublished, vision
from services.platform.cases.store import Cases
from services.platform.events.contracts import Event, Heard
from services.platform.events.inbox import Reactions, reactions_of
from services.platform.law.parties import CLOCK
from services.platform.law.procedure import Decide, Given, Refusal
from services.platform.runtime.observe import log
from services.platform.shared import copies

guidelines, visions, calls = Cases(guideline), Cases(vision), Cases(call)
proposals, projects = Cases(proposal), Cases(project)
AT_ONCE = 100
"""Notices sent on one event; the next follow on the act that records them."""
HEARD = (
    "proposal_decided",
    "notices_sent",
    "view_heard",
    "gate_decided",
    "handling_heard",
    "no_such_result",
    "no_such_phase",
)
"""Refusals of something that was told before, or that concerns nothing here."""


# ---- Copies for reading ----


def keep_guideline(event: Event) -> None:
    """Keep the version of the guideline that was published."""
    case = guidelines.load(event.case_id)
    published = case.state.published
    assert published is not None
    line = lines.PublishedGuideline(
        published.title, published.decided_on, published.published_at, published.on
    )
    copies.keep(lines.GUIDELINES, case.id, line, case.version)


def keep_vision(event: Event) -> None:
    """Keep the vision that was published."""
    case = visions.load(event.case_id)
    published = case.state.published
    assert published is not None
    line = lines.PublishedVision(published.title, published.since, published.technologies)
    copies.keep(lines.VISIONS, case.id, line, case.version)


def keep_call(event: Event) -> None:
    """Keep what anyone may know of the call."""
    lines.keep_call(calls.load(event.case_id))


def keep_proposal(event: Event) -> None:
    """Keep the line of the proposal."""
    lines.keep_proposal(proposals.load(event.case_id))


def keep_project(event: Event) -> None:
    """Keep the line of the project."""
    lines.keep_project(projects.load(event.case_id))


# ---- Notices of a call's decision ----


def send_notices(event: Event) -> None:
    """Tell the next authors of the decision; each is told once however often this comes."""
    state = calls.load(event.case_id).state
    decided, ranking = state.decided, state.ranking
    if decided is None or ranking is None:
        return
    chosen = {one.proposal: one for one in decided.selected}
    next_ones = ranking.ranking[state.told : state.told + AT_ONCE]
    for one in next_ones:
        selection = chosen.get(one.proposal)
        if selection is None:
            refused = NotifyNotSelected(decided.reasons_for_the_others)
            _tell(proposals, one.proposal, notify_not_selected, refused, event)
        else:
            selected = NotifySelected(selection.yen, selection.reasons)
            _tell(proposals, one.proposal, notify_selected, selected, event)
    if next_ones:
        _tell(calls, event.case_id, note_notices, NoteNotices(state.told + len(next_ones)), event)


# ---- The council's word ----


class HandlingDecided(msgspec.Struct, frozen=True):
    """The council decided how a result is handled; `reference` is the result's id here, if it gave one."""

    project_id: str
    item_id: str
    handling: Handling
    reference: str | None = None


class StageGateViewGiven(msgspec.Struct, frozen=True):
    """The council gave its view of a stage gate, which it names by its number."""

    project_id: str
    gate: str | int
    view: str


def take_handling(event: Event) -> None:
    """Enter how the council handles a result; a council of another R&D speaks of no project here."""
    told: HandlingDecided = event.data
    if _is_project(told.project_id):
        heard = HearHandling(told.reference or told.item_id, told.handling)
        _tell(projects, told.project_id, hear_handling, heard, event)


def take_view(event: Event) -> None:
    """Enter the council's view of a stage gate."""
    told: StageGateViewGiven = event.data
    number = re.search(r"[0-9]{1,2}", str(told.gate))
    if number is None or int(number[0]) < 1 or not _is_project(told.project_id):
        log.warning("a view names no stage gate here", extra={"project": told.project_id})
        return
    _tell(projects, told.project_id, hear_view, HearView(int(number[0]), told.view), event)


def _is_project(case_id: str) -> bool:
    return case_id.startswith(f"{project.name}-")


def _tell(cases: Cases[Any], case_id: str, power: Decide, command: Any, event: Event) -> None:
    try:
        cases.act(case_id, power, command, Given(event.metadata.occurred_at, CLOCK))
    except Refusal as refusal:
        if refusal.code not in HEARD:
            raise


REACTIONS: Reactions = reactions_of(
    (GuidelinePublished, keep_guideline),
    (VisionPublished, keep_vision),
    *((act, keep_call) for act in (CallAnnounced, CallOpened, GraceGranted, CallClosed, CallWithdrawn)),
    (CallDecided, keep_call),
    (CallDecided, send_notices),
    (NoticesSent, send_notices),
    *(
        (act, keep_proposal)
        for act in (
            ProposalSubmitted,
            ProposalTakenBack,
            ProposalScreened,
            EvaluatorAppointed,
            EvaluatorRecused,
            ProposalScored,
            ProposalSelected,
            ProposalNotSelected,
        )
    ),
    *((act, keep_project) for act in PROJECT_ACTS),
    (Heard("council", "HandlingDecided", HandlingDecided), take_handling),
    (Heard("council", "StageGateViewGiven", StageGateViewGiven), take_view),
)
DAILY = ()
"""What is done once a day besides the sweep, as of an instant: nothing."""
