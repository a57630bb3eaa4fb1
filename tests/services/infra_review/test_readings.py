"""How the law is read where it leaves something open can be read by anyone."""

from __future__ import annotations

import pytest

from tests.services.infra_review.doors import aws, get

__all__ = ["aws"]
pytestmark = pytest.mark.usefixtures("aws")


def test_the_readings_of_an_article_are_shown_with_the_one_taken() -> None:
    (point,) = (
        one
        for one in get("/readings", by=None, query={"article": "53(1)"}).json["items"]
        if one["id"] == "infra.filing_in_the_grace"
    )
    taken = [reading for reading in point["readings"] if reading["taken"]]
    assert len(taken) == 1
    assert taken[0]["why"]["ja"]


def test_all_readings_are_shown_and_an_article_narrows_them() -> None:
    whole = get("/readings", by=None).json["items"]
    some = get("/readings", by=None, query={"article": "54"}).json["items"]
    assert 0 < len(some) < len(whole)


def test_what_is_no_article_is_said_to_be_none() -> None:
    assert get("/readings", by=None, query={"article": "hello"}).json["items"] == []
