"""Needs (ニーズ) of those who will use a result, met by seeds (シーズ), and followed to measures.

Part of the State's support (61) and of what a council consults about (62(4)(i), (ii)): ministries and
businesses that may use the result say what they need; researchers answer; regulation, standards and
procurement follow.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec.structs import replace

from services.council.domain.council.members import Number
from services.council.domain.vocabulary import (
    CABINET_OFFICE,
    Agency,
    CaseId,
    Line,
    Name,
    Reasons,
    Text,
    refuse_past,
)
from services.council.roles import (
    NEEDS_AGENCY,
    NEEDS_OWNER,
    ORGANISERS,
    PRIME_MINISTER,
    PRINCIPAL,
    RESEARCH_MINISTER,
)
from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, OrganisationId, Parties
from services.platform.law.procedure import Given, Procedure, Refusal, Stage, end, refuse_if, rule
from services.platform.law.values import Value

Use = Literal["civilian", "public"]
"""民生利用 or 公的利用."""
Means = Literal["regulation", "standardisation", "procurement", "other"]
"""By which measure an answer becomes real."""
OWNERS = (NEEDS_AGENCY, NEEDS_OWNER)


@leaves("restricted")
class NeedPosted(Act):
    """Somebody who may use a result said what is needed."""

    ministry: str
    agency: str | None
    organisation: str | None
    title: str
    need: str
    technology: str
    use: Use
    on: date


@leaves("restricted")
class SeedMatched(Act):
    """A project was found that may meet the need; its principal researcher is asked."""

    seed: int
    council: str
    project_id: str
    principal: str
    why: str
    on: date


@leaves("restricted")
class NeedAnswered(Act):
    """The principal researcher of a matched project answered."""

    seed: int
    answer: str
    can_meet: bool
    on: date


@leaves("restricted")
class MeasurePlanned(Act):
    """A measure is to follow: who takes it, by when, by which means."""

    measure: int
    means: Means
    agency: str
    what: str
    due: date | None
    on: date


@leaves("restricted")
class MeasureReported(Act):
    """How far a measure has come."""

    measure: int
    report: str
    done: bool
    on: date


@leaves("restricted")
class NeedClosed(Act):
    """The need was met, or is followed no longer."""

    met: bool
    reasons: str
    on: date


class Seed(Value):
    """A project that may meet the need, and what its principal researcher answered."""

    number: int
    council: str
    project_id: str
    principal: str
    why: str
    answer: str | None = None
    can_meet: bool | None = None


class Measure(Value):
    """A measure that is to follow, and how far it has come."""

    number: int
    means: Means
    agency: str
    what: str
    due: date | None
    reports: tuple[str, ...] = ()
    done_on: date | None = None


class Need(Value):
    """A need, what was offered for it, and what follows."""

    posted: NeedPosted | None = None
    seeds: tuple[Seed, ...] = ()
    measures: tuple[Measure, ...] = ()
    closed: NeedClosed | None = None


def evolve(state: Need, act: Act) -> Need:
    """The need after `act`."""
    match act:
        case NeedPosted():
            return Need(act)
        case SeedMatched():
            seed = Seed(act.seed, act.council, act.project_id, act.principal, act.why)
            return replace(state, seeds=(*state.seeds, seed))
        case NeedAnswered():
            answered = (
                replace(one, answer=act.answer, can_meet=act.can_meet) if one.number == act.seed else one
                for one in state.seeds
            )
            return replace(state, seeds=tuple(answered))
        case MeasurePlanned():
            planned = Measure(act.measure, act.means, act.agency, act.what, act.due)
            return replace(state, measures=(*state.measures, planned))
        case MeasureReported():
            reported = (
                replace(one, reports=(*one.reports, act.report), done_on=act.on if act.done else None)
                if one.number == act.measure
                else one
                for one in state.measures
            )
            return replace(state, measures=tuple(reported))
        case NeedClosed():
            return replace(state, closed=act)
    raise TypeError(f"{type(act).__name__} is no act of a need")


def posted_by(
    ministry: str, agency: str | None, organisation: str | None, seeds: tuple[Seed, ...] = ()
) -> Parties:
    """Whose case a need is: its owner's, the organisers', and the principal researchers' who are asked."""
    return Parties.of(
        {
            RESEARCH_MINISTER: ministry,
            PRIME_MINISTER: CABINET_OFFICE,
            NEEDS_AGENCY: agency,
            NEEDS_OWNER: organisation,
            PRINCIPAL: [one.principal for one in seeds],
        }
    )


def parties(state: Need) -> Parties:
    """Whose case it is."""
    posted = state.posted
    if posted is None:
        return NOBODY
    return posted_by(posted.ministry, posted.agency, posted.organisation, state.seeds)


need: Procedure[Need] = Procedure(
    name="need",
    title="Need of those who will use a result",
    title_ja="社会実装の担い手のニーズ",
    initial=Need(),
    evolve=evolve,
    acts=(NeedPosted, SeedMatched, NeedAnswered, MeasurePlanned, MeasureReported, NeedClosed),
    parties=parties,
    stages=(
        end("Closed", "Closed", "終了", "62(4)(ii)", lambda s: s.closed is not None),
        Stage(
            "Followed",
            "Measures follow",
            "措置の進捗管理",
            "62(4)(ii)",
            lambda s: bool(s.measures),
            then=("Closed",),
        ),
        Stage(
            "Answered",
            "A researcher has answered",
            "回答済み",
            "62(4)(i)",
            lambda s: any(one.answer is not None for one in s.seeds),
            then=("Followed", "Closed"),
        ),
        Stage(
            "Matched",
            "Matched with a seed: an answer is awaited",
            "シーズとの照合",
            "62(4)(i)",
            lambda s: bool(s.seeds),
            then=("Answered", "Followed", "Closed"),
        ),
        Stage(
            "Posted",
            "Posted: no seed was found yet",
            "登録",
            "62(4)(i)",
            lambda _: True,
            then=("Matched", "Followed", "Closed"),
        ),
    ),
    crowded=True,
)

# ---- The rules ----


@rule("need_closed", "62(4)(ii)")
def open_(state: Need, _: Given) -> bool:
    """The need is followed."""
    return state.closed is None


# ---- The powers ----


class PostNeed(Value):
    """Of which R&D minister; whose need it is (an agency's or a business's), what, and for which use."""

    ministry: Agency
    title: Line
    need: Text
    technology: Name
    use: Use
    agency: Agency | None = None
    organisation: OrganisationId | None = None

    @property
    def parties(self) -> Parties:
        """The owner and the organisers."""
        return posted_by(self.ministry, self.agency, self.organisation)


@need.act("62(4)(i)", by=OWNERS, opens=True)
def post_need(_: Need, command: PostNeed, given: Given) -> Acts:
    """Say what is needed, as who may use the result."""
    one = (command.agency is None) != (command.organisation is None)
    refuse_if(not one, "one_owner_of_a_need")
    yield NeedPosted(
        command.ministry,
        command.agency,
        command.organisation,
        command.title,
        command.need,
        command.technology,
        command.use,
        given.today,
    )


class MatchSeed(Value):
    """The council of the project that may meet the need, and why it may."""

    council: CaseId
    why: Reasons


class Matching(Value):
    """A match beside the project and its principal researcher."""

    match: MatchSeed
    project_id: str
    principal: str


@need.act("62(4)(i)", by=ORGANISERS, when=[open_])
def match_seed(state: Need, command: Matching, given: Given) -> Acts:
    """Match the need with a seed (シーズ) from a project."""
    twice = any(one.council == command.match.council for one in state.seeds)
    refuse_if(twice, "seed_already_matched")
    yield SeedMatched(
        len(state.seeds) + 1,
        command.match.council,
        command.project_id,
        command.principal,
        command.match.why,
        given.today,
    )


class AnswerNeed(Value):
    """For which seed, what the research can do, and whether that meets the need."""

    seed: Number
    answer: Text
    can_meet: bool


@need.act("62(4)(i)", by=[PRINCIPAL], when=[open_])
def answer_need(state: Need, command: AnswerNeed, given: Given) -> Acts:
    """Answer, as the principal researcher of a matched project; a later answer stands for an earlier one."""
    mine = any((one.number, one.principal) == (command.seed, given.by.subject) for one in state.seeds)
    refuse_if(not mine, "no_such_seed", number=command.seed)
    yield NeedAnswered(command.seed, command.answer, command.can_meet, given.today)


class PlanMeasure(Value):
    """By which means, by which agency, what, and by when."""

    means: Means
    agency: Agency
    what: Reasons
    due: date | None = None


@need.act("62(4)(ii)", by=[*ORGANISERS, NEEDS_AGENCY], when=[open_])
def plan_measure(state: Need, command: PlanMeasure, given: Given) -> Acts:
    """Plan a measure of regulation, standardisation or procurement that is to follow."""
    if command.due is not None:
        refuse_past(command.due, given, "62(4)(ii)")
    number = len(state.measures) + 1
    yield MeasurePlanned(number, command.means, command.agency, command.what, command.due, given.today)


class ReportMeasure(Value):
    """How far a measure has come, and whether it is done."""

    measure: Number
    report: Reasons
    done: bool = False


@need.act("62(4)(ii)", by=[*ORGANISERS, NEEDS_AGENCY], when=[open_])
def report_measure(state: Need, command: ReportMeasure, given: Given) -> Acts:
    """Report on a measure."""
    found = next((one for one in state.measures if one.number == command.measure), None)
    if found is None:
        raise Refusal("no_such_follow_up", number=command.measure)
    refuse_if(found.done_on is not None, "follow_up_done", number=command.measure)
    yield MeasureReported(command.measure, command.report, command.done, given.today)


class CloseNeed(Value):
    """Whether the need was met, and why it is followed no longer."""

    met: bool
    reasons: Reasons


@need.act("62(4)(ii)", by=[*ORGANISERS, *OWNERS], when=[open_])
def close_need(state: Need, command: CloseNeed, given: Given) -> Acts:
    """Close the need; while a measure is under way it is followed on."""
    open_measures = [str(one.number) for one in state.measures if one.done_on is None]
    under_way = command.met and bool(open_measures)
    refuse_if(under_way, "follow_ups_under_way", measures=", ".join(open_measures))
    yield NeedClosed(command.met, command.reasons, given.today)
