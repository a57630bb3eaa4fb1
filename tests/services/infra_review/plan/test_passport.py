"""The supplier passport: filed once, sealed from operators, and one draft for each plan when it changes."""

from datetime import date

import msgspec
import pytest
from msgspec.structs import replace

from services.infra_review.plan.defects import defects
from services.infra_review.plan.difference import Progress
from services.infra_review.plan.model import Party, Place, Plan, Ratio
from services.infra_review.plan.passport import (
    LivePlan,
    Passport,
    compose,
    drafts,
    redact,
    seen_by_operator,
    tokens,
)
from tests.services.infra_review.plan.plans import (
    CONTRACTOR,
    EXAMPLE,
    FILED_ON,
    RE_CONTRACTOR,
    SUPPLIER,
    at,
    percent,
    put,
    without,
)

MERIDIAN = Passport("sp-meridian", at(EXAMPLE, RE_CONTRACTOR))
MISAKI = Passport("sp-misaki", at(EXAMPLE, SUPPLIER))
PASSPORTS = {one.token: one for one in (MERIDIAN, MISAKI)}
CITING = put(
    put(EXAMPLE, SUPPLIER, Party(name=MISAKI.party.name, passport="sp-misaki")),
    RE_CONTRACTOR,
    Party(name=MERIDIAN.party.name, passport="sp-meridian"),
)
SECRETS = (
    "みさきホールディングス株式会社",
    "Nordwind Beteiligungen GmbH",
    "Katrin Vogel",
    "Anjali Menon",
    "Island Water Agency",
    "Katrin_Vogel_在留カード.pdf",
)


def as_text(it: object) -> str:
    return msgspec.json.encode(it).decode()


def test_a_plan_that_cites_passports_is_whole_once_they_are_filled_in() -> None:
    assert tokens(CITING) == {"sp-misaki", "sp-meridian"}
    whole = compose(CITING, PASSPORTS)
    assert at(whole, f"{SUPPLIER}/holders") == MISAKI.party.holders
    assert at(whole, f"{RE_CONTRACTOR}/passport") == "sp-meridian"
    assert defects(CITING, FILED_ON, passports=PASSPORTS) == ()


def test_an_unknown_token_fills_in_nothing() -> None:
    assert compose(CITING, {}) == CITING


def test_the_operator_sees_what_a_register_shows_and_nothing_sealed() -> None:
    whole = compose(CITING, PASSPORTS)
    seen = redact(whole)
    assert any(secret in as_text(whole) for secret in SECRETS)
    assert not any(secret in as_text(seen) for secret in SECRETS if secret not in as_text(CITING))
    supplier = at(seen, SUPPLIER)
    assert (supplier.name, supplier.governing_law, supplier.address.country) == (
        MISAKI.party.name,
        "JP",
        "JP",
    )
    assert (supplier.holders, supplier.officers, supplier.foreign_sales, supplier.registry) == (None,) * 4
    assert at(seen, CONTRACTOR) == at(EXAMPLE, CONTRACTOR)  # the operator's own writing


def test_of_an_individual_the_operator_sees_the_name_alone() -> None:
    person = Party(
        name="水野 遥", individual=True, address=Place("JP", "新潟市"), nationality="KR", passport="sp-1"
    )
    seen = at(redact(put(EXAMPLE, CONTRACTOR, person)), CONTRACTOR)
    assert seen == Party(name="水野 遥", individual=True, passport="sp-1")


def test_redacting_and_filling_in_again_loses_nothing() -> None:
    whole = compose(CITING, PASSPORTS)
    assert compose(redact(whole), PASSPORTS) == whole


def test_defects_under_a_seal_reach_the_operator_as_one_word() -> None:
    party = without(MISAKI.party, "/officers/2/identity")
    party = put(party, "/holders/1/country", "ZZ")
    passports = {**PASSPORTS, "sp-misaki": Passport("sp-misaki", party)}
    plan = without(CITING, "/equipment/name")
    found = defects(plan, FILED_ON, passports=passports)
    assert len(found) == 3
    assert "Katrin Vogel" in as_text(found)
    seen = seen_by_operator(plan, found)
    assert [(one.field, one.code) for one in seen] == [
        ("/equipment/name", "equipment_name_missing"),
        (f"{SUPPLIER}/passport", "passport_incomplete"),
    ]
    assert "Katrin Vogel" not in as_text(seen)


def live(case_id: str, plan: Plan = CITING, progress: Progress = Progress()) -> LivePlan:  # noqa: B008
    return LivePlan(case_id, plan, progress)


def revised(passport: Passport, pointer: str, value: object) -> Passport:
    return Passport(passport.token, put(passport.party, pointer, value), passport.revision + 1)


@pytest.mark.parametrize(
    ("pointer", "value", "consequence", "article"),
    [
        ("/registry/made_on", date(2026, 5, 1), "nothing", "54"),
        ("/holders/1/share", percent("24.99"), "nothing", "54"),
        ("/holders/1/share", percent("25.00"), "report", "54(4)"),
        ("/holders/1/share", Ratio(1, 3), "report", "54(4)"),
        ("/officers/0/nationality", "US", "report", "54(4)"),
        ("/address/address", "東京都港区", "nothing", "54"),
        ("/address/country", "KR", "renotify", "54(1)"),
        ("/name", "みさき統合制御株式会社", "renotify", "54(1)"),
    ],
)
def test_each_affected_plan_gets_one_draft(
    pointer: str, value: object, consequence: str, article: str
) -> None:
    after = revised(MISAKI, pointer, value)
    plans = [live("a"), live("b", put(CITING, SUPPLIER, at(EXAMPLE, SUPPLIER))), live("c")]
    made = drafts(MISAKI, after, plans)
    assert [(one.case_id, one.token, one.revision) for one in made] == [
        ("a", "sp-misaki", 2),
        ("c", "sp-misaki", 2),
    ]
    assert {(one.consequence, one.article) for one in made} == {(consequence, article)}


def test_what_a_change_means_depends_on_how_far_each_plan_has_come() -> None:
    after = revised(MERIDIAN, "/governing_law", "MY")
    running, over = Progress(outsourcing="running"), Progress(True, "over")
    made = drafts(MERIDIAN, after, [live("a"), live("b", CITING, running), live("c", CITING, over)])
    assert [one.consequence for one in made] == ["renotify", "report", "nothing"]


def test_a_party_cited_twice_in_a_plan_makes_one_draft() -> None:
    twice = put(CITING, CONTRACTOR, at(CITING, SUPPLIER))
    (draft,) = drafts(MISAKI, revised(MISAKI, "/representative", "森川 健吾"), [live("a", twice)])
    assert draft.consequence == "report"
    assert [one.pointer for one in draft.sealed] == [
        f"{SUPPLIER}/representative",
        f"{CONTRACTOR}/representative",
    ]


def test_the_operator_learns_what_to_do_and_not_what_changed() -> None:
    after = revised(MISAKI, "/officers/2/nationality", "AT")
    (draft,) = drafts(MISAKI, after, [live("a")])
    assert [one.code for one in draft.sealed] == ["officer"]
    shown = draft.for_operator()
    assert shown == replace(draft, sealed=())
    assert "AT" not in as_text(shown)
