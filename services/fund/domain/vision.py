"""A research vision (研究開発ビジョン) and the narrowing (絞込み) that leads to it.

The Act asks the State to try to take measures (Art. 61); which technologies are supported is narrowed from
the strengths of Japan, the state of R&D abroad and needs for use, with experts and the think tank
(recommendations of 2022-01-19, 2(1)(ii)(c)). Each choice keeps its reasons and sources. Officials name
technologies; this system names none.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec.structs import replace

from services.fund.data_files import read
from services.fund.roles import CABINET_OFFICE, MINISTRY, PROGRAM_OFFICE
from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, Parties
from services.platform.law.procedure import Given, Procedure, Refusal, Stage, end, refuse_if, rule
from services.platform.law.values import AtLeast, Len, Matching, Value
from services.platform.shared.words import Line, Name, Reasons

Aspect = Literal["strengths", "trends_abroad", "needs"]
"""What is considered when technologies are narrowed (recommendations of 2022-01-19, 2(1)(ii)(c))."""
ASPECTS: tuple[Aspect, ...] = ("strengths", "trends_abroad", "needs")
FoundBy = Literal["think_tank", "expert", "ministry"]
MinistryCode = Annotated[str, Matching(r"[A-Z]{2,12}")]
FieldCode = Annotated[str, Matching(r"[a-z_]{2,40}")]

# ---- What happens ----


@leaves("internal")
class VisionBegun(Act):
    """Work on a research vision began."""

    title: str
    ministries: tuple[str, ...]
    on: date


@leaves("internal")
class NeedPosted(Act):
    """A need of the State (国のニーズ) was stated, with its source."""

    ministry: str
    need: str
    source: str
    on: date


@leaves("internal")
class TechnologyProposed(Act):
    """A technology came under consideration."""

    field: str
    name: str
    on: date


@leaves("internal")
class AspectConsidered(Act):
    """Something was found about a technology: under which aspect, by whom, from which source."""

    technology: int
    aspect: Aspect
    finding: str
    source: str
    found_by: FoundBy
    on: date


@leaves("internal")
class TechnologyChosen(Act):
    """A technology was chosen to be supported with priority, with the reasons."""

    technology: int
    reasons: str
    on: date


@leaves("internal")
class TechnologyDropped(Act):
    """A technology was not chosen, with the reasons."""

    technology: int
    reasons: str
    on: date


class Named(Value):
    """A technology of a published vision, its field, and why it was chosen."""

    field: str
    name: str
    reasons: str


@leaves("public", "title", "technologies", "since")
class VisionPublished(Act):
    """The vision was made public."""

    title: str
    technologies: tuple[Named, ...]
    since: date


class Technology(Value):
    """A technology under consideration: what was found about it, and what was decided."""

    field: str
    name: str
    considered: tuple[AspectConsidered, ...] = ()
    chosen: TechnologyChosen | None = None
    dropped: TechnologyDropped | None = None

    @property
    def decided(self) -> bool:
        """Whether it was chosen or dropped."""
        return self.chosen is not None or self.dropped is not None

    @property
    def missing(self) -> tuple[Aspect, ...]:
        """The aspects under which nothing was found yet."""
        found = {one.aspect for one in self.considered}
        return tuple(aspect for aspect in ASPECTS if aspect not in found)


class Vision(Value):
    """A vision and how its technologies were narrowed."""

    begun: VisionBegun | None = None
    needs: tuple[NeedPosted, ...] = ()
    technologies: tuple[Technology, ...] = ()
    published: VisionPublished | None = None


def evolve(state: Vision, act: Act) -> Vision:
    """The vision after `act`."""
    match act:
        case VisionBegun():
            return replace(state, begun=act)
        case NeedPosted():
            return replace(state, needs=(*state.needs, act))
        case TechnologyProposed():
            return replace(state, technologies=(*state.technologies, Technology(act.field, act.name)))
        case AspectConsidered():
            return _with(state, act.technology, lambda one: replace(one, considered=(*one.considered, act)))
        case TechnologyChosen():
            return _with(state, act.technology, lambda one: replace(one, chosen=act))
        case TechnologyDropped():
            return _with(state, act.technology, lambda one: replace(one, dropped=act))
        case VisionPublished():
            return replace(state, published=act)
    raise TypeError(f"{type(act).__name__} is no act of a vision")


def _with(state: Vision, number: int, change: object) -> Vision:
    assert callable(change)
    technologies = list(state.technologies)
    technologies[number - 1] = change(technologies[number - 1])
    return replace(state, technologies=tuple(technologies))


def parties_of(ministries: tuple[str, ...]) -> Parties:
    """The Prime Minister and the ministries that take part."""
    return Parties.of({PROGRAM_OFFICE: CABINET_OFFICE, MINISTRY: ministries})


vision: Procedure[Vision] = Procedure(
    name="vision",
    title="Research vision",
    title_ja="研究開発ビジョン",
    initial=Vision(),
    evolve=evolve,
    acts=(
        VisionBegun,
        NeedPosted,
        TechnologyProposed,
        AspectConsidered,
        TechnologyChosen,
        TechnologyDropped,
        VisionPublished,
    ),
    parties=lambda state: parties_of(state.begun.ministries) if state.begun else NOBODY,
    stages=(
        end("Published", "Published", "公表済み", "61", lambda s: s.published is not None),
        Stage(
            "Narrowing",
            "Technologies are narrowed",
            "技術の絞込み",
            "61",
            when=lambda _: True,
            then=("Published",),
        ),
    ),
)


@rule("vision_published", "61")
def not_published(state: Vision, _: Given) -> bool:
    """The vision is still being made."""
    return state.published is None


class BeginVision(Value):
    """Its title, and the ministries that take part."""

    title: Name
    ministries: Annotated[tuple[MinistryCode, ...], Len(1, 20)]

    @property
    def parties(self) -> Parties:
        """The Prime Minister and the ministries that take part."""
        return parties_of(self.ministries)


@vision.act("61", by=[PROGRAM_OFFICE], opens=True)
def begin_vision(_: Vision, command: BeginVision, given: Given) -> Acts:
    """Begin a research vision."""
    yield VisionBegun(command.title, command.ministries, given.today)


class PostNeed(Value):
    """A need of the State: of which ministry, what, and where that stands."""

    ministry: MinistryCode
    need: Reasons
    source: Line


@vision.act("61", by=[PROGRAM_OFFICE, MINISTRY], when=[not_published])
def post_need(_: Vision, command: PostNeed, given: Given) -> Acts:
    """State a need for the use of results."""
    refuse_if(given.by.ministry not in (command.ministry, CABINET_OFFICE), "not_your_ministry")
    yield NeedPosted(command.ministry, command.need, command.source, given.today)


class ProposeTechnology(Value):
    """A technology to be considered, in one of the fields that the sources name."""

    field: FieldCode
    name: Name


@vision.act("61", by=[PROGRAM_OFFICE, MINISTRY], when=[not_published])
def propose_technology(state: Vision, command: ProposeTechnology, given: Given) -> Acts:
    """Bring a technology under consideration."""
    known = {row["code"] for row in read("visions")["field"]}
    refuse_if(command.field not in known, "no_such_field", field=command.field)
    twice = any((one.field, one.name) == (command.field, command.name) for one in state.technologies)
    refuse_if(twice, "technology_proposed", name=command.name)
    yield TechnologyProposed(command.field, command.name, given.today)


class ConsiderTechnology(Value):
    """What was found about a technology, under which aspect, from which source and by whom."""

    technology: Annotated[int, AtLeast(1)]
    aspect: Aspect
    finding: Reasons
    source: Line
    found_by: FoundBy


@vision.act("61", by=[PROGRAM_OFFICE, MINISTRY], when=[not_published])
def consider_technology(state: Vision, command: ConsiderTechnology, given: Given) -> Acts:
    """Enter a finding of the think tank, an expert or a ministry about a technology."""
    undecided(state, command.technology)
    yield AspectConsidered(
        command.technology,
        command.aspect,
        command.finding,
        command.source,
        command.found_by,
        given.today,
    )


class DecideTechnology(Value):
    """The technology by its number, and the reasons."""

    technology: Annotated[int, AtLeast(1)]
    reasons: Reasons


@vision.act("61", by=[PROGRAM_OFFICE], when=[not_published])
def choose_technology(state: Vision, command: DecideTechnology, given: Given) -> Acts:
    """Choose a technology, once its strengths, trends abroad and needs have been considered."""
    missing = undecided(state, command.technology).missing
    refuse_if(bool(missing), "not_all_considered", missing=", ".join(missing))
    yield TechnologyChosen(command.technology, command.reasons, given.today)


@vision.act("61", by=[PROGRAM_OFFICE], when=[not_published])
def drop_technology(state: Vision, command: DecideTechnology, given: Given) -> Acts:
    """Leave a technology out, with reasons."""
    undecided(state, command.technology)
    yield TechnologyDropped(command.technology, command.reasons, given.today)


class PublishVision(Value):
    """Nothing more is to be said."""


@vision.act("61", by=[PROGRAM_OFFICE], when=[not_published])
def publish_vision(state: Vision, _: PublishVision, given: Given) -> Acts:
    """Publish the vision with the technologies chosen, once each has been decided on."""
    assert state.begun is not None
    open_still = [one.name for one in state.technologies if not one.decided]
    refuse_if(bool(open_still), "technologies_undecided", names=", ".join(open_still))
    chosen = tuple(Named(one.field, one.name, one.chosen.reasons) for one in state.technologies if one.chosen)
    refuse_if(not chosen, "no_technology_chosen")
    yield VisionPublished(state.begun.title, chosen, given.today)


def undecided(state: Vision, number: int) -> Technology:
    """The technology of that number; refuses `no_such_technology` and `technology_decided`."""
    if number > len(state.technologies):
        raise Refusal("no_such_technology", number=number)
    found = state.technologies[number - 1]
    refuse_if(found.decided, "technology_decided", name=found.name)
    return found
