"""What is found wrong with a plan, in the words of `data/defects.toml`. Pure."""

from __future__ import annotations

from services.platform.law.values import Value
from services.supply.data_files import read


class Defect(Value):
    """One thing that keeps a plan from being whole: where, by which rule and article."""

    pointer: str
    """JSON pointer (RFC 6901) into the plan."""
    code: str
    article: str
    message: str
    message_ja: str


def defect(pointer: str, code: str, article: str, **facts: object) -> Defect:
    """A defect in its words, filled with `facts`."""
    words = read("defects")[code]
    return Defect(pointer, code, article, words["en"].format_map(facts), words["ja"].format_map(facts))
