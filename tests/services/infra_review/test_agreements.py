"""What stands in several places says the same: stages, events, problems, fields that somebody may see."""

from __future__ import annotations

from typing import Any

import msgspec

from services.infra_review import views, views_in_use
from services.infra_review.chapter import PROCEDURES
from services.infra_review.domain.change import change
from services.infra_review.domain.cooperation import cooperation
from services.infra_review.domain.emergency import emergency
from services.infra_review.domain.inquiry import inquiry
from services.infra_review.domain.notification import notification
from services.infra_review.domain.operator import operator
from services.infra_review.domain.post_review import post_review
from services.infra_review.plan.model import Plan
from services.platform.cases.case import Case
from services.platform.events.contracts import published
from services.platform.http.policy import policy_of
from services.platform.law.acts import leaving
from tests.services.infra_review.conftest import METI, Story, designated, given
from tests.services.infra_review.test_cooperation import asked as asked_for_cooperation
from tests.services.infra_review.test_inquiry import Asked
from tests.services.infra_review.test_post_review import Again, emergency_of
from tests.services.test_access import leads_somewhere

POLICY = policy_of("infra_review")
ACTS = {f"{procedure.name}/{act.__name__}": act for procedure in PROCEDURES for act in procedure.acts}
PEOPLE = (
    "plan.introduction.supplier.officers",
    "plan.introduction.components.supplier.officers",
    "plan.outsourcing.contractor.officers",
    "plan.outsourcing.re_outsourced",
)
INSIDE = {
    "DraftOpened",
    "DraftSaved",
    "DraftFiled",
    "DraftClosed",
    "PassportFiled",
    "ReportFiled",
    "ReportNoted",
}
"""Acts nobody outside hears of: what is not filed, what was sealed, what a ministry is told each year."""


def test_every_act_leaves_or_is_known_to_stay_inside():
    for procedure in PROCEDURES:
        for act in procedure.acts:
            assert (leaving(act) is None) == (act.__name__ in INSIDE)


def test_an_event_carries_what_its_act_lets_out_and_nothing_else():
    story = Story().recommended("2026-06-05")
    told = [published(act) for act in story.acts]
    assert None not in told
    assert "Weber" not in repr(told)
    assert "Likely" not in repr(told)
    assert "No objection" not in repr(told)


def test_every_field_of_a_view_is_opened_to_somebody_and_every_opening_is_of_a_field():
    story = Story().recommended("2026-06-05").answered("2026-06-06", accepts=False)
    pictures = {
        "notification": views.review_view(case(notification, story.state), given(METI, "2026-06-07")),
        "change": views.review_view(case(change, story.state), given(METI, "2026-06-07")),
        "operator": views.operator_view(case(operator, designated()), given(METI, "2026-06-07")),
        "emergency": views_in_use.emergency_view(case(emergency, emergency_of()), given(METI, "2026-06-07")),
        "post-review": views_in_use.post_review_view(
            case(post_review, Again().recommended().state), given(METI, "2027-02-11")
        ),
        "cooperation": views_in_use.cooperation_view(
            case(cooperation, asked_for_cooperation()), given(METI, "2026-06-07")
        ),
        "inquiry": views_in_use.inquiry_view(
            case(inquiry, Asked().opened().state), given(METI, "2026-06-07")
        ),
    }
    for procedure, picture in pictures.items():
        shown = msgspec.to_builtins(picture)
        opened = POLICY.opened[procedure]
        assert {path.partition(".")[0] for path in opened} == set(shown), procedure
        assert {path for path in opened if not stands_in(shown, path)} == set(), procedure


def stands_in(picture: dict[str, Any], path: str) -> bool:
    """Whether a path leads to a field of a picture; its plan may have whatever a plan can have."""
    name, _, deeper = path.partition(".")
    if name == "plan" and deeper:
        return leads_somewhere(Plan, deeper)
    return name in picture and (not deeper or stands_in(picture[name], deeper))


def case(procedure: Any, state: Any) -> Case[Any]:
    return Case(f"{procedure.name}-1", procedure, state, 1, "", "2026-06-01T00:00:00Z")


def test_nothing_the_ministry_weighs_is_ever_opened_to_an_operator():
    weighed = {of for of, act in ACTS.items() if "necessity" in act.__struct_fields__}
    assert {"operator/Designated", "notification/OrderMade", "inquiry/InformationRequested"} <= weighed
    for of in weighed:
        assert sees(of, "necessity"), of
        assert not {"operator", "agent"} & sees(of, "necessity"), of


def test_people_in_a_plan_are_for_its_filer_and_reviewer_alone_and_recorded():
    filed = {of for of, act in ACTS.items() if "plan" in act.__struct_fields__}
    assert {"notification/PlanFiled", "emergency/EmergencyReported", "post-review/ChangedPlanFiled"} <= filed
    for of in filed | {"notification", "change", "emergency"}:
        for people in PEOPLE:
            assert sees(of, people) == {"operator", "agent", "reviewing_official"}, of
            assert all(opening.restricted for opening in POLICY.opened[of][people]), of


def sees(of: str, field: str) -> set[str]:
    """Who sees a field of an act or a case."""
    opened = POLICY.opened[of]
    return {role for opening in opened.get(field, opened.get("*", ())) for role in opening.by}


def test_states_hold_only_what_can_be_stored():
    story = Story().recommended("2026-06-05").answered("2026-06-06", accepts=False)
    stored = msgspec.json.encode(story.state)
    assert msgspec.json.decode(stored, type=type(story.state)) == story.state
    for act in story.acts:
        assert isinstance(act, msgspec.Struct)
        assert msgspec.json.decode(msgspec.json.encode(act), type=type(act)) == act
