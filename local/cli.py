"""`sakimori`: the one entry point. Commands live with what they command and are loaded when called."""

import click

from local.run import run
from services.statute.cli import statute_commands


class _Sakimori(click.Group):
    """The commands; `article` is told where powers are declared, which the law's package cannot know."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name == "article":
            from documents.statute_powers import powers
            from services.statute.article import powers_from

            powers_from(powers)
        return super().get_command(ctx, cmd_name)


@click.group(cls=_Sakimori)
@click.version_option(package_name="sakimori")
def main() -> None:
    """Sakimori (防人): the procedures of Japan's Economic Security Promotion Act."""


main.add_command(run)
for _command in statute_commands.commands.values():
    main.add_command(_command)
