"""Time stands still until all is idle; deadlines fire in order whatever the order in which they were set."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local.clock import BackwardsError, Clock
from local.waiting import Waiting

START = datetime(2026, 4, 24, tzinfo=UTC)


@given(st.lists(st.integers(0, 500), max_size=40), st.integers(0, 500))
def test_deadlines_fire_in_order_whatever_the_order_of_setting(seconds: list[int], until: int) -> None:
    clock = Clock(START)
    fired: list[tuple[datetime, int]] = []
    for number, after in enumerate(seconds):
        clock.after(after, "d", lambda number=number: fired.append((clock.now(), number)))
    clock.advance(START + timedelta(seconds=until))
    wanted = sorted((after, number) for number, after in enumerate(seconds) if after <= until)
    assert fired == [(START + timedelta(seconds=after), number) for after, number in wanted]
    assert clock.now() == START + timedelta(seconds=until)


@given(st.lists(st.tuples(st.integers(1, 100), st.integers(1, 100)), max_size=20))
def test_what_a_deadline_sets_fires_in_the_same_move_and_in_its_turn(pairs: list[tuple[int, int]]) -> None:
    clock = Clock(START)
    fired: list[datetime] = []

    def first(then: int) -> None:
        fired.append(clock.now())
        clock.after(then, "second", lambda: fired.append(clock.now()))

    for after, then in pairs:
        clock.after(after, "first", lambda then=then: first(then))
    clock.advance(START + timedelta(seconds=200))
    assert fired == sorted(fired)
    assert len(fired) == 2 * len(pairs)


def test_a_cancelled_deadline_does_not_fire() -> None:
    clock = Clock(START)
    deadline = clock.after(1, "cancelled", lambda: pytest.fail("fired"))
    deadline.cancel()
    assert clock.advance(START + timedelta(days=1)) == []


def test_the_clock_never_goes_back() -> None:
    clock = Clock(START)
    with pytest.raises(BackwardsError, match="never goes back") as refused:
        clock.advance(START - timedelta(microseconds=1))
    assert refused.value.now == START
    assert clock.now() == START


def test_time_does_not_move_while_something_is_under_way() -> None:
    clock = Clock(START)
    seen: list[datetime] = []
    clock.hold("work")
    mover = threading.Thread(target=clock.advance, args=(START + timedelta(days=30),))
    mover.start()
    mover.join(0.1)
    seen.append(clock.now())
    clock.release("work")
    mover.join(5)
    assert seen == [START]
    assert clock.now() == START + timedelta(days=30)


def test_every_instant_is_told_before_anything_happens_at_it() -> None:
    clock = Clock(START)
    told: list[datetime] = []
    clock.on_move = told.append
    clock.after(5, "d", lambda: told.append(clock.now()))
    clock.advance(START + timedelta(seconds=9))
    five, nine = START + timedelta(seconds=5), START + timedelta(seconds=9)
    assert told == [five, five, nine]


def test_a_thread_that_waits_thirty_days_lets_time_pass_and_wakes_at_its_instant() -> None:
    clock = Clock(START)
    waiting = Waiting(clock)
    woke: list[tuple[bool, datetime]] = []

    def wait_for(days: float) -> None:
        woke.append((waiting.event().wait(days * 86400), clock.now()))

    for days in (30, 10, 20):
        waiting.thread(target=wait_for, args=(days,)).start()
    clock.advance(START + timedelta(days=40))
    assert woke == [(False, START + timedelta(days=days)) for days in (10, 20, 30)]
    assert clock.holders() == {}


def test_an_event_that_is_set_wakes_its_waiter_at_once_and_its_deadline_is_gone() -> None:
    clock = Clock(START)
    waiting = Waiting(clock)
    event = waiting.event()
    woke: list[tuple[bool, datetime]] = []
    waiting.thread(target=lambda: woke.append((event.wait(100), clock.now()))).start()
    clock.after(7, "set", event.set)
    clock.advance(START + timedelta(seconds=200))
    assert woke == [(True, START + timedelta(seconds=7))]
    assert clock.upcoming() == []


def test_an_abandoned_group_ends_where_it_waits_and_nothing_of_it_is_left() -> None:
    class Work:
        def __init__(self, waiting: Waiting) -> None:
            self.waiting = waiting
            self.finished = False

        def run(self) -> None:
            inner = self.waiting.thread(target=lambda: self.waiting.event().wait(50))
            inner.start()
            inner.join()
            self.finished = True

    clock = Clock(START)
    waiting = Waiting(clock)
    kept, lost = Work(waiting), Work(waiting)
    for work in (kept, lost):
        waiting.thread(target=work.run).start()
    clock.settle()
    waiting.abandon(lost)
    clock.advance(START + timedelta(seconds=60))
    assert (kept.finished, lost.finished) == (True, False)
    assert clock.holders() == {}
