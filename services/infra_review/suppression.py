"""Small cells are not published, and cannot be worked out from what is (一次・二次秘匿). Pure.

A table has a total of every row, of every column, and of all. Cells below five are hidden. Then more are
hidden, the smallest first, until no hidden cell follows from the others: a row or column that shows its total
hides nothing, or at least two cells that make five together; and no hidden cell is the only way between two
parts of the table, for such a one is the difference of shown totals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

AT_LEAST = 5
"""The smallest number that is published."""
ALL = "all"
"""Names the totals."""
Cell = tuple[str, str]
"""A row and a column, either of which may be `ALL`."""


def published(
    counts: Mapping[Cell, int], rows: Sequence[str], columns: Sequence[str]
) -> dict[Cell, int | None]:
    """Every cell and total of a table, None where it is hidden."""
    table = _with_totals(counts, rows, columns)
    hidden = {cell for cell, count in table.items() if count < AT_LEAST}
    lines = list(_lines(rows, columns))
    while (more := _one_more(table, lines, hidden)) is not None:
        hidden.add(more)
    return {cell: None if cell in hidden else count for cell, count in table.items()}


def _with_totals(counts: Mapping[Cell, int], rows: Sequence[str], columns: Sequence[str]) -> dict[Cell, int]:
    table = {(row, column): counts.get((row, column), 0) for row in rows for column in columns}
    for row in rows:
        table[row, ALL] = sum(table[row, column] for column in columns)
    for column in (*columns, ALL):
        table[ALL, column] = sum(table[row, column] for row in rows)
    return table


def _lines(rows: Sequence[str], columns: Sequence[str]) -> Iterator[tuple[list[Cell], Cell]]:
    """Each row and each column, totals included: its cells, and the cell that is their sum."""
    for row in (*rows, ALL):
        yield [(row, column) for column in columns], (row, ALL)
    for column in (*columns, ALL):
        yield [(row, column) for row in rows], (ALL, column)


def _one_more(
    table: Mapping[Cell, int], lines: Sequence[tuple[list[Cell], Cell]], hidden: set[Cell]
) -> Cell | None:
    """A cell that has to be hidden too; None when nothing hidden can be worked out."""
    for cells, total in lines:
        secret = [cell for cell in cells if cell in hidden]
        safe = len(secret) >= 2 and sum(table[cell] for cell in secret) >= AT_LEAST
        if (secret and total not in hidden and not safe) or (total in hidden and not secret):
            return _smallest(table, cells, hidden) or total
    for cell in sorted(hidden):
        if not _another_way(cell, hidden):
            row = [other for other in table if other[0] == cell[0]]
            column = [other for other in table if other[1] == cell[1]]
            more = _smallest(table, row, hidden) or _smallest(table, column, hidden)
            if more is not None:
                return more
    return None


def _smallest(table: Mapping[Cell, int], cells: Sequence[Cell], hidden: set[Cell]) -> Cell | None:
    shown = [cell for cell in cells if cell not in hidden]
    return min(shown, key=lambda cell: (table[cell], cell), default=None)


def _another_way(cell: Cell, hidden: set[Cell]) -> bool:
    """Whether a hidden cell's row and column are joined by other hidden cells.

    Every cell is in the sums of one row and one column. If hidden cells lead from the one to the other, they
    form a round along which numbers could be moved without changing any sum; if not, the sums fix the cell.
    """
    start, goal = ("row", cell[0]), ("column", cell[1])
    reached, left = {start}, [start]
    while left:
        kind, name = left.pop()
        for row, column in hidden:
            if (row, column) == cell:
                continue
            here, there = ("row", row), ("column", column)
            following = there if (kind, name) == here else here if (kind, name) == there else None
            if following and following not in reached:
                reached.add(following)
                left.append(following)
    return goal in reached
