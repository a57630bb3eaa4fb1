"""Requests for an investigation under the Customs Tariff Act (調査の求め): Art. 30; Cabinet Order Art. 7."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec.structs import replace

from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, Parties
from services.platform.law.procedure import Given, Procedure, Refusal, Stage, end, refuse_if, rule
from services.platform.law.values import Len, Value
from services.platform.shared.words import Line, Name, Reasons
from services.supply.orders import material_on, order_of
from services.supply.plans.model import Country, Paper
from services.supply.roles import CUSTOMS, MOF, OFFICIAL, before

Kind = Literal["subsidised_imports", "dumping", "circumvention", "surge"]
ARTICLES: dict[Kind, tuple[str, str, date]] = {
    "subsidised_imports": ("30(1)", "Customs Tariff Act, Art. 7(6)", date(2022, 8, 1)),
    "dumping": ("30(2)", "Customs Tariff Act, Art. 8(5)", date(2022, 8, 1)),
    "circumvention": ("30(3)", "Customs Tariff Act, Art. 8-2(4)", date(2026, 4, 1)),
    "surge": ("30(4)", "Customs Tariff Act, Art. 9(6)", date(2022, 8, 1)),
}
"""By kind: the paragraph, the investigation, and since when it can be had (30(3): Act No. 5 of 2026)."""


class Evidence(Value):
    """A piece of evidence: what it shows, its paper, and why it is to be kept confidential, if it is."""

    shows: Reasons
    paper: Paper
    confidential_because: Reasons | None = None


@leaves("restricted")
class TariffInvestigationAsked(Act):
    """The Minister of Finance was asked for an investigation, with the evidence (30)."""

    kind: Kind
    material: str
    ministries: tuple[str, ...]
    industry: str
    goods: str
    countries: tuple[str, ...]
    facts: str
    injury: str
    not_excepted: str | None
    necessity: str
    evidence: tuple[Evidence, ...]
    on: date


@leaves("restricted")
class TariffInvestigationDecided(Act):
    """It was decided whether the investigation is opened."""

    opened: bool
    reasons: str
    on: date


@leaves("public", "summary", "where", "on")
class TariffRequestPublished(Act):
    """The request and an outline of its facts were published, the investigation being opened (30(5))."""

    summary: str
    where: str
    on: date


class TariffRequest(Value):
    """A request for an investigation as it stands."""

    asked: TariffInvestigationAsked | None = None
    decided: TariffInvestigationDecided | None = None
    published: TariffRequestPublished | None = None


def evolve(state: TariffRequest, act: Act) -> TariffRequest:
    """The request after `act`."""
    match act:
        case TariffInvestigationAsked():
            return TariffRequest(asked=act)
        case TariffInvestigationDecided():
            return replace(state, decided=act)
        case TariffRequestPublished():
            return replace(state, published=act)
    raise TypeError(f"{type(act).__name__} is no act of a request under Art. 30")


def _parties(ministries: tuple[str, ...]) -> Parties:
    return before(ministries, {CUSTOMS: MOF})


tariff_request: Procedure[TariffRequest] = Procedure(
    name="tariff-request",
    title="Request for an investigation under the Customs Tariff Act",
    title_ja="関税定率法に基づく調査の求め",
    initial=TariffRequest(),
    evolve=evolve,
    acts=(TariffInvestigationAsked, TariffInvestigationDecided, TariffRequestPublished),
    parties=lambda s: _parties(s.asked.ministries) if s.asked else NOBODY,
    stages=(
        end(
            "NotOpened",
            "No investigation is opened",
            "調査不開始",
            "30",
            lambda s: s.decided is not None and not s.decided.opened,
        ),
        end("Published", "Opened, and published", "公表済み", "30(5)", lambda s: s.published is not None),
        Stage(
            "AwaitPublication",
            "Opened; the request is to be published",
            "公表待ち",
            "30(5)",
            lambda s: s.decided is not None,
            then=("Published",),
        ),
        Stage(
            "AwaitDecision",
            "The Minister of Finance decides whether to investigate",
            "調査開始の決定待ち",
            "30",
            lambda _: True,
            then=("AwaitPublication", "NotOpened"),
        ),
    ),
)


@rule("tariff_request_decided", "30")
def undecided(state: TariffRequest, _: Given) -> bool:
    """It has not been decided whether to investigate."""
    return state.decided is None


@rule("nothing_awaits_publication", "30(5)")
def to_be_published(state: TariffRequest, _: Given) -> bool:
    """The investigation is opened, and the request has not been published."""
    return state.decided is not None and state.decided.opened and state.published is None


class AskTariffInvestigation(Value):
    """Of which kind, for which industry and goods from where, and the facts with their evidence.

    `not_excepted`, of circumvention alone: that the case of Customs Tariff Act Art. 8-2(2)(i) is not there.
    """

    kind: Kind
    material: Name
    industry: Reasons
    goods: Reasons
    countries: Annotated[tuple[Country, ...], Len(1, 50)]
    facts: Reasons
    injury: Reasons
    necessity: Reasons
    evidence: Annotated[tuple[Evidence, ...], Len(1, 100)]
    not_excepted: Reasons | None = None

    @property
    def parties(self) -> Parties:
        """The ministries of the material, and the Minister of Finance."""
        return _parties(order_of(self.material).ministries)


@tariff_request.act("30(1), (2), (3), (4); Cabinet Order 394 of 2022, Art. 7", by=[OFFICIAL], opens=True)
def ask_tariff_investigation(_: TariffRequest, command: AskTariffInvestigation, given: Given) -> Acts:
    """Ask the Minister of Finance for an investigation, handing in the evidence."""
    article, _investigation, since = ARTICLES[command.kind]
    refuse_if(given.today < since, "not_yet_in_force", article, since=since)
    material_on(command.material, given.today)
    if command.kind == "circumvention" and command.not_excepted is None:
        raise Refusal("exception_not_excluded", article)
    yield TariffInvestigationAsked(
        command.kind,
        command.material,
        order_of(command.material).ministries,
        command.industry,
        command.goods,
        command.countries,
        command.facts,
        command.injury,
        command.not_excepted,
        command.necessity,
        command.evidence,
        given.today,
    )


class DecideTariffInvestigation(Value):
    """Whether it is opened, and why."""

    opened: bool
    reasons: Reasons


@tariff_request.act("30(5)", by=[CUSTOMS], when=[undecided])
def decide_tariff_investigation(_: TariffRequest, command: DecideTariffInvestigation, given: Given) -> Acts:
    """Tell whether the investigation is opened."""
    yield TariffInvestigationDecided(command.opened, command.reasons, given.today)


class PublishTariffRequest(Value):
    """The outline of the facts as it is published, and where; nothing confidential is in it."""

    summary: Reasons
    where: Line


@tariff_request.act("30(5)", by=[OFFICIAL], when=[to_be_published])
def publish_tariff_request(_: TariffRequest, command: PublishTariffRequest, given: Given) -> Acts:
    """Publish that the request was made, and an outline of its facts."""
    yield TariffRequestPublished(command.summary, command.where, given.today)
