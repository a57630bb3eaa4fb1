"""Refusals: what the clock will not answer, with a stable code and words in both languages."""

from services.statute.messages import Words, words


class Refused(Exception):  # noqa: N818 - a refusal is an answer of the law, not an error of the program
    """A question the legal clock does not answer; `code` is stable, `facts` fill the message."""

    def __init__(self, code: str, /, article: str | None = None, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.article = article
        self.facts = facts

    @property
    def message(self) -> Words:
        """The refusal in English and Japanese."""
        return words("refusal", self.code, self.facts)

    def __str__(self) -> str:
        return self.message.en
