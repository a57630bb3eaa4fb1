"""Information given to operators (Art. 57) and cooperation asked for (Art. 59)."""

from __future__ import annotations

from typing import Any

import pytest

from services.infra_review.domain.cooperation import cooperation
from services.infra_review.roles import filed_by
from services.platform.law.procedure import Refusal
from services.platform.shared.cooperation import (
    Cooperation,
    GiveCooperation,
    RequestCooperation,
    Requesting,
)
from services.platform.shared.words import PRIME_MINISTER
from tests.services.infra_review.conftest import CAO, COMPANY, METI, MLIT, STRANGER, given
from tests.services.infra_review.doors import aws, designated, get, items, post

__all__ = ["aws"]
ADVICE = {"subject": "Remote maintenance", "information": "Close the ports that the advisory names."}


def asked(of: str = PRIME_MINISTER) -> Cooperation:
    """A request that METI made on a day."""
    asking = RequestCooperation(of, "information", "What is known of the supplier?")
    request = Requesting(asking, "METI", filed_by(None, ["METI"]))
    acts = cooperation.decide(
        Cooperation(), cooperation.powers["request_cooperation"].decide, request, given(METI, "2026-06-01")
    )
    return cooperation.fold(acts)


def test_the_prime_minister_s_side_answers_what_it_was_asked():
    state = asked()
    acts = cooperation.decide(
        state,
        cooperation.powers["give_cooperation"].decide,
        GiveCooperation("Nothing."),
        given(CAO, "2026-06-05"),
    )
    answered = cooperation.fold(acts, state)
    assert cooperation.wait(state).stage == "AwaitCooperation"
    assert (cooperation.wait(answered).stage, cooperation.wait(answered).over) == ("Cooperated", True)
    assert cooperation.allowed(answered, given(CAO, "2026-06-06")) == ()
    with pytest.raises(Refusal, match="cooperation_given"):
        cooperation.decide(
            answered,
            cooperation.powers["give_cooperation"].decide,
            GiveCooperation("More."),
            given(CAO, "2026-06-06"),
        )


def test_the_ministry_does_not_answer_for_the_prime_minister():
    with pytest.raises(Refusal, match="not_your_opinion"):
        cooperation.decide(
            asked(),
            cooperation.powers["give_cooperation"].decide,
            GiveCooperation("x"),
            given(METI, "2026-06-05"),
        )


def test_the_ministry_enters_what_somebody_else_has_answered():
    acts = cooperation.decide(
        asked("A university"),
        cooperation.powers["give_cooperation"].decide,
        GiveCooperation("A report."),
        given(METI, "2026-06-05"),
    )
    assert [act.given for act in acts] == ["A report."]


@pytest.mark.usefixtures("aws")
class TestOverHttp:
    """The same through the doors."""

    def test_a_request_is_seen_by_who_asks_and_who_is_asked_and_by_nobody_else(self) -> None:
        wanted = {"of": PRIME_MINISTER, "kind": "opinion", "asked": "Is the supplier known?"}
        made = post("/cooperation", wanted, by=METI, on="2026-06-01")
        assert made.status == 201, made.text
        path = f"/cooperation/{made.json['id']}"
        assert get(path, by=METI, on="2026-06-01").json["asked"] == wanted["asked"]
        assert [a["act"] for a in get(path, by=CAO, on="2026-06-01").json["allowed_acts"]] == [
            "give_cooperation"
        ]
        assert [get(path, by=who, on="2026-06-01").status for who in (MLIT, COMPANY)] == [404, 404]
        answered = post(f"{path}/give-cooperation", {"given": "No."}, by=CAO, on="2026-06-02")
        assert (answered.status, answered.json["given"]) == (200, "No.")
        again = post(f"{path}/give-cooperation", {"given": "Yes."}, by=CAO, on="2026-06-03")
        assert (again.status, again.code) == (409, "cooperation_given")

    def test_what_others_than_the_prime_minister_are_asked_is_not_the_cabinet_office_s(self) -> None:
        wanted = {"of": "A university", "kind": "material", "asked": "The report."}
        made = post("/cooperation", wanted, by=METI, on="2026-06-01")
        assert get(f"/cooperation/{made.json['id']}", by=CAO, on="2026-06-01").status == 404

    def test_only_an_official_asks(self) -> None:
        before = items()
        wanted = {"of": PRIME_MINISTER, "kind": "opinion", "asked": "x"}
        refused = post("/cooperation", wanted, by=COMPANY, on="2026-06-01")
        assert (refused.status, refused.code, items()) == (403, "not_your_act", before)

    def test_information_for_an_operator_is_its_own_to_read(self) -> None:
        operator: Any = designated()
        given_ = post(f"/operators/{operator}/provide-information", ADVICE, by=METI, on="2026-06-01")
        assert given_.status == 200, given_.text
        read = get(f"/operators/{operator}", by=COMPANY, on="2026-06-02").json
        assert [one["subject"] for one in read["information"]] == [ADVICE["subject"]]
        assert get(f"/operators/{operator}", by=STRANGER, on="2026-06-02").status == 404
        told = get(f"/operators/{operator}/history", by=COMPANY, on="2026-06-02").json["acts"]
        assert (told[-1]["act"], told[-1]["article"]) == ("InformationProvided", "57")

    def test_an_operator_gives_itself_no_information(self) -> None:
        operator: Any = designated()
        refused = post(f"/operators/{operator}/provide-information", ADVICE, by=COMPANY, on="2026-06-01")
        assert (refused.status, refused.code) == (403, "not_your_act")
