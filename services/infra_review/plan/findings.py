"""What is found wrong with a plan."""

from __future__ import annotations

from services.platform.law.values import Value


class Defect(Value):
    """One thing that keeps a plan from being complete: where, by which rule and article."""

    field: str
    """JSON pointer (RFC 6901) into the plan."""
    code: str
    article: str
    message: str
    message_ja: str
