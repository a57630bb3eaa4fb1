"""What several chapters share can be had twice in one of them, each under its own name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.platform.law.parties import Parties
from services.platform.law.procedure import Procedure
from services.platform.shared.bulk import bulk
from services.platform.shared.cooperation import cooperating
from services.platform.shared.drafts import drafting
from services.platform.shared.inquiry import inquiring
from tests.services.platform.roles import AGENT, OPERATOR, REVIEWING_OFFICIAL


def nobody(_: Any) -> Parties:
    return Parties()


MADE: dict[str, Callable[..., Procedure[Any]]] = {
    "inquiry": lambda **named: inquiring(
        "1", asks=[REVIEWING_OFFICIAL], answers=[OPERATOR], parties=nobody, inspection="1", **named
    ),
    "cooperation": lambda **named: cooperating("1", by=[REVIEWING_OFFICIAL], parties=nobody, **named),
    "batch": lambda **named: bulk("1", by=[OPERATOR, AGENT], parties=nobody, **named),
    "draft": lambda **named: drafting(
        "1", by=[OPERATOR], parties=nobody, **{"title": "Draft", "title_ja": "下書き", **named}
    ),
}


@pytest.mark.parametrize("name", MADE)
def test_it_has_a_name_and_titles_of_its_own(name: str) -> None:
    usual = MADE[name]()
    assert (usual.name, bool(usual.title), bool(usual.title_ja)) == (name, True, True)
    second = MADE[name](name=f"second-{name}", title="Second", title_ja="第二")
    assert (second.name, second.title, second.title_ja) == (f"second-{name}", "Second", "第二")
    assert second.powers.keys() == usual.powers.keys()
