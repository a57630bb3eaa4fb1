"""The Cabinet Order read by a second reader: the symbols of an item out of its own words."""

import re
import unicodedata

_DIGITS = "〇一二三四五六七八九"
_SYMBOL = re.compile(
    r"[A-H][〇一二三四五六七八九]{2}[A-Z]?[〇一二三四五六七八九]*(?:/[〇一二三四五六七八九]+)?"
)
_NUMBER = re.compile(r"第([一二三四五六七八九十]+)号")


def symbols(text: str) -> list[list[str]]:
    """The lists of places an item joins with かつ."""
    plain = unicodedata.normalize("NFKC", text)
    return [[_symbol(found) for found in _SYMBOL.findall(part)] for part in plain.split("該当し、かつ、")]


def numbers(text: str) -> set[int]:
    """The items a text names, ranges (から … まで) written out; parentheses are not read."""
    plain = re.sub(r"(第[一二三四五六七八九十]+号)から(第[一二三四五六七八九十]+号)まで", r"\1~\2", text)
    found: set[int] = set()
    for first, last in re.findall(r"(第[一二三四五六七八九十]+号)(?:~(第[一二三四五六七八九十]+号))?", plain):
        found |= set(range(_number(first), _number(last or first) + 1))
    return found


def _symbol(text: str) -> str:
    digits = "".join(str(_DIGITS.index(letter)) if letter in _DIGITS else letter for letter in text)
    above, below = digits[:4], digits[4:]
    if not above[3:].isalpha():
        return digits
    return f"{above} {below}" if below else above


def _number(text: str) -> int:
    kanji = _NUMBER.fullmatch(text)
    assert kanji is not None
    tens, ten, ones = kanji[1].rpartition("十")
    return (10 * (_DIGITS.index(tens) if tens else 1) if ten else 0) + (_DIGITS.index(ones) if ones else 0)
