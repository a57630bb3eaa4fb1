"""Requests for material (資料の提供等の求め): of members and of the think tank (62(6)).

Whoever is asked shall endeavour to comply: who cannot says why. The Act sets no day, so the council does.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec.structs import replace

from services.council.domain.vocabulary import (
    CABINET_OFFICE,
    CaseId,
    Paper,
    Papers,
    PassDay,
    Reasons,
    Text,
    refuse_past,
)
from services.council.roles import (
    MEMBERS,
    ORGANISERS,
    PRIME_MINISTER,
    RESEARCH_MINISTER,
    THINK_TANK,
    MemberKind,
    role_of,
    speaks,
)
from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, THE_CLOCK, Parties, Role
from services.platform.law.procedure import Given, Procedure, Stage, end, rule
from services.platform.law.values import AtLeast, Value
from services.statute import end_of

Help = Literal["material", "explanation", "opinion", "other"]
"""資料の提供、説明、意見の表明その他の協力."""


class Asked(Value):
    """Who is asked: a member, or a think tank that is none."""

    kind: MemberKind
    id: str
    name: str
    member: int | None = None

    @property
    def role(self) -> Role:
        """The role in which it stands in the request."""
        return THINK_TANK if self.member is None else role_of(self.kind)


@leaves("restricted", "council", "due")
class MaterialRequested(Act):
    """A council asked for material, an explanation, an opinion or other help, by a day."""

    council: str
    ministry: str
    fund: bool
    of: Asked
    help: Help
    request: str
    due: date
    on: date


@leaves("restricted", "council")
class MaterialProvided(Act):
    """What was asked for was given; whether late follows from its day."""

    council: str
    given: str
    papers: tuple[Paper, ...]
    late: bool
    on: date


@leaves("restricted", "council")
class MaterialRefused(Act):
    """Whoever was asked could not comply, and said why."""

    council: str
    reasons: str
    on: date


@leaves("restricted", "council")
class MaterialOverdue(Act):
    """The day set has passed without an answer."""

    council: str
    due: date


class Request(Value):
    """A request and what came of it."""

    asked: MaterialRequested | None = None
    provided: MaterialProvided | None = None
    refused: MaterialRefused | None = None
    overdue: bool = False


def evolve(state: Request, act: Act) -> Request:
    """The request after `act`."""
    match act:
        case MaterialRequested():
            return Request(act)
        case MaterialProvided():
            return replace(state, provided=act)
        case MaterialRefused():
            return replace(state, refused=act)
        case MaterialOverdue():
            return replace(state, overdue=True)
    raise TypeError(f"{type(act).__name__} is no act of a request for material")


def between(ministry: str, fund: bool, of: Asked) -> Parties:
    """Whose case it is: the organisers' and that of whoever is asked."""
    held: dict[Role, list[str]] = {RESEARCH_MINISTER: [ministry]}
    if fund:
        held[PRIME_MINISTER] = [CABINET_OFFICE]
    held.setdefault(of.role, []).append(of.id)
    return Parties.of(held)


material_request: Procedure[Request] = Procedure(
    name="material-request",
    title="Request for material",
    title_ja="資料の提供等の求め",
    initial=Request(),
    evolve=evolve,
    acts=(MaterialRequested, MaterialProvided, MaterialRefused, MaterialOverdue),
    parties=lambda s: between(s.asked.ministry, s.asked.fund, s.asked.of) if s.asked else NOBODY,
    stages=(
        end("Provided", "Provided", "提供済み", "62(6)", lambda s: s.provided is not None),
        end(
            "Refused", "Refused with reasons", "理由を付した不提供", "62(6)", lambda s: s.refused is not None
        ),
        Stage(
            "AwaitLateAnswer",
            "The day set has passed without an answer",
            "期限後の回答待ち",
            "62(6)",
            lambda s: s.overdue,
            then=("Provided", "Refused"),
        ),
        Stage(
            "AwaitAnswer",
            "An answer is awaited by the day set",
            "回答待ち",
            "62(6)",
            lambda _: True,
            until=lambda s: end_of(s.asked.due) if s.asked else None,
            then=("Provided", "Refused", "AwaitLateAnswer"),
        ),
    ),
)

# ---- The rules ----


@rule("request_answered", "62(6)")
def not_answered(state: Request, _: Given) -> bool:
    """Nobody has answered."""
    return state.provided is None and state.refused is None


@rule("not_asked_of_you", "62(6)")
def asked_of_whom(state: Request, given: Given) -> bool:
    """The answer is given by whoever was asked."""
    asked = state.asked
    if asked is None:
        return False
    if asked.of.member is None:
        return THINK_TANK.matches(given.by, (asked.of.id,))
    return speaks(asked.of.kind, asked.of.id, given.by)


@rule("answer_not_overdue", "62(6)", explain=lambda state, _: {"due": state.asked.due})
def day_has_passed(state: Request, given: Given) -> bool:
    """The day set has passed without an answer, and nobody has recorded that."""
    asked = state.asked
    return asked is not None and not state.overdue and given.today > asked.due


# ---- The powers ----


class RequestMaterial(Value):
    """In which council, of which member (or of the think tank of which commission), what, and by when."""

    council: CaseId
    help: Help
    request: Reasons
    due: date
    member: Annotated[int, AtLeast(1)] | None = None
    commission: CaseId | None = None


class Requesting(Value):
    """A request beside who it is made of, and whose council it is."""

    request: RequestMaterial
    of: Asked
    ministry: str
    fund: bool

    @property
    def parties(self) -> Parties:
        """The organisers, and whoever is asked."""
        return between(self.ministry, self.fund, self.of)


@material_request.act("62(6)", by=ORGANISERS, opens=True)
def request_material(_: Request, command: Requesting, given: Given) -> Acts:
    """Ask for material, an explanation, an opinion or other help that the consultation needs."""
    asked = command.request
    refuse_past(asked.due, given, "62(6)")
    yield MaterialRequested(
        asked.council,
        command.ministry,
        command.fund,
        command.of,
        asked.help,
        asked.request,
        asked.due,
        given.today,
    )


class ProvideMaterial(Value):
    """The material, explanation or opinion, and its papers."""

    given: Text
    papers: Papers = ()


@material_request.act("62(6)", by=[*MEMBERS, THINK_TANK], when=[not_answered, asked_of_whom])
def provide_material(state: Request, command: ProvideMaterial, given: Given) -> Acts:
    """Give what was asked for; a late answer is taken, and recorded as late."""
    assert state.asked is not None
    late = given.today > state.asked.due
    yield MaterialProvided(state.asked.council, command.given, command.papers, late, given.today)


class RefuseMaterial(Value):
    """Why the request cannot be complied with."""

    reasons: Reasons


@material_request.act("62(6)", by=[*MEMBERS, THINK_TANK], when=[not_answered, asked_of_whom])
def refuse_material(state: Request, command: RefuseMaterial, given: Given) -> Acts:
    """Say why the request cannot be complied with: there is a duty to endeavour, not more."""
    assert state.asked is not None
    yield MaterialRefused(state.asked.council, command.reasons, given.today)


@material_request.act("62(6)", by=[THE_CLOCK], when=[not_answered, day_has_passed])
def note_silence(state: Request, _: PassDay, __: Given) -> Acts:
    """Record that the day set has passed without an answer."""
    assert state.asked is not None
    yield MaterialOverdue(state.asked.council, state.asked.due)
