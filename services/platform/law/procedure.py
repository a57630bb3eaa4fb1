"""What a statutory procedure is made of: commands in, acts out, or a refusal. Pure.

A *power* is one function that the law gives to someone, declared with its article, who holds it and the rules
that must hold. A *stage* is where the law waits: when a case is in it, its end by law if it has one, and
which stages follow. The same declarations guard the acts, fill `allowed_acts`, make the machines and the
documents, so that what a person is told and what happens cannot differ.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar, cast, get_type_hints

from services.platform.law.acts import Act, Acts, read_act
from services.platform.law.parties import (
    AUDITOR,
    THE_CLOCK,
    Held,
    Parties,
    Principal,
    Role,
    is_organisation,
    standing,
)
from services.platform.law.values import Value
from services.statute import Deadline, legal_day

__all__ = ["Act", "Acts"]

S = TypeVar("S")
S_contra = TypeVar("S_contra", contravariant=True)


class Given(Value):
    """The trigger of a command: who gave it, and the instant it reached the government (aware, UTC)."""

    at: datetime
    by: Principal

    @property
    def today(self) -> date:
        """The legal day of the trigger, in Asia/Tokyo."""
        return legal_day(self.at)


Decide = Callable[[Any, Any, Given], Acts]
"""A power itself: `(state, command, given)` in, acts out; raises `Refusal`."""
D = TypeVar("D", bound=Decide)


class Refusal(Exception):  # noqa: N818 - the law's word for it; it is an answer, not a fault
    """A command the law does not allow now.

    `code` is listed in a `problems.toml` with its HTTP status and its text in Japanese and English; `facts`
    fill that text; `see` are the deadlines that explain it. Where no article is named, it is the power's.
    """

    def __init__(
        self, code: str, article: str | None = None, *, see: Sequence[Deadline] = (), **facts: object
    ) -> None:
        super().__init__(code)
        self.code = code
        self.article = article
        self.see = tuple(see)
        self.facts = facts


def refuse_if(
    condition: bool, code: str, article: str | None = None, *, see: Sequence[Deadline] = (), **facts: object
) -> None:
    """Raise `Refusal` when `condition` holds."""
    if condition:
        raise Refusal(code, article, see=see, **facts)


class Rule(Value, Generic[S_contra]):
    """One condition on which the law lets a power be used, and the refusal when it does not hold."""

    code: str
    article: str | None
    holds: Callable[[S_contra, Given], bool]
    explain: Callable[[S_contra, Given], dict[str, object]] | None = None
    """Facts for the refusal's text; the key `see`, if any, holds its deadlines."""

    def check(self, state: S_contra, given: Given) -> None:
        """Raise `Refusal` when the rule does not hold."""
        if not self.holds(state, given):
            raise Refusal(self.code, self.article, **(self.explain(state, given) if self.explain else {}))  # type: ignore[arg-type]


def rule(
    code: str, article: str | None = None, *, explain: Callable[[Any, Given], dict[str, object]] | None = None
) -> Callable[[Callable[[S, Given], bool]], Rule[S]]:
    """Declare a rule: `@rule("standstill_is_over", "52(3)")` over a function that says when it holds."""
    return lambda holds: Rule(code, article, holds, explain)


class Power(Value, Generic[S]):
    """A power of the law: who may use it, by which article, under which rules."""

    name: str
    article: str
    by: tuple[Role, ...]
    when: tuple[Rule[S], ...]
    opens: bool
    decide: Decide

    @property
    def command(self) -> type[Value]:
        """What it is used with, as its function declares it."""
        # Looked up when asked for: resolving the annotations of every power takes a tenth of a start.
        return cast(
            "type[Value]", get_type_hints(self.decide)[list(inspect.signature(self.decide).parameters)[1]]
        )

    @property
    def of_time(self) -> bool:
        """Whether nobody but the passing of time holds it."""
        return THE_CLOCK in self.by

    def held_by(self, roles: Held) -> Held:
        """Those of `roles` that hold this power."""
        return roles & {role.name for role in self.by}

    def check(self, state: S, roles: Held, given: Given) -> None:
        """Raise `Refusal` unless someone of these `roles` holds this power and every rule of it holds."""
        refuse_if(not self.held_by(roles), "not_your_act", self.article, act=self.name)
        for condition in self.when:
            condition.check(state, given)


class Powers(Generic[S]):
    """Powers of the law: those of a procedure, or some that several procedures have."""

    def __init__(self) -> None:
        self.powers: dict[str, Power[S]] = {}

    def act(
        self, article: str, *, by: Iterable[Role], when: Iterable[Rule[Any]] = (), opens: bool = False
    ) -> Callable[[D], D]:
        """Declare the function a power of `article`, held by the roles `by` while the rules `when` hold.

        `opens` marks the power that starts a case; its command then has a `parties` property.
        """

        def declare(decide: D) -> D:
            name = getattr(decide, "__name__", "")
            self.powers[name] = Power(name, article, tuple(by), tuple(when), opens, decide)
            return decide

        return declare

    def power(self, decide: Decide) -> Power[S]:
        """The power that a function is here."""
        power = self.powers[getattr(decide, "__name__", "")]
        if power.decide is not decide:
            raise LookupError(f"{power.name} is another function here")
        return power

    def apply(self, powers: Powers[Any], via: str = "") -> None:
        """Have these powers too; `via` is the paragraph that applies their articles here, if one does."""
        for name, power in powers.powers.items():
            article = f"{via}, {power.article}" if via else power.article
            self.powers[name] = Power(name, article, power.by, power.when, power.opens, power.decide)


class Stage(Value, Generic[S]):
    """A stage in which the law waits: the first of a procedure's stages whose `when` holds is the case's."""

    name: str
    en: str
    ja: str
    article: str
    when: Callable[[S], bool]
    until: Callable[[S], Deadline | datetime | None] | None = None
    """Its end by law, if it has one: what happens then, the powers of time say."""
    then: tuple[str, ...] = ()
    """The stages that may follow."""
    over: bool = False
    """Whether nothing more can follow by time or by machine."""


class Telling(Value, Generic[S]):
    """Of a case that is told part by part: to whom it is shown as it stands, and as what to everyone else.

    What is shown of a case beside its fields - its stage, the end of that, its clock, its version - follows
    from its state, and would tell what the policy of fields keeps back.
    """

    insiders: tuple[Role, ...]
    """To whom it is shown as it stands; so it is to an auditor."""
    told: Callable[[S, Held, Given], S]
    """The state as those of other standing were told of it, at that instant."""
    clock: tuple[Role, ...] = ()
    """Who besides the insiders is shown its deadlines; they are nobody else's."""
    history: Callable[[Sequence[Any], Held], list[Any]] = lambda entries, _: list(entries)
    """The entries of a history (`act`, `data`) that one of those others was told of, in that order."""

    def whole(self, held: Held) -> bool:
        """Whether someone of that standing is shown the case as it stands."""
        return bool(held & {AUDITOR.name, *(role.name for role in self.insiders)})

    def timed(self, held: Held) -> bool:
        """Whether someone of that standing is shown the deadlines."""
        return self.whole(held) or bool(held & {role.name for role in self.clock})


def end(
    name: str, en: str, ja: str, article: str, when: Callable[[Any], bool], then: tuple[str, ...] = ()
) -> Stage[Any]:
    """A stage in which a case is over, unless somebody takes it up again: `then` it is in one of these."""
    return Stage(name, en, ja, article, when, then=then, over=True)


CONTINUED = "continued"
"""Answered in place of a stage to a machine's execution that another generation has taken over from."""


class Wait(Value):
    """The stage a case is in, and the instant (aware, UTC) at which it ends by law, if it does.

    `over` says that nothing more can follow by time or by machine: the case leaves the queue and the sweeper.
    """

    stage: str
    until: datetime | None = None
    over: bool = False


@dataclass(slots=True, eq=False)
class Procedure(Powers[S]):
    """A statutory procedure: its empty state, how acts change it, its stages, and its powers."""

    name: str
    """In lower case with hyphens; prefix of its case ids: `notification-01J…`."""
    title: str
    title_ja: str
    initial: S
    evolve: Callable[[S, Act], S]
    acts: tuple[type[Act], ...]
    """Every act it can record."""
    parties: Callable[[S], Parties]
    stages: tuple[Stage[S], ...]
    """In the order in which they are asked whether the case is in them."""
    deadlines: Callable[[S], Sequence[Deadline]] = lambda _: ()
    """The legal clock of a case, soonest first: what still runs or has run, never a stored date."""
    fold_version: int = 1
    """Raised when the same acts lead to another state than before: kept snapshots are then made anew."""
    powers: dict[str, Power[S]] = field(default_factory=dict)
    notes: Callable[[S], Iterable[Act]] = lambda _: ()
    """Acts that follow of themselves from the state a command leads to, recorded with the command's own."""
    next_reminder: Callable[[S, date], datetime | None] = lambda _, __: None
    """When somebody is to be reminded next, on the day given or later."""
    telling: Telling[S] | None = None
    """Who is told of its cases part by part; None where everyone who stands in one sees how it stands."""
    crowded: bool = False
    """Whether more can stand in a case than one transaction holds: its places in their lists follow it."""
    silences: Mapping[type[Act], frozenset[str]] = field(default_factory=dict)
    """Acts of the clock by which a period ends in silence, and which periods: each earns a certificate."""
    sealed: bool = False
    """Whether its cases are kept sealed: their acts, their state, and by pseudonyms whose they are."""

    @property
    def timed(self) -> bool:
        """Whether a stage of it ends by law, so that a machine has to wait for the end."""
        return any(stage.until for stage in self.stages)

    def stage(self, state: S) -> Stage[S]:
        """The stage a case is in."""
        return next(stage for stage in self.stages if stage.when(state))

    def wait(self, state: S) -> Wait:
        """The stage a case is in, and when that ends by law if nothing happens."""
        stage = self.stage(state)
        until = stage.until(state) if stage.until else None
        return Wait(stage.name, until.ends_at if isinstance(until, Deadline) else until, stage.over)

    def decide(self, state: S, power: Decide, command: Any, given: Given) -> tuple[Act, ...]:
        """The acts that `command` brings about. Raises `Refusal`, and then nothing has happened."""
        named = self.power(power)
        return self.decide_as(named, self.roles_for(named, state, command, given), state, command, given)

    def roles_for(self, power: Power[S], state: S, command: Any, given: Given) -> Held:
        """The standing in which `given.by` would use a power. Raises `Refusal` when nobody could."""
        opened = state != self.initial
        refuse_if(power.opens and opened, "already_open", power.article, act=power.name)
        refuse_if(not power.opens and not opened, "no_such_case")
        if not power.opens:
            return standing(given.by, self.parties(state))
        parties: Parties = command.parties
        # Organisations are told apart by a number: names are not.
        for one in sorted(parties.by("organisation")):
            refuse_if(not is_organisation(one), "organisation_id_wrong", organisation=one)
        return standing(given.by, parties)

    def decide_as(
        self, power: Power[S], roles: Held, state: S, command: Any, given: Given
    ) -> tuple[Act, ...]:
        """The acts that `command` brings about for someone whose standing is known. Raises `Refusal`."""
        try:
            power.check(state, roles, given)
            acts = tuple(power.decide(state, command, given))
        except Refusal as refusal:
            refusal.article = refusal.article or power.article
            raise
        return (*acts, *self.notes(self.fold(acts, state)))

    def fold(self, acts: Iterable[Act], state: S | None = None) -> S:
        """The state after `acts`."""
        folded = self.initial if state is None else state
        for act in acts:
            folded = self.evolve(folded, act)
        return folded

    def kind(self, name: str) -> type[Act]:
        """The act recorded today under `name`. Raises LookupError."""
        known = next((act for act in self.acts if act.__name__ == name), None)
        if known is None:
            raise LookupError(f"there is no act {name}")
        return known

    def read(self, name: str, version: int, data: dict[str, Any]) -> Act:
        """The act recorded under `name` in that version, as it is today."""
        return read_act(self.acts, name, version, data)

    def usable(self) -> Iterator[Power[S]]:
        """The powers people can use in an open case, in the order the law lists them."""
        return (power for power in self.powers.values() if not power.opens and not power.of_time)

    def allowed(self, state: S, given: Given) -> tuple[str, ...]:
        """The powers `given.by` may use on this case at that instant."""
        return self.allowed_as(standing(given.by, self.parties(state)), state, given)

    def allowed_as(self, roles: Held, state: S, given: Given) -> tuple[str, ...]:
        """The powers someone whose standing is known may use on this case at that instant."""

        def may(power: Power[S]) -> bool:
            try:
                power.check(state, roles, given)
            except Refusal:
                return False
            return True

        return tuple(power.name for power in self.usable() if may(power))
