"""The method of publishing counts, against those who know it, hold every publication and combine them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import accumulate, pairwise, product
from math import inf

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.platform.shared.statistics import FIVE, newly, so_far
from tests.proof import tries

Table = dict[str, int]
"""A count for each cell."""
History = tuple[Table, ...]
"""What happened in each quarter."""
STEPS = ("received", "accepted", "ended")
"""Cells of one sector, none of which can have been reached by more plans than the one before it."""
BELOW_FIVE = range(1, FIVE)


def counted(history: History) -> list[Table]:
    """All that had happened by the end of each quarter."""
    return list(accumulate(history, lambda before, new: {cell: before[cell] + new[cell] for cell in new}))


def published(history: History) -> list[Table]:
    """What is published by the end of each quarter, all of it."""
    return list(accumulate(counted(history), lambda before, now: so_far(now, before), initial={}))[1:]


def in_quarters(publications: Sequence[Table]) -> History:
    """What each publication adds."""
    return tuple(newly(now, before) for before, now in pairwise([{}, *publications]))


def histories(cells: Sequence[str], most: int = 12, quarters: int = 7) -> st.SearchStrategy[History]:
    """Any counts in a few quarters, small ones most of all."""
    count = st.one_of(st.integers(0, 5), st.integers(0, most))
    return st.lists(st.fixed_dictionaries(dict.fromkeys(cells, count)), min_size=1, max_size=quarters).map(
        tuple
    )


PLANS = st.lists(
    st.lists(st.integers(0, 5), min_size=1, max_size=3).map(lambda steps: tuple(accumulate(steps))),
    max_size=40,
)
"""The quarter in which each plan of a sector reached each of its steps, as far as it came."""


def history_of(plans: Iterable[Sequence[int]], quarters: int = 6) -> History:
    history = tuple(dict.fromkeys(STEPS, 0) for _ in range(quarters))
    for plan in plans:
        for step, quarter in zip(STEPS, plan, strict=False):
            if quarter < quarters:
                history[quarter][step] += 1
    return history


# ---- What every publication is ----


@settings(max_examples=500, deadline=None)
@given(histories("abc"))
@example(({"a": 31, "b": 0, "c": 0}, {"a": 4, "b": 0, "c": 0}, {"a": 3, "b": 0, "c": 0}))
def test_sums_and_differences_of_whatever_was_published_are_never_one_to_four(history: History) -> None:
    publications = published(history)
    assert all(count % FIVE == 0 for table in publications for count in table.values())
    assert all(count >= 0 for table in in_quarters(publications) for count in table.values())


@settings(max_examples=500, deadline=None)
@given(histories("abc"))
def test_all_but_four_of_each_cell_is_published_at_any_time(history: History) -> None:
    for table, shown in zip(counted(history), published(history), strict=True):
        assert all(0 <= table[cell] - shown[cell] < FIVE for cell in table)


@given(histories("ab"), st.integers(1, 30))
def test_a_count_that_falls_takes_nothing_back(history: History, fewer: int) -> None:
    (*_, table), (*_, shown) = counted(history), published(history)
    after = so_far({cell: max(count - fewer, 0) for cell, count in table.items()}, shown)
    assert after == shown
    assert so_far({}, shown) == shown


# ---- Why nobody can be sure of a small number, whatever he combines ----


@settings(max_examples=tries(500, proved=20_000), deadline=None)
@given(PLANS)
def test_what_is_published_could_be_all_that_happened(plans: list[tuple[int, ...]]) -> None:
    history = history_of(plans)
    publications = published(history)
    imagined = in_quarters(publications)
    assert published(imagined) == publications
    assert not any(count in BELOW_FIVE for table in imagined for count in table.values())
    # And it breaks no rule of the kind that nothing is accepted or ended before it was received.
    for table in counted(imagined):
        assert table["received"] >= table["accepted"] >= table["ended"]


@settings(max_examples=500, deadline=None)
@given(PLANS, st.integers(0, 5), st.sampled_from(STEPS), st.integers(1, 4))
def test_up_to_four_more_could_have_happened_in_any_cell(
    plans: list[tuple[int, ...]], quarter: int, last: str, more: int
) -> None:
    """So a published zero is no zero, and five may be up to nine."""
    publications = published(history_of(plans))
    imagined = in_quarters(publications)
    for step in STEPS[: STEPS.index(last) + 1]:  # a plan goes through all its steps
        imagined[quarter][step] += more
    assert published(imagined) == publications


# ---- Who combines everything and computes what is left ----

Bounds = dict[tuple[Hashable, Hashable], float]
"""By how much the count at the second place can exceed that at the first, at the most."""


def possible(publications: Sequence[Table]) -> Bounds:
    """The exact range of every difference of two counts, from all that is published and the order of steps.

    Counts at the end of each quarter are places, what is known of two of them is the length of a road between
    them, and the shortest way sums up everything that can be combined (Floyd and Warshall).
    """
    quarters = range(len(publications))
    places: list[Hashable] = ["none", *product(STEPS, quarters)]
    far: Bounds = {pair: 0 if pair[0] == pair[1] else inf for pair in product(places, places)}
    for step, quarter in product(STEPS, quarters):
        here = (step, quarter)
        far["none", here] = publications[quarter][step] + FIVE - 1
        far[here, "none"] = -publications[quarter][step]
        if quarter:
            far[here, (step, quarter - 1)] = 0
        for earlier in STEPS[: STEPS.index(step)]:
            far[(earlier, quarter), here] = 0
    for over, a, b in product(places, places, places):
        far[a, b] = min(far[a, b], far[a, over] + far[over, b])
    return far


@settings(max_examples=tries(300, proved=10_000), deadline=None)
@given(PLANS)
def test_combining_all_publications_fixes_no_cell_and_tells_no_zero(plans: list[tuple[int, ...]]) -> None:
    history = history_of(plans, quarters=4)
    publications = published(history)
    far = possible(publications)
    for (quarter, table), step in product(enumerate(history), STEPS):
        before: Hashable = (step, quarter - 1) if quarter else "none"
        least, most = -far[(step, quarter), before], far[before, (step, quarter)]
        assert least <= table[step] <= most
        assert most - least >= FIVE - 1
        if in_quarters(publications)[quarter][step] == 0:
            assert least <= 0


Way = Callable[[History], Hashable]
"""A way of publishing: from what happened to all that is published."""


def told(way: Way, scope: Iterable[History]) -> list[History]:
    """Histories in which who knows the way, and has tried every history, is sure of a small cell."""
    alike = defaultdict(list)
    for history in scope:
        alike[way(history)].append(history)
    found = []
    for group in alike.values():
        for quarter, cell in product(range(len(group[0])), group[0][0]):
            values = {history[quarter][cell] for history in group}
            if len(values) == 1 and values <= set(BELOW_FIVE):
                found.append(group[0])
    return found


def every(cells: str, quarters: int, most: int) -> list[History]:
    """Every history with at most so many in a cell of a quarter."""
    tables = [dict(zip(cells, counts, strict=True)) for counts in product(range(most + 1), repeat=len(cells))]
    return list(product(tables, repeat=quarters))


def in_fives(history: History) -> Hashable:
    """Ours, with the total of all cells."""
    return tuple((*table.values(), sum(table.values())) for table in published(history))


def hidden_below_five(history: History) -> Hashable:
    """All there is by each quarter's end, but for small numbers."""
    return tuple(tuple(n if n >= FIVE else None for n in table.values()) for table in counted(history))


def rounded_each(history: History) -> Hashable:
    """Cells and their total, each rounded to the next five by itself."""
    shown = []
    for table in counted(history):
        shown.append(tuple((n + 2) // 5 for n in (*table.values(), sum(table.values()))))
    return tuple(shown)


SCOPES = {
    "one cell, four quarters": every("a", 4, 9),
    "two cells, two quarters": every("ab", 2, 9),
    "five cells, one quarter": every("abcde", 1, 5),
}


@pytest.mark.parametrize("scope", SCOPES)
def test_who_tries_every_history_is_sure_of_no_small_cell(scope: str) -> None:
    assert told(in_fives, SCOPES[scope]) == []


def test_such_trying_finds_what_other_ways_tell() -> None:
    assert told(hidden_below_five, SCOPES["one cell, four quarters"])
    assert told(rounded_each, SCOPES["five cells, one quarter"])
