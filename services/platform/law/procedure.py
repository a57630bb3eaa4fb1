"""What a statutory procedure is made of: commands in, acts out, or a refusal. Pure.

A *power* is one function that the law gives to someone, declared with its article, who holds it and the rules
that must hold. The same declaration guards the act, fills `allowed_acts` and prints the catalogue of acts, so
that what a person is told they may do and what they are let do cannot differ.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar, cast, get_type_hints

from services.platform.law.access import THE_CLOCK, Parties, Principal, standing
from services.platform.law.values import Value
from services.statute import Deadline, legal_day

S = TypeVar("S")
S_contra = TypeVar("S_contra", contravariant=True)
Act = Any
"""An act (処分・届出等): a frozen dataclass, named in the past tense, declared to its procedure."""
Acts = Iterator[Act]
"""What a power yields, in legal order."""


class Given(Value):
    """The trigger of a command: who gave it, and the instant it reached the government (aware, UTC)."""

    at: datetime
    by: Principal

    @property
    def today(self) -> date:
        """The legal day of the trigger, in Asia/Tokyo."""
        return legal_day(self.at)


class Refusal(Exception):  # noqa: N818 - the law's word for it; it is an answer, not a fault
    """A command the law does not allow now.

    `code` is listed in problems.toml with its HTTP status and its text in Japanese and English; `facts` fill
    that text; `see` are the deadlines that explain it.
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
    by: tuple[str, ...]
    when: tuple[Rule[S], ...]
    opens: bool
    decide: Callable[[S, Any, Given], Acts]

    @property
    def command(self) -> type:
        """What it is used with: a frozen dataclass, as its function declares it."""
        # Looked up when asked for: resolving the annotations of every power takes a tenth of a start.
        return cast(type, get_type_hints(self.decide)[list(inspect.signature(self.decide).parameters)[1]])

    def check(self, state: S, parties: Parties, given: Given) -> None:
        """Raise `Refusal` unless `given.by` holds this power and every rule of it holds."""
        refuse_if(not standing(given.by, parties) & set(self.by), "not_your_act", self.article, act=self.name)
        for condition in self.when:
            condition.check(state, given)


class Wait(Value):
    """A stage the law waits in, and the instant (aware, UTC) at which waiting ends by law, if it does.

    `over` says that nothing more can follow by time or by machine: the case leaves the queue and the sweeper.
    """

    stage: str
    until: datetime | None = None
    over: bool = False


@dataclass(slots=True)
class Procedure(Generic[S]):
    """A statutory procedure: its empty state, how acts change it, and the powers the law gives in it."""

    name: str
    """In lower case with hyphens; prefix of its case ids: `notification-01J…`."""
    initial: S
    evolve: Callable[[S, Act], S]
    acts: tuple[type, ...]
    """Every act it can record."""
    parties: Callable[[S], Parties]
    wait: Callable[[S], Wait]
    """The stage it is in. A stage without an end by law has `until=None`."""
    deadlines: Callable[[S], Sequence[Deadline]]
    """The legal clock of a case, soonest first: what still runs or has run, never a stored date."""
    powers: dict[str, Power[S]] = field(default_factory=dict)
    notes: Callable[[S], Iterable[Act]] = lambda _: ()
    """Acts that follow of themselves from the state a command leads to, recorded with the command's own."""
    silences: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Acts of the clock by which a period ends in silence, and which periods: each earns a certificate."""

    def act(
        self, article: str, *, by: Iterable[str], when: Iterable[Rule[S]] = (), opens: bool = False
    ) -> Callable[[Callable[[S, Any, Given], Acts]], Callable[[S, Any, Given], Acts]]:
        """Declare the function a power of `article`, held by the roles `by` while the rules `when` hold.

        `opens` marks the power that starts a case; its command then has a `parties` property.
        """

        def declare(decide: Callable[[S, Any, Given], Acts]) -> Callable[[S, Any, Given], Acts]:
            power = Power(decide.__name__, article, tuple(by), tuple(when), opens, decide)
            self.powers[power.name] = power
            return decide

        return declare

    def decide(self, state: S, power: str, command: Any, given: Given) -> tuple[Act, ...]:
        """The acts that `command` brings about. Raises `Refusal`, and then nothing has happened."""
        held = self.powers[power]
        opened = state != self.initial
        refuse_if(held.opens and opened, "already_open", held.article, act=power)
        refuse_if(not held.opens and not opened, "no_such_case")
        held.check(state, command.parties if held.opens else self.parties(state), given)
        acts = tuple(held.decide(state, command, given))
        return (*acts, *self.notes(self.fold(acts, state)))

    def fold(self, acts: Iterable[Act], state: S | None = None) -> S:
        """The state after `acts`."""
        folded = self.initial if state is None else state
        for act in acts:
            folded = self.evolve(folded, act)
        return folded

    def allowed(self, state: S, given: Given) -> tuple[str, ...]:
        """The powers `given.by` may use on this case at that instant, in the order the law lists them."""
        parties = self.parties(state)

        def may(power: Power[S]) -> bool:
            try:
                power.check(state, parties, given)
            except Refusal:
                return False
            return True

        return tuple(
            name
            for name, power in self.powers.items()
            if not power.opens and THE_CLOCK not in power.by and may(power)
        )
