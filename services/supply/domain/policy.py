"""The policy for a material (安定供給確保取組方針): drafted, set, published, changed. Art. 8."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec.structs import replace

from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, Parties
from services.platform.law.procedure import Given, Procedure, Stage, refuse_if, rule
from services.platform.law.values import Between, Len, Value
from services.platform.shared.consultation import (
    CONSULTATION_ACTS,
    Consultations,
    consulted_about,
    spent,
)
from services.platform.shared.consultation import evolve as consult
from services.platform.shared.words import Line, Name, Reasons
from services.supply.domain.consulting import consulted_agencies, consulting, minister_of_finance
from services.supply.orders import order_of
from services.supply.plans.model import EffortKind
from services.supply.roles import OFFICIAL, asked_about, before


class PolicyEffort(Value):
    """A kind of effort, what it is to do, and for how many months at least or by which day (8(2)(iii))."""

    kind: EffortKind
    content: Reasons
    at_least_months: Annotated[int, Between(1, 600)] | None = None
    by: date | None = None


class Contents(Value):
    """What a policy sets, by the items of Art. 8(2), and of 8(3) for a material of Art. 44(1)."""

    direction: Reasons
    measures: Reasons
    efforts: Annotated[tuple[PolicyEffort, ...], Len(1, 50)]
    support: Reasons
    special_designation: Reasons
    considerations: Reasons
    other: Reasons | None = None
    special_measures: Reasons | None = None


@leaves("restricted")
class PolicyDrafted(Act):
    """A policy for a material, or a change of it, was drafted."""

    material: str
    ministries: tuple[str, ...]
    contents: Contents
    on: date


@leaves("public", "material", "on")
class PolicySet(Act):
    """The policy was set (8(1)), or changed (8(6))."""

    material: str
    contents: Contents
    on: date


@leaves("public", "where", "on")
class PolicyPublished(Act):
    """The policy was published (公表, 8(5))."""

    where: str
    on: date


class Version(Value):
    """A policy as set on a day, and when it was published."""

    contents: Contents
    set_on: date
    published_on: date | None = None
    where: str = ""


class Policy(Value):
    """The policy for a material with its history."""

    material: str | None = None
    ministries: tuple[str, ...] = ()
    draft: Contents | None = None
    versions: tuple[Version, ...] = ()
    consultations: Consultations = ()


def evolve(state: Policy, act: Act) -> Policy:
    """The policy after `act`."""
    if isinstance(act, CONSULTATION_ACTS):
        return replace(state, consultations=consult(state.consultations, act))
    match act:
        case PolicyDrafted():
            return replace(state, material=act.material, ministries=act.ministries, draft=act.contents)
        case PolicySet():
            versions = (*state.versions, Version(act.contents, act.on))
            return replace(state, draft=None, versions=versions, consultations=spent(state.consultations))
        case PolicyPublished():
            *earlier, last = state.versions
            published = replace(last, published_on=act.on, where=act.where)
            return replace(state, versions=(*earlier, published))
    raise TypeError(f"{type(act).__name__} is no act of a policy")


def parties(state: Policy) -> Parties:
    """The ministries of the material, and those consulted."""
    if state.material is None:
        return NOBODY
    return before(state.ministries, asked_about(consulted_agencies(state.consultations)))


policy: Procedure[Policy] = Procedure(
    name="policy",
    title="Policy for a material",
    title_ja="安定供給確保取組方針",
    initial=Policy(),
    evolve=evolve,
    acts=(PolicyDrafted, PolicySet, PolicyPublished, *CONSULTATION_ACTS),
    parties=parties,
    stages=(
        Stage(
            "Drafted",
            "A draft waits for its consultation",
            "案の作成",
            "8(4)",
            lambda s: s.draft is not None,
            then=("AwaitPublication",),
        ),
        Stage(
            "AwaitPublication",
            "Set, and to be published without delay",
            "公表待ち",
            "8(5)",
            lambda s: bool(s.versions) and s.versions[-1].published_on is None,
            then=("Published", "Drafted"),
        ),
        Stage("Published", "Published", "公表済み", "8(5)", lambda _: True, then=("Drafted",)),
    ),
)


@rule("no_draft", "8(1)")
def drafted(state: Policy, _: Given) -> bool:
    """There is a draft that has not been set."""
    return state.draft is not None


@rule("nothing_awaits_publication", "8(5)")
def unpublished(state: Policy, _: Given) -> bool:
    """The policy was set and has not been published."""
    return bool(state.versions) and state.versions[-1].published_on is None


class DraftPolicy(Value):
    """For which material, and what the policy is to set."""

    material: Name
    contents: Contents

    @property
    def parties(self) -> Parties:
        """The ministries of the material."""
        return before(order_of(self.material).ministries)


@policy.act("8(1), (2)", by=[OFFICIAL], opens=True)
def draft_policy(_: Policy, command: DraftPolicy, given: Given) -> Acts:
    """Draft the policy for a material."""
    refuse_vague(command.contents)
    ministries = order_of(command.material).ministries
    yield PolicyDrafted(command.material, ministries, command.contents, given.today)


class RedraftPolicy(Value):
    """What the policy is to set from now on, whole."""

    contents: Contents


@policy.act("8(1), (6)", by=[OFFICIAL])
def redraft_policy(state: Policy, command: RedraftPolicy, given: Given) -> Acts:
    """Draft the policy anew, or a change of it."""
    refuse_vague(command.contents)
    assert state.material is not None
    yield PolicyDrafted(state.material, state.ministries, command.contents, given.today)


class SetPolicy(Value):
    """Setting says nothing more than that the draft is the policy from today."""


@policy.act("8(1), (4), (6)", by=[OFFICIAL], when=[drafted, consulted_about("policy", "8(4)")])
def set_policy(state: Policy, _: SetPolicy, given: Given) -> Acts:
    """Set the policy, after consulting the Prime Minister, the Minister of Finance and others concerned."""
    assert state.material is not None
    assert state.draft is not None
    yield PolicySet(state.material, state.draft, given.today)


class PublishPolicy(Value):
    """Where it was published."""

    where: Line


@policy.act("8(5), (6)", by=[OFFICIAL], when=[unpublished])
def publish_policy(_: Policy, command: PublishPolicy, given: Given) -> Acts:
    """Publish the policy without delay (公表)."""
    yield PolicyPublished(command.where, given.today)


policy.apply(consulting("8(4)", when=[drafted], always=minister_of_finance))


def refuse_vague(contents: Contents) -> None:
    """Refuse a policy that sets neither a period nor a deadline for an effort."""
    vague = [one.kind for one in contents.efforts if one.at_least_months is None and one.by is None]
    refuse_if(bool(vague), "effort_without_term", "8(2)(iii)", efforts=", ".join(vague))
