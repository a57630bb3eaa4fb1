"""`python -m infra.shape`: keep the shape of what was deployed, and refuse a template that would replace it.

A shape lists, for each deployment, what holds something and the properties that cannot change in place. It
is written after a deployment and committed; every synthesis of that deployment is compared with it. Whoever
wants a thing replaced takes it out of the file first, where a reviewer sees it.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from infra.asked import arguments, chosen

HERE = Path(__file__).resolve().parent
RULES = HERE / "shape.toml"
DEPLOYED = HERE / "deployed"
INDEXES = "GlobalSecondaryIndexes"

Shape = dict[str, dict[str, Any]]
"""`<stack>/<logical id>` -> its type, fixed properties, growing ones, and indexes by name."""


class Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A type that holds something."""

    type: str
    fixed: tuple[str, ...]
    grows: tuple[str, ...] = ()


@cache
def kept() -> dict[str, Kept]:
    """What `shape.toml` says, by type."""
    rows = msgspec.convert(tomllib.loads(RULES.read_text("utf-8"))["kept"], tuple[Kept, ...])
    return {row.type: row for row in rows}


def shape_of(templates: dict[str, dict[str, Any]]) -> Shape:
    """The shape of these templates, by stack."""
    shape: Shape = {}
    for stack, template in sorted(templates.items()):
        for logical, resource in sorted(template["Resources"].items()):
            row = kept().get(resource["Type"])
            if row:
                given = resource.get("Properties", {})
                shape[f"{stack}/{logical}"] = {
                    "type": resource["Type"],
                    "fixed": {name: given[name] for name in row.fixed if name in given},
                    "grows": {name: given[name] for name in row.grows if name in given},
                    "indexes": {i["IndexName"]: i for i in given.get(INDEXES, [])},
                }
    return shape


def broken(deployed: Shape, wanted: Shape) -> Iterator[str]:
    """What a deployment of `wanted` over `deployed` would lose, or DynamoDB would refuse; a sentence each."""
    for where, before in deployed.items():
        after = wanted.get(where)
        if after is None or after["type"] != before["type"]:
            yield f"{where} ({before['type']}) would be left behind: it is not in the template any more."
            continue
        changed = [
            name
            for name in {**before["fixed"], **after["fixed"]}
            if before["fixed"].get(name) != after["fixed"].get(name)
        ]
        if changed:
            yield f"{where} ({before['type']}) would be replaced, for another {', '.join(sorted(changed))}."
        for name, items in before["grows"].items():
            if any(item not in after["grows"].get(name, []) for item in items):
                yield f"{where}: {name} can only get longer."
        yield from broken_indexes(where, before["indexes"], after["indexes"])


def broken_indexes(where: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    """An index cannot be changed, only built anew under another name; one comes or goes at a time."""
    for name in sorted(before.keys() & after.keys()):
        if before[name] != after[name]:
            yield (
                f"{where}: the index {name} would change. Give it the next version"
                " (services/platform/cases/table.py): it is built beside the old one, which then goes."
            )
    moved = before.keys() ^ after.keys()
    if len(moved) > 1:
        yield f"{where}: one index comes or goes in a deployment, not {', '.join(sorted(moved))} together."


def read(assembly: Path) -> dict[str, dict[str, Any]]:
    """The templates of the last synthesis into `assembly`, by stack; older ones may lie beside them."""
    artifacts = json.loads((assembly / "manifest.json").read_text("utf-8"))["artifacts"]
    return {
        name: json.loads((assembly / artifact["properties"]["templateFile"]).read_text("utf-8"))
        for name, artifact in sorted(artifacts.items())
        if artifact["type"] == "aws:cloudformation:stack"
    }


def findings(assembly: Path, prefix: str, folder: Path = DEPLOYED) -> list[str]:
    """What is wrong with a synthesis, compared with the last deployment; nothing if there was none."""
    file = folder / f"{prefix}.json"
    if not file.is_file():
        return []
    return list(broken(json.loads(file.read_text("utf-8")), shape_of(read(assembly))))


def keep(assembly: Path, prefix: str, folder: Path = DEPLOYED) -> Path:
    """Write down the shape of what has just been deployed."""
    folder.mkdir(exist_ok=True)
    file = folder / f"{prefix}.json"
    shape = shape_of(read(assembly))
    file.write_text(json.dumps(shape, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
    return file


def main() -> None:
    """Keep the shape of the assembly in cdk.out, which is that of the stage in the environment."""
    parser = arguments(__doc__)
    parser.add_argument("--assembly", type=Path, default=HERE.parent / "cdk.out")
    given = parser.parse_args()
    print(f"Commit {keep(given.assembly, chosen(given).prefix)}.")  # noqa: T201


if __name__ == "__main__":
    main()
