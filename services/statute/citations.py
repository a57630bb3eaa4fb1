"""Citations of the law, as records and powers write them: `54(2), 52(6)`, `METI Order 41 of 2023, Art. 9`.

A citation without a name is of the Act. An article of one paragraph leaves it out: `11(iv)` is item 4 of its
only paragraph. Roman numbers count items, kana sub-items. `Suppl. Art. 4` is of the Act's first
supplementary provisions (附則), as `s1-4`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

ACT = "the Act"
_PART = re.compile(r"\(([^()]+)\)|([イロハニホヘトチリヌルヲワカヨタレソツネ])")
_ONE = re.compile(
    r"(?P<article>(?:s\d+-)?\d+(?:-\d+)*|s\d+|table)?(?P<parts>(?:\([^()]+\)|[イロハニホヘトチリヌルヲワカヨタレソツネ])*)"
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


class Citation(NamedTuple):
    """One provision: of which instrument (as cited), which article, and what is below: paragraph, item."""

    instrument: str
    article: str
    path: tuple[str, ...] = ()

    def covers(self, other: "Citation") -> bool:
        """Whether `other` is this provision, or lies inside it."""
        same = (self.instrument, self.article) == (other.instrument, other.article)
        return same and other.path[: len(self.path)] == self.path

    def meets(self, other: "Citation") -> bool:
        """Whether one lies inside the other."""
        return self.covers(other) or other.covers(self)

    def __str__(self) -> str:
        paragraph, items = self.path[:1], self.path[1:]
        said = self.article + "".join(f"({part})" for part in paragraph)
        for depth, part in enumerate(items):
            said += f"({roman(int(part))})" if depth == 0 and part.isdigit() else _below(part)
        if self.instrument == ACT:
            return f"Suppl. Art. {said[3:]}" if said.startswith("s1-") else said
        return f"{self.instrument}, Art. {said}"


def _below(part: str) -> str:
    return part if len(part) == 1 and not part.isascii() else f"({part})"


def roman(number: int) -> str:
    """Return a number in small Roman figures, as items are cited."""
    figures = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    said = ""
    for value, figure in figures:
        said += figure * (number // value)
        number %= value
    return said


def citations(text: str) -> tuple[Citation, ...]:
    """Read every citation of `text`; what names no article, such as `not read`, gives none."""
    return tuple(_read(text))


def _read(text: str) -> Iterator[Citation]:
    for part in text.split(";"):
        instrument, numbers = _named(part.strip().removeprefix("Suppl. "))
        if part.strip().startswith("Suppl. "):
            numbers = f"s1-{numbers}"
        last: Citation | None = None
        for one in re.split(r",\s*|\s+and\s+", numbers):
            first, _, end = one.strip().removesuffix(" proviso").partition("-(")
            told = _one(instrument, first, last)
            if told is None:
                continue
            yield (last := told)
            if end:
                yield from _up_to(told, end.rstrip(")"))


def _named(part: str) -> tuple[str, str]:
    named = re.fullmatch(r"(?:(.+?),?\s+)?Arts?\.\s*(.+)", part)
    if named is None:
        other = re.fullmatch(r"([A-Z].*?) (\d[^ ]*)", part)
        return (other[1], other[2]) if other else (ACT, part)
    of = re.fullmatch(r"(.+?) of (.+)", named[2])
    return (of[2], of[1]) if of else (named[1] or ACT, named[2])


def _one(instrument: str, text: str, last: Citation | None) -> Citation | None:
    found = _ONE.fullmatch(text)
    if found is None or not text:
        return None
    path = [part[1] or part[2] for part in _PART.finditer(found["parts"] or "")]
    article = found["article"]
    if article is None:
        if last is None or not path:
            return None
        article = last.article
        if _is_roman(path[0]):
            return Citation(instrument, article, (*last.path[:1], *_plain(path)))
    elif path and _is_roman(path[0]):
        path = ["1", *path]
    return Citation(instrument, article, tuple(_plain(path)))


def _plain(path: list[str]) -> list[str]:
    return [str(_from_roman(part)) if _is_roman(part) else part for part in path]


def _is_roman(part: str) -> bool:
    return bool(re.fullmatch("[ivxl]+", part))


def _from_roman(text: str) -> int:
    values = [_ROMAN[figure] for figure in text]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def _up_to(first: Citation, end: str) -> Iterator[Citation]:
    if first.path and first.path[-1].isdigit() and end.isdigit():
        for number in range(int(first.path[-1]) + 1, int(end) + 1):
            yield first._replace(path=(*first.path[:-1], str(number)))
