"""Problem documents (RFC 9457) from the one list of codes, in English and Japanese."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

Language = Literal["en", "ja"]
TYPE = "https://sakimori.example/problems/"
OF_THE_CLOCK = 422
"""The status of what the legal clock refuses; its codes and words are the statute's own."""
_FILE = os.path.join(os.path.dirname(__file__), "problems.toml")


@cache
def catalogue() -> dict[str, dict[str, dict[str, Any]]]:
    """The list of codes: `problem` and `field`, each by code."""
    import tomllib  # only an answer that is a problem pays for the parser

    with open(_FILE, "rb") as file:
        return tomllib.load(file)


def status_of(code: str) -> int:
    """The HTTP status of a problem. Raises KeyError for a code that is not listed."""
    return int(catalogue()["problem"][code]["status"])


def problem(code: str, language: Language, facts: Mapping[str, object]) -> dict[str, Any]:
    """The document of a problem: `title`, `detail` and `next` in `language`, and in both beside it."""
    listed = catalogue()["problem"][code]
    document: dict[str, Any] = {"type": TYPE + code, "status": listed["status"], "code": code}
    for name in ("title", "detail", "next"):
        english, japanese = (filled(listed.get(name + suffix), facts) for suffix in ("", "_ja"))
        spoken = japanese if language == "ja" else english
        texts = {name: spoken, f"{name}_en": english, f"{name}_ja": japanese}
        document |= {key: text for key, text in texts.items() if text}
    return document


def field_problem(code: str, pointer: str, facts: Mapping[str, object]) -> dict[str, str]:
    """One entry of `errors`: the place in the body (a JSON pointer), the code, and what is wrong."""
    listed = catalogue()["field"][code]
    return {
        "pointer": pointer,
        "code": code,
        "message": filled(listed["message"], facts) or "",
        "message_ja": filled(listed["message_ja"], facts) or "",
    }


def filled(text: str | None, facts: Mapping[str, object]) -> str | None:
    """A text with its facts; None when there is no text or a fact is missing: no text with holes."""
    if text is None:
        return None
    try:
        return text.format_map(facts)
    except KeyError:
        return None


def language_of(accepted: str | None) -> Language:
    """The language a caller reads, from `Accept-Language`; English unless Japanese is preferred."""
    best: tuple[float, Language] = (0.0, "en")
    for choice in (accepted or "").split(","):
        tag, _, weight = choice.strip().partition(";q=")
        spoken = tag.partition("-")[0].lower()
        if spoken not in ("en", "ja"):
            continue
        try:
            wanted = float(weight or 1)
        except ValueError:
            wanted = 0.0
        if wanted > best[0]:
            best = (wanted, "ja" if spoken == "ja" else "en")
    return best[1]
