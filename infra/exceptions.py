"""The exceptions to the rules, each with its reason, from `exceptions.toml`."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import msgspec
from aws_cdk import Acknowledgment, App, Validations

FILE = Path(__file__).with_name("exceptions.toml")
NAG = "AwsSolutions-"


class Exempt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rules that need not hold at a place, and why."""

    at: str
    rules: tuple[str, ...]
    reason: str

    def covers(self, path: str) -> bool:
        """Whether the construct at `path` is meant."""
        return fnmatchcase(path.removesuffix("/Resource"), self.at)


@cache
def exceptions() -> tuple[Exempt, ...]:
    """All exceptions, in the order of the file."""
    return msgspec.convert(tomllib.loads(FILE.read_text("utf-8"))["exception"], tuple[Exempt, ...])


def spelt(rule: str, path: str) -> str:
    """The rule with the stack and the function of `path` written in."""
    stack, _, rest = path.partition("/")
    function = rest.partition("/")[0].removesuffix("Door").lower()
    return rule.replace("{stack}", stack).replace("{function}", function)


def acknowledge(app: App) -> None:
    """Tell cdk-nag of the exceptions that are its own."""
    for node in app.node.find_all():
        path = node.node.path
        if path.endswith("/Resource"):
            continue
        for exempt in exceptions():
            if exempt.covers(path):
                known = [
                    Acknowledgment(id=f"AwsSolutions::{spelt(rule, path)}", reason=exempt.reason)
                    for rule in exempt.rules
                    if rule.startswith(NAG)
                ]
                if known:
                    Validations.of(node).acknowledge(*known)
