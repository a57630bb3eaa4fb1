"""The catalogue of sentences: every message of the clock in English and Japanese, kept as data."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple, cast

from services.statute.data_files import read_toml


class Words(NamedTuple):
    """The same thing said in English and in Japanese."""

    en: str
    ja: str


class Sentence(NamedTuple):
    """One sentence of an explanation; `code` is stable and names what it says."""

    code: str
    en: str
    ja: str

    def __str__(self) -> str:
        return self.en


class _Side(dict[str, object]):
    """The facts of a sentence in one language: of every pair, the word of that language."""

    def __init__(self, facts: Mapping[str, object], language: int) -> None:
        super().__init__()
        for name, fact in facts.items():
            self[name] = fact[language] if isinstance(fact, Words) else fact


@cache
def _catalogue() -> dict[str, dict[str, dict[str, str]]]:
    return cast(dict[str, dict[str, dict[str, str]]], read_toml("messages.toml"))


def words(group: str, code: str, facts: Mapping[str, Any]) -> Words:
    """Return message `code` of `group` in both languages, filled with `facts`."""
    entry = _catalogue()[group][code]
    return Words(entry["en"].format_map(_Side(facts, 0)), entry["ja"].format_map(_Side(facts, 1)))


def codes(group: str) -> frozenset[str]:
    """The codes of a group's messages."""
    return frozenset(_catalogue()[group])


def sentence(code: str, **facts: object) -> Sentence:
    """Return one sentence of an explanation."""
    en, ja = words("because", code, facts)
    return Sentence(code, en, ja)
