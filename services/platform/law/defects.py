"""Defects: what keeps something filed from being taken, each with its place, article and words. Pure."""

from __future__ import annotations

from services.platform.law.values import Value


class Defect(Value):
    """One thing that is wrong with what was filed: where, by which rule and article."""

    field: str
    """JSON pointer (RFC 6901) into what was filed."""
    code: str
    article: str
    message: str
    message_ja: str

    def as_error(self, inside: str = "", of: str = "") -> dict[str, str]:
        """An entry of `errors`: what was filed stands `inside` the body; perhaps only a part `of` it was."""
        return {
            "pointer": f"#{inside}{self.field.removeprefix(of)}",
            "code": self.code,
            "article": self.article,
            "message": self.message,
            "message_ja": self.message_ja,
        }
