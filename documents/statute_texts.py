"""Makes the law's texts (`services/statute/texts/*.json`) from Markdown and the patches of its amendments.

    python -m documents.statute_texts ID MARKDOWN [PATCHES]

MARKDOWN is an instrument as last amended: a front matter, then `**第一条（…）**`, `**２**`, `- 一`, `  - イ`.
PATCHES are its amendments, oldest first, each a unified diff under a line `### YYYY-MM-DD …` with the day it
took effect. The texts before are made by undoing the patches one by one; where one cannot be undone the
history begins after it, and the file says so.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parents[1] / "services" / "statute" / "texts"
ARTICLE = re.compile(
    r"\*\*第([一二三四五六七八九十百]+)条((?:の[一二三四五六七八九十]+)*)(?:（(.*?)）)?\*\*\u3000?(.*)"
)
PARAGRAPH = re.compile(r"\*\*([\uff10-\uff19]+)\*\*\u3000(.*)")
# An item, a sub-item, and one below that: by how far it is set in.
ITEMS = (
    re.compile(r"- ([^\u3000]+)\u3000(.*)"),
    re.compile(r"  - ([^\u3000]+)\u3000(.*)"),
    re.compile(r"    - ([^\u3000]+)\u3000(.*)"),
)
HUNK = re.compile(r"@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")
DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")}


def number(kanji: str) -> str:
    """Return a number of the law (`百二`, `八の二`) in digits (`102`, `8-2`); other signs as they are."""
    parts = kanji.strip("（）").split("の")
    return "-".join(filter(None, (_digits(part) for part in parts)))


def _digits(kanji: str) -> str:
    if not re.fullmatch("[〇一二三四五六七八九十百]+", kanji):
        return kanji.translate({0xFF10 + n: str(n) for n in range(10)})
    hundreds, tens, ones = 0, 0, kanji
    if "百" in ones:
        head, _, ones = ones.partition("百")
        hundreds = DIGITS.get(head, 1)
    if "十" in ones:
        head, _, ones = ones.partition("十")
        tens = DIGITS.get(head, 1)
    return str(100 * hundreds + 10 * tens + DIGITS.get(ones, 0))


def articles(markdown: str) -> dict[str, dict[str, Any]]:
    """Read every article of one text, by number; `s1-3` is Art. 3 of the first supplementary provisions."""
    found: dict[str, dict[str, Any]] = {}
    chapter = section = ""
    supplement = 0
    article: dict[str, Any] = {}
    for line in markdown.split("---\n", 2)[2].split("\n"):
        if line.startswith("### 第"):
            chapter, section = number(line[5:].partition("章")[0]), ""
        elif line.startswith("#### 第"):
            section = number(line[6:].partition("節")[0])
        elif line.startswith("## 附則"):
            supplement += 1
            chapter = section = ""
            article = {}
        elif line.startswith(("**別表", "**様式")):
            name = "table" if line.startswith("**別表") else f"form:{_form(line)}"
            found[name] = article = {"heading": line.strip("*"), "paragraphs": []}
        elif named := ARTICLE.fullmatch(line):
            key = number(named[1] + named[2])
            article = {"heading": named[3] or "", "paragraphs": [{"n": "1", "text": named[4]}]}
            article |= {"chapter": chapter} if chapter else {}
            article |= {"section": section} if section else {}
            found[f"s{supplement}-{key}" if supplement else key] = article
        elif line:
            if not article:
                article = found.setdefault(f"s{supplement}", {"heading": "附則", "paragraphs": []})
            _into(article["paragraphs"], line)
    return found


def _form(line: str) -> str:
    """Return the number of a form: `4(1)` of `**様式第四（一）**`."""
    whole, _, part = line.strip("*").removeprefix("様式第").partition("（")
    return number(whole) + (f"({number(part.rstrip('）'))})" if part else "")


def _into(paragraphs: list[dict[str, Any]], line: str) -> None:
    """Put a line where it belongs: a paragraph, an item of the last one, a row of its table."""
    if named := PARAGRAPH.fullmatch(line):
        paragraphs.append({"n": number(named[1]), "text": named[2]})
        return
    if not paragraphs:
        paragraphs.append({"n": "1", "text": "" if line.startswith("- ") else line})
        if not line.startswith("- "):
            return
    for depth in reversed(range(len(ITEMS))):
        if named := ITEMS[depth].fullmatch(line):
            owner = paragraphs[-1]
            for _ in range(depth):
                owner = owner["items"][-1]
            owner.setdefault("items", []).append({"n": number(named[1]), "text": named[2]})
            return
    if line.startswith("|"):
        if not line.startswith("| ---"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            paragraphs[-1].setdefault("table", []).append(cells)
        return
    paragraphs[-1]["text"] = "\n".join(filter(None, (paragraphs[-1]["text"], line)))


def patches(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each amendment: the day it took effect, and the lines of its diff."""
    for part in re.split(r"^### ", text, flags=re.M)[1:]:
        head, _, diff = part.partition("\n")
        yield head[:10], diff.split("\n")


def undone(lines: list[str], diff: list[str]) -> list[str] | None:
    """Return the text before an amendment, or None when the diff does not fit the text after it."""
    before = list(lines)
    for start, old, new in reversed(list(_hunks(diff))):
        if before[start : start + len(new)] != new:
            return None
        before[start : start + len(new)] = old
    return before


def _hunks(diff: list[str]) -> Iterator[tuple[int, list[str], list[str]]]:
    position = 0
    while position < len(diff):
        head = HUNK.match(diff[position])
        position += 1
        if not head:
            continue
        old: list[str] = []
        new: list[str] = []
        count = int(head[2] or 1)
        while position < len(diff) and not HUNK.match(diff[position]):
            sign, line = diff[position][:1], diff[position][1:]
            if sign in ("-", " "):
                old.append(line)
            if sign in ("+", " "):
                new.append(line)
            position += 1
        # A range of no lines stands after the line it names.
        yield int(head[1]) - (1 if count else 0), old, new


def instrument(markdown: str, amendments: str) -> dict[str, Any]:
    """Return the instrument with every version of every article the patches give."""
    texts = [(_field(markdown, "enforced_at"), markdown)]
    lines, unreadable = markdown.split("\n"), None
    for day, diff in reversed(list(patches(amendments))):
        before = undone(lines, diff)
        if before is None:
            unreadable = day
            break
        lines = before
        texts[-1] = (day, texts[-1][1])
        texts.append((_field("\n".join(lines), "enforced_at"), "\n".join(lines)))
    texts.reverse()
    # Of several amendments of one day the last gives the text of that day.
    dated = [list(same)[-1] for _, same in groupby(texts, key=lambda text: text[0])]
    told = {
        "title": _field(markdown, "title"),
        "number": _field(markdown, "law_num"),
        "identifier": _field(markdown, "identifier"),
        "source": _field(markdown, "source"),
        "promulgated": _field(markdown, "publication_date"),
        "text_of": _field(markdown, "last_updated"),
        "history_from": dated[0][0],
        "amended": [day for day, _ in dated[1:]],
        "articles": _versions(dated),
    }
    return told | ({"cannot_undo": unreadable} if unreadable else {})


def _versions(dated: list[tuple[str, str]]) -> dict[str, list[dict[str, Any]]]:
    kept: dict[str, list[dict[str, Any]]] = {}
    for day, text in dated:
        now = articles(text)
        for key, versions in kept.items():
            if key not in now and "until" not in versions[-1]:
                versions[-1]["until"] = day
        for key, article in now.items():
            versions = kept.setdefault(key, [])
            if versions and _same(versions[-1], article):
                continue
            if versions and "until" not in versions[-1]:
                versions[-1]["until"] = day
            versions.append({"from": day, **article})
    return dict(sorted(kept.items(), key=lambda one: _place(one[0])))


def _place(key: str) -> tuple[int, list[int]]:
    """The main provisions by number, then the supplementary ones, the table, the forms."""
    kind = 0 if key[0].isdigit() else {"s": 1, "t": 2, "f": 3}[key[0]]
    numbers: list[str] = re.findall(r"\d+", key)
    return kind, [int(part) for part in numbers]


def _same(version: dict[str, Any], article: dict[str, Any]) -> bool:
    return "until" not in version and {k: v for k, v in version.items() if k != "from"} == article


def _field(markdown: str, name: str) -> str:
    found = re.search(rf'^ *{name}: "(.*)"$', markdown, re.M)
    if found is None:
        raise ValueError(f"The front matter has no {name}.")
    return found[1]


def main(arguments: list[str]) -> None:
    """Write one instrument's file."""
    name, markdown, *history = arguments
    told = instrument(
        Path(markdown).read_text("utf-8"), "".join(Path(file).read_text("utf-8") for file in history)
    )
    rows = [f"{json.dumps(key)}: {_json(value)}" for key, value in told.items() if key != "articles"]
    bodies = [f"  {json.dumps(key)}: {_json(value)}" for key, value in told["articles"].items()]
    rows.append('"articles": {\n' + ",\n".join(bodies) + "\n}")
    (TEXTS / f"{name}.json").write_text("{\n" + ",\n".join(rows) + "\n}\n", "utf-8")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main(sys.argv[1:])
