"""`sakimori run`: the whole platform on one port of this machine."""

from __future__ import annotations

import importlib
import logging
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

    from local.cloud import Cloud

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".cache" / "local"
STORIES = ("standstill", "patent", "none")


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line."""

    port: int
    story: str
    realtime: bool
    state: Path | None
    fresh: bool
    start_at: datetime | None
    once: bool

    @property
    def told(self) -> bool:
        """Whether a story is to be played."""
        return self.story != "none"

    @property
    def directory(self) -> Path:
        """Where tables are kept: a story has its own place, so that it never empties anyone's work."""
        return self.state or KEPT / (f"story-{self.story}" if self.told else "state")


def _instant(_: click.Context, __: click.Parameter, written: str | None) -> datetime | None:
    from local.instants import parsed

    try:
        return parsed(written) if written else None
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@click.command()
@click.option("--port", default=8080, show_default=True, help="Port on 127.0.0.1; 0 takes a free one.")
@click.option(
    "--story",
    type=click.Choice(STORIES),
    default="standstill",
    show_default=True,
    help="What to play through the public API before staying up; it begins with empty tables of its own.",
)
@click.option(
    "--realtime", is_flag=True, help="Let the clock follow the machine's instead of standing still."
)
@click.option(
    "--state", type=click.Path(path_type=Path, file_okay=False), help="Where tables and logs are kept."
)
@click.option("--fresh", is_flag=True, help="Begin with empty tables.")
@click.option(
    "--at", "start_at", callback=_instant, help="Where the clock of empty tables starts (ISO 8601)."
)
@click.option("--once", is_flag=True, help="End after the story instead of staying up.")
def run(**given: object) -> None:
    """Run the five services, their queues, state machines and clock on this machine.

    No account, no Docker, no network. GET / lists what answers.
    """
    from rich.console import Console

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    options = Options(**given)  # type: ignore[arg-type]
    console = Console(highlight=False)
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with serving(options, console) as (cloud, url):
        if options.told:
            _story(options.story).tell(url, console)
        if not options.once:
            from local.hints import by_hand

            by_hand(url, cloud, console, told=options.told)
            with _real_time(cloud, options.realtime):
                ended.wait()


def _story(name: str) -> Any:
    """The module of a story: where its clock begins, and how it is told."""
    return importlib.import_module(f"local.stories.{name}")


@contextmanager
def serving(options: Options, console: Console) -> Iterator[tuple[Cloud, str]]:
    """A running cloud and the address it answers at, until the body ends."""
    began = time.monotonic()
    with ExitStack() as stack:
        with console.status("Sakimori 防人: reading the deployment") as status:
            from infra.synth import synthesised

            templates = synthesised()
            status.update("Sakimori 防人: loading")
            from local.aws_endpoint import Server
            from local.cloud import LOGS, Cloud
            from local.front import Front
            from local.state import InUseError, State

            start_at = options.start_at
            if options.told and start_at is None:
                start_at = _story(options.story).BEGINS
            try:
                fresh = options.fresh or (options.told and options.state is None)
                state = State(options.directory, fresh=fresh)
            except InUseError as error:
                raise click.ClickException(str(error)) from error
            logs = options.state / "logs" if options.state else LOGS
            cloud = Cloud(templates, state, start_at=start_at, logs=logs)
            try:
                server = Server(Front(cloud), options.port)
            except (OSError, SystemExit) as error:
                raise click.ClickException(
                    f"Port {options.port} is taken; choose another with --port."
                ) from error
            stack.callback(cloud.stop)
            cloud.start(lambda what: status.update(f"Sakimori 防人: {what}"))
            server.start()
            stack.callback(server.stop)
        console.print(f"[bold]Sakimori 防人[/] serves at {server.url} after {time.monotonic() - began:.1f} s")
        yield cloud, server.url


@contextmanager
def _real_time(cloud: Cloud, wanted: bool) -> Iterator[None]:
    if not wanted:
        yield
        return
    from local.clock import RealTime

    following = RealTime(cloud.clock, lambda: datetime.now(UTC))
    following.start()
    try:
        yield
    finally:
        following.stop()
