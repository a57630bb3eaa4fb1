"""What to try by hand, printed when all is up."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from local.identity import Person
from local.instants import text

if TYPE_CHECKING:
    from rich.console import Console

    from local.cloud import Cloud

TEN_YEARS = timedelta(days=3650)


def by_hand(url: str, cloud: Cloud, console: Console, *, told: bool) -> None:
    """Print a request that works as it stands, where the documentation is, and how to move the clock."""
    if told:
        from local.stories.standstill import OFFICIAL

        person = OFFICIAL
    else:
        person = Person("sato", "8230001002345", ("operator",))
    lines = [
        "",
        "[bold]By hand 手で試す[/]",
        f"  everything       {url}/",
        f"  API reference    {url}/infra-review/v1/docs",
        f"  the clock        {text(cloud.clock.now())}",
        f"  logs             {cloud.logs}",
        "",
        f"As {person.subject} ({', '.join(person.roles)}), valid for ten years of virtual time:",
    ]
    for line in lines:
        console.print(line)
    # Printed plain and unbroken, so that it can be copied.
    print(f"\nTOKEN={cloud.issuer.sign(person, cloud.clock.now(), TEN_YEARS)}\n")  # noqa: T201
    print(f'curl -s {url}/infra-review/v1/notifications -H "Authorization: Bearer $TOKEN"')  # noqa: T201
    print(f'curl -s {url}/_local/clock -d \'{{"to": "{_later(cloud)}"}}\'')  # noqa: T201
    print(  # noqa: T201
        f"curl -s {url}/_local/token "
        '-d \'{"subject": "sato", "organisation": "8230001002345", "roles": ["operator"]}\'\n'
    )
    console.print("Ctrl-C ends it.")


def _later(cloud: Cloud) -> str:
    return text((cloud.clock.now() + timedelta(days=30)).replace(microsecond=0))
