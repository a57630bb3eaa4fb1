"""Writes `docs/statute/`: the Act and its orders line by line, and what in Sakimori answers each provision.

    python -m documents.statute [--check]

What answers a provision is found from the declarations: powers, periods, obligations, readings, penalty
provisions; and from `statute_answers.toml`, which also gives the reason where nothing does.
`--check` fails when a provision is left over, when an answer names something that is gone, when a power cites
a provision that does not exist, and when the pages are out of date.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click

from documents.statute_answers import Answers, Found, broken, cite_nothing
from services.statute.citations import Citation
from services.statute.texts import Article, Instrument, articles, history, instruments, provisions, title

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "docs" / "statute"
CHAPTERS = {
    "1": ("General", "総則"),
    "2": ("Stable supply of critical materials", "特定重要物資の安定的な供給の確保"),
    "3": ("Essential infrastructure services", "特定社会基盤役務の安定的な提供の確保"),
    "4": ("Critical technologies", "特定重要技術の開発支援"),
    "5": ("Non-disclosure of patent applications", "特許出願の非公開"), "6": ("Miscellaneous", "雑則"),
    "7": ("Penalties", "罰則"), "": ("Supplementary provisions and the table", "附則・別表"),
}  # fmt: skip
STATUSES = {
    "power": ("power", "a declared power carries it out"),
    "answered": ("rule", "a rule, route, record or document of Sakimori answers it"),
    "reason": ("reason", "nothing answers it, and the page says why"),
    "not yet built": ("not yet built", "its chapter's procedures do not exist yet"),
}
GROUPS = {
    "infrastructure": "Chapter 3",
    "supply_plan": "Chapter 2: supply plans",
    "support_body": "Chapter 2: support bodies",
}
"""Orders of one kind, by how their ids begin."""
GENERAL = ("digital_procedures", "administrative_holidays")
"""Laws of general application: kept for their text, no page."""


class Line:
    """One provision, its text, and what was found for it."""

    def __init__(self, cited: Citation, text: str, found: Found) -> None:
        self.cited = cited
        self.text = text
        self.found = found

    @property
    def status(self) -> str:
        """One of `STATUSES`, or `missing`."""
        return self.found.status


@cache
def answers() -> Answers:
    """Everything that answers provisions, read once."""
    return Answers()


def lines(instrument: Instrument, article: Article) -> Iterator[Line]:
    """Yield an article's provisions with what answers each."""
    told = [
        Line(cited, text, answers().of(instrument, article, cited)) for cited, text in provisions(article)
    ]
    for line in told:
        # A paragraph is answered too when everything in it is.
        inside = [other.status for other in told if line.cited.covers(other.cited) and other is not line]
        if line.status == "missing" and inside and "missing" not in inside:
            line.found.inside = True
        yield line


def pages() -> dict[str, str]:
    """Return every page by file name."""
    made: dict[str, str] = {}
    counts: dict[str, Counter[str]] = {}
    for name, head, instrument, whole in _subjects():
        told = [(article, list(lines(instrument, article))) for article in whole if article.paragraphs]
        counts[name] = Counter(line.status for _, found in told for line in found)
        made[name] = _page(head, counts[name], told, [one.heading for one in whole if not one.paragraphs])
    made["orders.md"] = _orders()
    made["README.md"] = _index(counts)
    return made


def _subjects() -> Iterator[tuple[str, str, Instrument, list[Article]]]:
    act = instruments()["act"]
    for chapter, (en, ja) in CHAPTERS.items():
        whole = [article for article in articles("act") if article.chapter == chapter]
        name = f"act-chapter-{chapter}.md" if chapter else "act-supplementary.md"
        label = f"Chapter {chapter}: {en} ({ja})" if chapter else f"{en} ({ja})"
        yield name, f"# The Act, {label}", act, whole
    for instrument in instruments().values():
        if instrument.id not in ("act", *GENERAL):
            head = f"# {instrument.name.en} ({instrument.name.ja})"
            yield f"{instrument.id}.md", head, instrument, list(articles(instrument.id))


def _page(head: str, count: Counter[str], told: list[tuple[Article, list[Line]]], forms: list[str]) -> str:
    instrument = told[0][0].instrument
    since, *amended = history(instrument)
    days = ", ".join(day.isoformat() for day in amended) or "none"
    body = [
        head,
        "",
        f"{title(instrument)}. Text of {told[0][0].text_of}, <{told[0][0].source}>; "
        f"history from {since}, amended: {days}.",
        "Made by `python -m documents.statute`; [how to read it](README.md).",
        "",
        _counts(count),
    ]
    for article, found in told:
        heading = f"## {_label(article)} {article.heading}".rstrip()
        body += ["", heading, f'<a id="{article.number.replace(":", "-")}"></a>', ""]
        body += ["| | text | what answers it |", "|---|---|---|"]
        body += [f"| {_number(line)} | {_cell(line.text)} | {_cell(_said(line))} |" for line in found]
        body += [f"| | {' '.join(_cell(c) for c in row)} | |" for p in article.paragraphs for row in p.table]
    if forms:
        body += ["", "## Forms", "", f"{'、'.join(forms)} — {' / '.join(answers().reasons['form'])}"]
    return "\n".join(body) + "\n"


def _label(article: Article) -> str:
    number = article.number
    if number.startswith("s"):
        set_, _, of = number[1:].partition("-")
        return f"附則（第{set_}次）" + (f"第{of}条" if of else "")
    return "" if number.startswith(("table", "form")) else f"Art. {number}"


def _number(line: Line) -> str:
    said = str(line.cited).rpartition("Art. ")[2]
    return said.partition("(")[1] + said.partition("(")[2] or said


def _said(line: Line) -> str:
    if line.found.inside:
        return "see its parts"
    return "<br>".join(line.found.lines()) or "**nothing**"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")


def _counts(count: Counter[str]) -> str:
    whole = sum(count.values())
    return (
        f"{whole} provisions: "
        + ", ".join(f"{count[status]} {name}" for status, (name, _) in STATUSES.items())
        + "."
    )


def _orders() -> str:
    """The orders of one kind side by side: which article of each ministry's order says what."""
    body = [
        "# The ministries' orders side by side",
        "",
        "Which article of each ministry's order stands under a heading; each is cited by its own number.",
    ]
    groups = {
        "infrastructure": "Chapter 3",
        "supply_plan": "Chapter 2: supply plans",
        "support_body": "Chapter 2: support bodies",
    }
    for group, name in groups.items():
        several = [one for one in instruments().values() if one.id.startswith(group)]
        rows: dict[str, dict[str, str]] = {}
        for instrument in several:
            for article in articles(instrument.id):
                if article.number[0].isdigit():
                    rows.setdefault(article.heading, {})[instrument.id] = article.number
        links = [f"[{one.ministry}]({one.id}.md)" for one in several]
        body += [
            "",
            f"## {name}",
            "",
            f"| heading | {' | '.join(links)} |",
            "|---" * (len(several) + 1) + "|",
        ]
        for heading, numbers in rows.items():
            cells = [
                f"[{numbers[one.id]}]({one.id}.md#{numbers[one.id]})" if one.id in numbers else "-"
                for one in several
            ]
            body.append(f"| {heading} | {' | '.join(cells)} |")
    return "\n".join(body) + "\n"


def _index(counts: dict[str, Counter[str]]) -> str:
    whole: Counter[str] = sum(counts.values(), Counter())
    body = [
        "# The Act, line by line",
        "",
        "For every article, paragraph and item of the Act and of the orders under it: the Japanese text, and",
        "what in Sakimori answers it, or why nothing does. Made by `python -m documents.statute`, whose",
        "`--check` fails on a gap, and on an answer that is gone.",
        '[The orders side by side](orders.md). One provision: `sakimori article "52(4)"`.',
        "",
        *(f"- **{name}**: {what}" for name, what in STATUSES.values()),
        "",
        "Of chapters not yet built, periods, duties and readings are shown but not counted as answers.",
        "",
        "| page | provisions | " + " | ".join(name for name, _ in STATUSES.values()) + " |",
        "|---|---" + "|---" * len(STATUSES) + "|",
    ]
    for page, count in counts.items():
        figures = " | ".join(str(count[status]) for status in STATUSES)
        body.append(f"| [{page.removesuffix('.md')}]({page}) | {sum(count.values())} | {figures} |")
    total = " | ".join(str(whole[status]) for status in STATUSES)
    body.append(f"| all | {sum(whole.values())} | {total} |")
    return "\n".join(body) + "\n"


def problems() -> list[str]:
    """Return what is wrong: provisions left over, answers to nothing, answers that are gone."""
    found = [*broken(answers()), *cite_nothing(answers())]
    for _, _, instrument, whole in _subjects():
        for article in whole:
            found += [
                f"{line.cited}: nothing answers it and no reason is given"
                for line in lines(instrument, article)
                if line.status == "missing"
            ]
    return found


def main(arguments: list[str]) -> int:
    """Write the pages, or with `--check` say what is missing, gone or out of date."""
    wrong = problems()
    made = {} if wrong else pages()
    if "--check" in arguments:
        kept = {path.name: path.read_text("utf-8") for path in PAGES.glob("*.md")}
        if not wrong and kept != made:
            wrong = ["docs/statute is out of date: run python -m documents.statute"]
    elif made:
        PAGES.mkdir(parents=True, exist_ok=True)
        for old in PAGES.glob("*.md"):
            old.unlink()
        for name, text in made.items():
            (PAGES / name).write_text(text, "utf-8")
    for line in wrong:
        click.echo(line, err=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
