"""Whatever is asked of the store, in whatever order: no gap, no half, no doubt."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule
from moto import mock_aws

from services.platform.cases import dynamo
from services.platform.cases.case import Case, Once
from services.platform.cases.history import refold, verify_chain
from services.platform.cases.lists import instant
from services.platform.cases.store import Cases, LostRace
from services.platform.law.procedure import Refusal
from tests.services.platform.conftest import LIBRARIAN, READER, STRANGER, by, create_table, the_clock
from tests.services.platform.loan import Ask, Borrower, GiveBack, Lapse, Lend, Loan, Renew, loans, power

START = datetime(2026, 6, 1, 3, tzinfo=UTC)
COMMANDS: dict[str, Any] = {
    "lend": Lend("n"),
    "renew": Renew(date(2026, 6, 20)),
    "give_back": GiveBack(),
    "fall_due": Lapse(),
}
POWERS = st.sampled_from(sorted(COMMANDS))
PEOPLE = st.sampled_from([READER, STRANGER, LIBRARIAN])


class StoreOfLoans(RuleBasedStateMachine):
    cases = Bundle("cases")

    def __init__(self) -> None:
        super().__init__()
        self.aws = mock_aws()
        self.aws.start()
        create_table()
        self.store: Cases[Loan] = Cases(loans)
        self.now = START
        self.versions: dict[str, int] = {}
        self.answers: dict[tuple[str, str], tuple[str, Any]] = {}

    def teardown(self) -> None:
        self.aws.stop()

    @initialize(target=cases)
    def first(self) -> str:
        return self.opened()

    @rule(target=cases)
    def another(self) -> str:
        return self.opened()

    def opened(self) -> str:
        ask = Ask("6010001000001", "Book", (Borrower("Sun"),), ministry="METI MLIT")
        done = self.store.open(power("ask"), ask, by(READER, at=self.now))
        assert done.case
        self.versions[done.case.id] = 1
        return done.case.id

    @rule(days=st.integers(0, 40))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(case_id=cases, power=POWERS, who=PEOPLE, key=st.sampled_from(["a", "b"]), behind=st.integers(0, 1))
    def someone_acts(self, case_id: str, power: str, who: Any, key: str, behind: int) -> None:
        version = self.versions[case_id]
        digest = f"{case_id} {power}"
        once = Once(who.subject, key, digest)
        given = the_clock(self.now) if power == "fall_due" else by(who, at=self.now)
        kept = self.answers.get((who.subject, key))
        try:
            done = self.store.act(
                case_id,
                loans.powers[power].decide,
                COMMANDS[power],
                given,
                expected=version - behind,
                once=once,
                render=lambda case, _: [case.id, case.version],
            )
        except Refusal as refusal:
            self.rightly_refused(refusal, bool(behind), kept, digest)
            return
        if done.replayed:
            assert kept is not None
            assert (digest, done.answer) == kept
            return
        assert behind == 0
        assert kept is None
        assert done.case
        self.versions[case_id] = done.case.version
        self.answers[who.subject, key] = (digest, done.answer)

    @staticmethod
    def rightly_refused(refusal: Refusal, stale: bool, kept: tuple[str, Any] | None, digest: str) -> None:
        # What was answered under this key is answered again, never refused.
        assert kept is None or kept[0] != digest
        if stale and kept is None:
            assert refusal.code == "version_mismatch"

    @rule(case_id=cases, winner=POWERS, loser=POWERS)
    def two_act_at_once(self, case_id: str, winner: str, loser: str) -> None:
        stale = self.store.load(case_id)
        if self.on(stale, winner) is None:
            return
        self.versions[case_id] += 1
        with pytest.raises(Refusal) as refused:
            self.store.act_on(stale, loans.powers[loser].decide, COMMANDS[loser], self.trigger(loser))
        if isinstance(refused.value, LostRace):
            assert refused.value.facts == {"case_id": case_id, "current": stale.version + 1}

    def on(self, case: Case[Loan], power: str) -> Case[Loan] | None:
        try:
            return self.store.act_on(
                case, loans.powers[power].decide, COMMANDS[power], self.trigger(power)
            ).case
        except Refusal:
            return None

    def trigger(self, power: str) -> Any:
        if power == "fall_due":
            return the_clock(self.now)
        return by(READER if power == "give_back" else LIBRARIAN, at=self.now)

    @precondition(lambda self: self.versions)
    @invariant()
    def the_history_proves_every_case(self) -> None:
        for case_id, version in self.versions.items():
            case, history = self.store.load(case_id), self.store.history(case_id)
            assert [entry.sequence for entry in history] == list(range(1, version + 1))
            assert verify_chain(history, case.head) == case.head
            assert (refold(loans, history), case.version) == (case.state, version)

    @precondition(lambda self: self.versions)
    @invariant()
    def the_lists_show_where_every_case_is(self) -> None:
        held = {case_id: self.store.load(case_id) for case_id in self.versions}
        open_ = {case_id for case_id, case in held.items() if not case.wait.over}
        assert {line.id for _, line in self.store.swept()} == open_
        for ministry in ("METI", "MLIT"):
            queue = dynamo.page(dynamo.table.QUEUE, f"QUEUE#{ministry}", 100, None).items
            assert {line.id for line in queue} == open_
            assert all(line.version == held[line.id].version for line in queue)
        due = {c for c in open_ if (until := held[c].wait.until) and instant(until) <= instant(self.now)}
        assert {line.id for _, line in self.store.swept(self.now)} == due


TestStoreOfLoans = StoreOfLoans.TestCase
TestStoreOfLoans.settings = settings(
    max_examples=12,
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
