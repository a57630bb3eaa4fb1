"""What stands in several places says the same: stages, events, problems, fields that somebody may see."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import msgspec

from services import infra_review
from services.infra_review import views, views_in_use
from services.infra_review.chapter import PROCEDURES
from services.infra_review.domain.change import change
from services.infra_review.domain.cooperation import cooperation
from services.infra_review.domain.emergency import emergency
from services.infra_review.domain.inquiry import inquiry
from services.infra_review.domain.notification import notification
from services.infra_review.domain.operator import operator
from services.infra_review.domain.post_review import post_review
from services.infra_review.roles import ROLES
from services.platform.cases.store import Case
from services.platform.events.contracts import published
from services.platform.http.policy import policy_of
from services.platform.law.acts import leaving
from tests.services.infra_review.conftest import METI, Story, designated, given
from tests.services.infra_review.test_cooperation import asked as asked_for_cooperation
from tests.services.infra_review.test_inquiry import Asked
from tests.services.infra_review.test_post_review import Again, emergency_of

HERE = Path(infra_review.__file__).parent
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


def records() -> list[dict[str, Any]]:
    with (HERE / "access.toml").open("rb") as file:
        see: list[dict[str, Any]] = tomllib.load(file)["see"]
    return see


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
        opened = {field.partition(".")[0] for r in records() if r["of"] == procedure for field in r["fields"]}
        assert opened == set(picture), procedure


def case(procedure: Any, state: Any) -> Case[Any]:
    return Case(f"{procedure.name}-1", procedure, state, 1, "", "2026-06-01T00:00:00Z")


def test_every_act_is_spoken_of_in_the_policy_and_the_policy_of_no_others():
    policy = policy_of("infra_review")
    acts = {f"{procedure.name}/{act.__name__}" for procedure in PROCEDURES for act in procedure.acts}
    assert policy.subjects == acts | {procedure.name for procedure in PROCEDURES}
    assert {role for record in records() for role in record["by"]} <= {role.name for role in ROLES}


def test_nothing_the_ministry_weighs_is_ever_opened_to_an_operator():
    for procedure in PROCEDURES:
        for act in procedure.acts:
            for field in msgspec.structs.fields(act):
                if field.name == "necessity":
                    allowed = [
                        r["by"]
                        for r in records()
                        if r["of"] == f"{procedure.name}/{act.__name__}" and "necessity" in r["fields"]
                    ] or [r["by"] for r in records() if r["of"] == f"{procedure.name}/{act.__name__}"]
                    assert allowed
                    assert not {"operator", "agent"} & {role for by in allowed for role in by}


def test_states_hold_only_what_can_be_stored():
    import msgspec

    story = Story().recommended("2026-06-05").answered("2026-06-06", accepts=False)
    stored = msgspec.json.encode(story.state)
    assert msgspec.json.decode(stored, type=type(story.state)) == story.state
    for act in story.acts:
        assert isinstance(act, msgspec.Struct)
        assert msgspec.json.decode(msgspec.json.encode(act), type=type(act)) == act
