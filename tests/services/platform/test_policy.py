"""Who may see what: deny by default, the deepest record decides."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.platform.http.policy import Policy

ANYONE = frozenset({"anyone"})
FEW = frozenset({"few"})
PLAN = {
    "title": "t",
    "plan": {"period": "p", "officers": [{"name": "n", "born": "b"}, {"name": "m", "born": "c"}], "cost": 1},
    "secret": "s",
}
POLICY = Policy(
    tomllib.loads("""
[readers]
anyone = ["anyone"]
both   = ["anyone", "few"]
few    = ["few"]
nobody = []

[parts]
secret   = { to = "few", fields = ["secret"], why = "" }
officers = { to = "few", fields = ["plan.officers"], why = "" }

[case.loan]
"title, plan" = { to = "both", but = "officers", why = "" }
"plan.officers.born" = { to = "few", restricted = true, why = "" }
"plan.cost" = { to = "nobody", why = "" }

[case.shared]
"title, secret" = { to = "anyone", why = "" }
"secret, plan.cost" = { to = "few", restricted = true, why = "" }

[acts."loan, shared"]
"Opened, Closed" = { to = "anyone", but = "secret", why = "" }
Ended = { to = "anyone", fields = [], why = "" }
""")
)


def shown(standing: frozenset[str], *, of: str = "loan", restricted: bool = True) -> Any:
    return POLICY.shown(PLAN, of, standing, restricted=restricted)


def test_what_no_record_opens_is_not_shown() -> None:
    assert shown(ANYONE).data == {"title": "t", "plan": {"period": "p"}}
    assert shown(frozenset()).data == {}
    assert shown(ANYONE, of="unheard of").data == {}


def test_the_deepest_record_decides() -> None:
    assert shown(FEW).data["plan"] == {"period": "p", "officers": PLAN["plan"]["officers"]}  # type: ignore[index]
    assert "cost" not in shown(FEW).data["plan"]


def test_a_restricted_field_is_named_when_it_is_shown_and_left_out_when_it_may_not_be() -> None:
    assert shown(FEW).restricted == ["plan.officers.born"]
    without = shown(FEW, restricted=False)
    assert without.data["plan"]["officers"] == [{"name": "n"}, {"name": "m"}]
    assert without.restricted == []


def test_a_star_opens_the_rest_but_not_what_is_named() -> None:
    assert "secret" not in shown(ANYONE, of="loan/Opened").data
    assert shown(ANYONE, of="loan/Opened").data["plan"] == PLAN["plan"]


def test_no_fields_still_says_that_it_happened() -> None:
    assert POLICY.speaks_to(ANYONE, "loan/Ended")
    assert shown(ANYONE, of="loan/Ended").data == {}
    assert not POLICY.speaks_to(FEW, "loan/Ended")


def test_whole_means_that_nothing_was_taken_out() -> None:
    assert not shown(ANYONE).whole
    assert POLICY.shown({"title": "t"}, "loan", ANYONE, restricted=True).whole


def test_a_field_can_be_open_to_some_and_restricted_to_others() -> None:
    assert shown(ANYONE, of="shared").data == {"title": "t", "secret": "s"}
    assert shown(ANYONE, of="shared", restricted=False).data == {"title": "t", "secret": "s"}
    assert shown(FEW, of="shared").restricted == ["plan.cost", "secret"]
    assert shown(FEW, of="shared", restricted=False).data == {}
    assert shown(ANYONE | FEW, of="shared").restricted == ["plan.cost"]


def test_one_key_names_several_procedures_and_several_acts() -> None:
    of = {f"{procedure}/{act}" for procedure in ("loan", "shared") for act in ("Opened", "Closed", "Ended")}
    assert POLICY.subjects == of | {"loan", "shared"}
    assert POLICY.opened["loan/Opened"] == POLICY.opened["shared/Closed"]


def opening(fields: list[str]) -> Policy:
    """A policy that opens these fields of an act to anyone."""
    row = {"to": "anyone", "fields": fields, "why": ""}
    return Policy({"readers": {"anyone": ANYONE}, "case": {}, "acts": {"x": {"X": row}}})


NAMES = st.sampled_from(["a", "b", "c"])
TREES = st.recursive(
    st.integers(),
    lambda inner: st.dictionaries(NAMES, inner, max_size=3) | st.lists(inner, max_size=2),
    max_leaves=8,
)


@given(
    tree=st.dictionaries(NAMES, TREES, max_size=3),
    opened=st.lists(st.lists(NAMES, min_size=1, max_size=3).map(".".join), max_size=4),
)
def test_nothing_leaves_that_no_record_opens(tree: dict[str, Any], opened: list[str]) -> None:
    policy = opening(opened)
    left = policy.shown(tree, "x/X", ANYONE, restricted=True).data
    for path in leaves(left) if left else []:
        assert any(path == name or path.startswith(f"{name}.") for name in opened)
    assert policy.shown(tree, "x/X", FEW, restricted=True).data == {}


def leaves(value: Any, above: str = "") -> list[str]:
    if isinstance(value, dict) and value:
        return [path for name, inner in value.items() for path in leaves(inner, f"{above}.{name}".strip("."))]
    if isinstance(value, list) and any(isinstance(item, dict) and item for item in value):
        return [path for item in value for path in leaves(item, above)]
    return [above]


@pytest.mark.parametrize(
    "value", [{"plan": {}}, {"plan": None}, {"plan": []}, {"plan": ["text", {}, None, {"a": 1}]}]
)
def test_what_is_open_is_shown_whole_whatever_its_shape(value: dict[str, Any]) -> None:
    shown = opening(["plan", "plan.inside"]).shown(value, "x/X", ANYONE, restricted=True)
    assert (shown.data, shown.whole) == (value, True)


@pytest.mark.parametrize("value", ["text", None, 1, [[{"a": 1}]], [], {}])
def test_of_a_mixed_list_what_is_not_open_is_left_out_and_that_is_said(value: Any) -> None:
    mixed = {"plan": [{"inside": 1, "a": 1}, value]}
    shown = opening(["plan.inside"]).shown(mixed, "x/X", ANYONE, restricted=True)
    assert shown.data == {"plan": [{"inside": 1}]}
    alone = opening(["plan.inside"]).shown({"plan": [{"inside": 1}, value]}, "x/X", ANYONE, restricted=True)
    assert (alone.data, alone.whole) == ({"plan": [{"inside": 1}]}, False)


@pytest.mark.parametrize("value", [{"plan": None}, {"plan": []}, {"plan": {}}, {"plan": "text"}])
def test_odd_shapes_do_not_open_anything(value: dict[str, Any]) -> None:
    deep = opening(["plan.inside"])
    assert deep.shown(value, "x/X", ANYONE, restricted=True).data == {}
