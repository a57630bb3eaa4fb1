"""Who sees what of a designated invention: nobody without standing, and nobody more than the Act gives."""

from __future__ import annotations

import pytest

from tests.services.patent.doors import aws_of_module, everything, send
from tests.services.patent.story import (
    AUDITING,
    CAO,
    INVENTOR,
    JPO,
    METI,
    MOD,
    PARTNER,
    PROFESSOR,
    UNMANDATED,
)
from tests.services.patent.world import CANARY, World, designated

__all__ = ["aws_of_module"]
ON = "2026-06-02"


@pytest.fixture(scope="module")
def cases(aws_of_module: None) -> tuple[str, str, str]:
    """The paths of the first review, the security review and the designation."""
    first, review, held = designated(World())
    return f"/first-reviews/{first}", f"/security-reviews/{review}", f"/designations/{held}"


@pytest.mark.parametrize("who", [UNMANDATED, METI])
def test_a_case_does_not_exist_for_who_has_no_standing(cases, who) -> None:
    never = send("GET", "/designations/designation-01KGE8MY00AAAAAAAAAAAAAAAA", by=who, on=ON)
    for path in cases:
        refused = send("GET", path, by=who, on=ON)
        assert (refused.status, refused.code) == (404, "no_such_case")
        for reply in (refused, never):
            assert reply.json["title"] == never.json["title"]
        assert refused.json.keys() == never.json.keys()


def test_neither_authority_sees_the_other_s_cases(cases) -> None:
    first, review, held = cases
    for path, who in ((first, CAO), (review, JPO), (held, JPO)):
        for below in ("", "/history", "/clock"):
            assert send("GET", path + below, by=who, on=ON).status == 404
    assert send("GET", "/security-reviews", by=JPO, on=ON).json["items"] == []
    assert send("GET", "/first-reviews", by=CAO, on=ON).json["items"] == []


@pytest.mark.parametrize("who", [CAO, INVENTOR, MOD, PROFESSOR, AUDITING])
def test_each_reading_of_what_is_restricted_is_recorded(cases, who) -> None:
    _, review, _ = cases
    assert CANARY in send("GET", review, by=who, on=ON).text
    readers = [item["subject"]["S"] for item in everything() if item["sk"]["S"].startswith("AUDIT#")]
    assert who.subject in readers


def test_the_applicant_never_sees_what_was_weighed_or_found_out_about_it(cases) -> None:
    _, review, _ = cases
    for path in (review, f"{review}/history"):
        text = send("GET", path, by=INVENTOR, on=ON).text
        for hidden in ("weighing", "investigation", "MaterialAsked", "ExpertChosen", "professor"):
            assert hidden not in text
    assert "DesignationDecided" not in send("GET", f"{review}/history", by=INVENTOR, on=ON).text


def test_a_sharing_operator_sees_what_binds_it_and_no_text(cases) -> None:
    _, _, held = cases
    read = send("GET", held, by=PARTNER, on=ON)
    assert read.json.keys() >= {"term", "in_force", "your_measures_missing"}
    assert CANARY not in read.text


def test_no_list_tells_who_has_no_standing_that_there_is_anything(cases) -> None:
    for path in ("/first-reviews", "/security-reviews", "/designations", "/queue"):
        assert send("GET", path, by=METI, on=ON).json["items"] == []
