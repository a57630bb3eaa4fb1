"""Problem documents (RFC 9457), in English and Japanese: the platform's and those of a service.

What the platform refuses stands in `problems.toml` beside this module, what a chapter refuses in
`services/<service>/problems.toml`, in the same form. A code stands in one of them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

Language = Literal["en", "ja"]
TYPE = "https://sakimori.example/problems/"
OF_THE_CLOCK = 422
"""The status of what the legal clock refuses; its codes and words are the statute's own."""
OF_THE_GATEWAY = (
    "body_too_large", "fault", "no_such_route", "not_let_through", "not_signed_in", "too_many_requests",
)  # fmt: skip
"""What API Gateway answers without asking the function."""
_HERE = os.path.dirname(__file__)
SERVICES = os.path.join(_HERE, "..", "..")


@cache
def listed_in(folder: str) -> dict[str, dict[str, Any]]:
    """The table of codes in a folder's `problems.toml`, by kind (`problem`, `field`); none without a file."""
    import tomllib  # only an answer that is a problem pays for the parser

    path = os.path.join(folder, "problems.toml")
    if not os.path.exists(path):
        return {}
    with open(path, "rb") as file:
        return tomllib.load(file)


@cache
def catalogue(service: str) -> dict[str, dict[str, Any]]:
    """What a service can refuse, by code: what the platform lists, and what the service's package does."""
    own = listed_in(os.path.join(SERVICES, service))
    return {**listed_in(_HERE)["problem"], **own.get("problem", {})}


def field_catalogue() -> dict[str, dict[str, str]]:
    """What can be wrong with a field of a body, by code; bodies are read by the platform alone."""
    return listed_in(_HERE)["field"]


def status_of(service: str, code: str) -> int:
    """The HTTP status of a problem. Raises KeyError for a code that is not listed."""
    return int(catalogue(service)[code]["status"])


def problem(service: str, code: str, language: Language, facts: Mapping[str, object]) -> dict[str, Any]:
    """The document of a problem: `title`, `detail` and `next` in `language`, and in both beside it."""
    listed = catalogue(service)[code]
    document: dict[str, Any] = {"type": TYPE + code, "status": listed["status"], "code": code}
    for name in ("title", "detail", "next"):
        english, japanese = (filled(listed.get(name + suffix), facts) for suffix in ("", "_ja"))
        spoken = japanese if language == "ja" else english
        texts = {name: spoken, f"{name}_en": english, f"{name}_ja": japanese}
        document |= {key: text for key, text in texts.items() if text}
    return document


def field_problem(code: str, pointer: str, facts: Mapping[str, object]) -> dict[str, str]:
    """One entry of `errors`: the place in the body (a JSON pointer), the code, and what is wrong."""
    listed = field_catalogue()[code]
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
