"""The papers of METI Order Art. 9(2): which, of which kind, how old, and when they may be left out."""

from datetime import date

import pytest
from msgspec.structs import replace

from services.infra_review.plan.defects import defects
from services.infra_review.plan.excuses import Filing
from services.infra_review.plan.model import Plan
from services.infra_review.plan.walk import attachments
from tests.services.infra_review.plan.plans import (
    CONTRACTOR,
    EXAMPLE,
    FILED_ON,
    RE_CONTRACTOR,
    RELIEVED,
    SUPPLIER,
    at,
    put,
    without,
)

REGISTRY = f"{SUPPLIER}/registry"
IDENTITY = f"{SUPPLIER}/officers/0/identity"
RESIDENCE_CARD = f"{SUPPLIER}/officers/2/identity"


def found(
    plan: Plan, on: date = FILED_ON, before: Plan | None = None, filing: Filing | None = None
) -> list[tuple[str, str]]:
    filing = filing or ("notification" if before is None else "change")
    return [(one.field, one.code) for one in defects(plan, on, filing=filing, before=before)]


@pytest.mark.parametrize(
    "party", [SUPPLIER, "/introduction/components/1/supplier", CONTRACTOR, RE_CONTRACTOR]
)
def test_every_party_proves_that_it_is_registered(party: str) -> None:
    (defect,) = defects(without(EXAMPLE, f"{party}/registry"), FILED_ON)
    assert (defect.field, defect.code) == (f"{party}/registry", "registry_missing")
    assert defect.article == "52(1); METI Order 41 of 2023, Art. 9(2)(i)"


def test_relief_does_not_excuse_the_registry_of_a_re_contractor() -> None:
    pointer = f"{RELIEVED}/party/registry"
    assert found(without(EXAMPLE, pointer)) == [(pointer, "registry_missing")]


@pytest.mark.parametrize(
    "party", [SUPPLIER, "/introduction/components/0/supplier", CONTRACTOR, RE_CONTRACTOR]
)
def test_every_officer_proves_who_that_is(party: str) -> None:
    pointer = f"{party}/officers/0/identity"
    assert found(without(EXAMPLE, pointer)) == [(pointer, "identity_paper_missing")]


@pytest.mark.parametrize(
    ("nationality", "kind", "proves"),
    [
        ("JP", "passport_copy", True),
        ("JP", "family_register_extract", True),
        ("JP", "family_register_statement", True),
        ("JP", "residence_record", True),
        ("JP", "residence_card", False),
        ("JP", "registry_certificate", False),
        ("KR", "special_permanent_resident_certificate", True),
        ("BR", "residence_card", True),
        ("BR", "other_identity_paper", True),
        ("BR", "family_register_extract", False),
    ],
)
def test_nationals_and_foreigners_prove_who_they_are_by_their_own_papers(
    nationality: str, kind: str, proves: bool
) -> None:
    plan = put(EXAMPLE, f"{SUPPLIER}/officers/0/nationality", nationality)
    plan = put(plan, f"{IDENTITY}/kind", kind)
    assert found(plan) == ([] if proves else [(f"{IDENTITY}/kind", "identity_paper_of_another_kind")])


def test_a_letter_does_not_stand_for_the_register() -> None:
    assert found(put(EXAMPLE, f"{REGISTRY}/kind", "other")) == [
        (f"{REGISTRY}/kind", "registry_of_another_kind")
    ]


@pytest.mark.parametrize(
    ("filed", "made", "code"),
    [
        (date(2026, 5, 7), date(2026, 2, 7), None),
        (date(2026, 5, 7), date(2026, 2, 6), "paper_too_old"),
        (date(2026, 5, 31), date(2026, 2, 28), None),  # February has no 31st: its last day
        (date(2026, 5, 31), date(2026, 2, 27), "paper_too_old"),
        (date(2026, 5, 7), date(2026, 5, 7), None),
        (date(2026, 5, 7), date(2026, 5, 8), "paper_from_the_future"),
    ],
)
def test_a_paper_without_validity_was_made_within_three_months_before(
    filed: date, made: date, code: str | None
) -> None:
    pointer = f"{REGISTRY}/made_on"
    here = [one for one in found(put(EXAMPLE, pointer, made), filed) if one[0].startswith(REGISTRY)]
    assert here == ([(pointer, code)] if code else [])


@pytest.mark.parametrize(("last", "valid"), [(FILED_ON, True), (date(2026, 5, 6), False)])
def test_a_paper_with_validity_is_valid_on_the_day_however_old(last: date, valid: bool) -> None:
    assert at(EXAMPLE, f"{RESIDENCE_CARD}/made_on") < date(2026, 1, 1)
    pointer = f"{RESIDENCE_CARD}/valid_until"
    assert found(put(EXAMPLE, pointer, last)) == ([] if valid else [(pointer, "paper_expired")])


def test_a_paper_says_when_it_was_made_or_until_when_it_is_valid() -> None:
    assert found(without(EXAMPLE, f"{REGISTRY}/made_on")) == [(REGISTRY, "paper_undated")]


@pytest.mark.parametrize("digest", ["A" * 64, "g" * 64, "0" * 63])
def test_a_digest_is_64_lower_case_hexadecimal_digits(digest: str) -> None:
    assert found(put(EXAMPLE, f"{REGISTRY}/sha256", digest)) == [
        (f"{REGISTRY}/sha256", "paper_digest_malformed")
    ]


def test_proofs_of_measures_and_reliefs_may_be_older() -> None:
    assert found(put(EXAMPLE, f"{RELIEVED}/relief/proof/made_on", date(2020, 1, 1))) == []


def test_every_paper_is_listed_with_what_it_proves() -> None:
    listed = {one.pointer: one.subject for one in attachments(EXAMPLE)}
    assert listed[IDENTITY] == f"{SUPPLIER}/officers/0"
    assert listed[f"{RELIEVED}/relief/proof"] == f"{RELIEVED}/relief"
    assert len(listed) == 6 + 10 + 1
    assert all(at(EXAMPLE, pointer) for pointer in listed)


def test_a_change_may_leave_out_or_keep_old_papers_of_whom_it_does_not_concern() -> None:
    later = date(2026, 12, 1)
    changed = put(EXAMPLE, "/equipment/outline", "主系、待機系及び災害対応系の三系統からなる。")
    assert {code for _, code in found(changed, later)} >= {"paper_too_old", "introduction_in_the_past"}
    plan = replace(changed, introduction=None)
    before = replace(EXAMPLE, introduction=None)
    assert found(plan, later, before) == []
    assert found(without(plan, f"{CONTRACTOR}/registry"), later, before) == []
    assert found(without(plan, f"{CONTRACTOR}/officers/0/identity"), later, before) == []


def test_a_change_needs_new_papers_of_whom_it_concerns() -> None:
    later = date(2026, 12, 1)
    before = replace(EXAMPLE, introduction=None)
    moved = put(before, f"{CONTRACTOR}/representative", "小島 早苗")
    assert found(moved, later, before) == [(f"{CONTRACTOR}/registry/made_on", "paper_too_old")]
    appointed = put(before, f"{CONTRACTOR}/officers/0/name", "小島 早苗")
    assert found(without(appointed, f"{CONTRACTOR}/officers/0/identity"), later, before) == [
        (f"{CONTRACTOR}/officers/0/identity", "identity_paper_missing")
    ]


LATER = date(2026, 12, 1)
OUTSOURCED = replace(EXAMPLE, introduction=None)
WITHOUT_PAPERS = without(without(OUTSOURCED, f"{CONTRACTOR}/registry"), f"{CONTRACTOR}/officers/0/identity")


@pytest.mark.parametrize("filing", ["change", "changed_change", "urgent_change", "report"])
def test_what_has_not_changed_need_not_be_proved_again_in_a_change(filing: Filing) -> None:
    # Order Art. 23(3), (5), 25(1); 54(3) takes the papers of 54(1).
    assert found(WITHOUT_PAPERS, LATER, OUTSOURCED, filing) == []


@pytest.mark.parametrize("filing", ["changed_plan", "notification"])
def test_a_plan_changed_as_recommended_brings_all_its_papers(filing: Filing) -> None:
    # Order Art. 21 has no excuse, neither under 52(8) nor under 55(3).
    codes = {code for _, code in found(WITHOUT_PAPERS, LATER, OUTSOURCED, filing)}
    assert codes >= {"registry_missing", "identity_paper_missing", "paper_too_old"}


@pytest.mark.parametrize("filing", ["change", "changed_change"])
def test_an_introduction_that_a_change_newly_brings_needs_the_papers_of_a_notification(
    filing: Filing,
) -> None:
    introduction = at(EXAMPLE, "/introduction")
    contractor = at(EXAMPLE, CONTRACTOR)  # known, and now the supplier too
    brought = replace(introduction, supplier=contractor, on=date(2027, 4, 1))
    plan = replace(OUTSOURCED, introduction=brought, measures=EXAMPLE.measures)
    plan = without(plan, f"{SUPPLIER}/registry")
    late = [one for one in found(plan, LATER, OUTSOURCED, filing) if one[0].startswith(SUPPLIER)]
    assert (f"{SUPPLIER}/registry", "registry_missing") in late
    assert any(code == "paper_too_old" for _, code in late)
    assert not [one for one in found(plan, LATER, OUTSOURCED, filing) if one[0].startswith(CONTRACTOR)]


def test_a_new_supplier_in_an_introduction_already_notified_needs_its_own_papers_alone() -> None:
    other = replace(at(EXAMPLE, SUPPLIER), name="別の制御株式会社", registry=None)
    plan = put(put(EXAMPLE, SUPPLIER, other), "/introduction/on", date(2027, 4, 1))
    assert found(plan, LATER, EXAMPLE) == [(REGISTRY, "registry_missing")]


def test_other_component_equipment_after_the_introduction_is_reported_without_papers() -> None:
    # Order Art. 25(1) leaves this report out of what papers go with, and (3) has a form of its own for it.
    component = at(EXAMPLE, "/introduction/components/0")
    supplier = replace(component.supplier, name="Elmwerk SE", registry=None, officers=())
    other = replace(component, name="EW-5200", supplier=supplier)
    plan = put(EXAMPLE, "/introduction/components/0", other)
    assert "registry_missing" not in {code for _, code in found(plan, LATER, EXAMPLE, "component_report")}
    assert "registry_missing" in {code for _, code in found(plan, LATER, EXAMPLE, "report")}
