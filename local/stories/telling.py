"""How a story is told on a terminal: each step, what was recorded of it, and the legal days that followed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from rich.console import Console

    from local.stories.teller import Teller


class Told(Protocol):
    """A story as it can be told."""

    teller: Teller

    def steps(self) -> list[tuple[str, Any]]:
        """The steps in their order, with what each is about."""

    def news(self) -> list[dict[str, Any]]:
        """The acts recorded since the last time."""

    def new_deadlines(self) -> list[dict[str, Any]]:
        """The deadlines that are not as they were the last time."""


def tell(story: Told, console: Console, names: Mapping[str, str]) -> None:
    """Play the story, printing each act, its article and the legal days as they happen."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    steps = story.steps()
    columns = (TextColumn("[dim]{task.description}"), BarColumn(bar_width=24), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=len(steps))
        for title, step in steps:
            progress.update(task, description=title)
            _print(progress.console, story, names, title, step())
            progress.advance(task)


def _print(console: Console, story: Told, names: Mapping[str, str], title: str, said: Any) -> None:
    console.print(f"\n[bold]{title}[/]")
    if isinstance(said, str):
        console.print(f"  {said}", soft_wrap=True)
    if isinstance(said, dict) and "code" in said:
        console.print(f"  refused, Art. {said.get('article')}: {said['title']} ({said['code']})")
        for error in said.get("errors", ()):
            console.print(f"    - {error['pointer']}: {error['message']}", soft_wrap=True)
    story.teller.settle()
    for act in story.news():
        who = act["by"]["organisation"]
        by = "the passing of time" if "the_clock" in act["by"]["as"] else names.get(who, who)
        console.print(
            f"  {act['legal_day']}  [cyan]{act['act']}[/]  Art. {act['article']}  ({by})", soft_wrap=True
        )
    for deadline in story.new_deadlines():
        moved = f", moved from {deadline['moved_from']}" if deadline["moved_from"] else ""
        console.print(
            f"    [yellow]{deadline['title']} {deadline['title_ja']}[/], Art. {deadline['article']}: "
            f"{deadline['day_one']} to {deadline['last_day']}{moved}; free from {deadline['free_from']}",
            soft_wrap=True,
        )
        for sentence in deadline["explanation"]:
            if "moved" in sentence["code"]:
                console.print(f"    [dim]{sentence['en']}[/]", soft_wrap=True)
