"""What a type cannot say of a body and its reader does: the check digit of an organisation's number."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from services.platform.http.bodies import BodyNotValid, command_from
from services.platform.law.parties import OrganisationId
from services.platform.law.values import Value


class Successor(Value):
    organisation: OrganisationId


class Succeed(Value):
    """Who takes part later, wherever in a body it is named."""

    successors: tuple[Successor, ...] = ()
    by: OrganisationId | None = None
    reference: str = ""


def errors(body: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(BodyNotValid) as refused:
        command_from(msgspec.json.encode(body), Succeed)
    return [(error["pointer"], error["code"]) for error in refused.value.errors]


def test_a_wrong_check_digit_is_refused_wherever_it_stands() -> None:
    body = {
        "successors": [{"organisation": "6010001000001"}, {"organisation": "7010001000001"}],
        "by": "1010001000001",
    }
    assert errors(body) == [
        ("#/by", "wrong_check_digit"), ("#/successors/1/organisation", "wrong_check_digit"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["R-SHORT", "601000100000", "\uff16010001000001", "6010001000001\n"])
def test_what_has_not_the_form_of_a_number_is_refused_for_its_form(text: str) -> None:
    assert errors({"by": text}) == [("#/by", "wrong_pattern")]


@pytest.mark.parametrize("by", ["6010001000001", "R-ABCDEFGH", None])
def test_a_number_that_is_one_is_taken(by: str | None) -> None:
    assert command_from(msgspec.json.encode({"by": by}), Succeed).by == by


def test_thirteen_digits_in_a_text_are_a_text() -> None:
    assert command_from(b'{"reference": "1234567890123"}', Succeed).reference == "1234567890123"
