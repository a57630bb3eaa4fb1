"""`sakimori`: the one entry point. Commands live with what they command and are loaded when called."""

import click

from local.run import run
from services.statute.cli import statute_commands


@click.group()
@click.version_option(package_name="sakimori")
def main() -> None:
    """Sakimori (防人): the procedures of Japan's Economic Security Promotion Act."""


main.add_command(run)
for _command in statute_commands.commands.values():
    main.add_command(_command)
