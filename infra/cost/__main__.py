"""`make cost`: USD a month, line by line, for each scenario of prices.toml."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from infra import synth
from infra.cost import cost, prices, recorded

SERVICE = "sakimori-infra-review"


def main() -> None:
    """Print the table."""
    given, templates = prices(), synth.templates()
    columns = {scenario.name: cost(scenario, templates, SERVICE) for scenario in given.scenario}
    table = Table(title="USD a month", title_justify="left")
    table.add_column("")
    for name in columns:
        table.add_column(name, justify="right")
    for line in next(iter(columns.values())):
        table.add_row(line, *(f"{lines[line]:,.2f}" for lines in columns.values()))
    table.add_section()
    table.add_row("together", *(f"{sum(lines.values()):,.2f}" for lines in columns.values()))
    cents = [
        f"{sum(lines.values()) * 12 / scenario.cases:.4f}" if scenario.cases else ""
        for scenario, lines in zip(given.scenario, columns.values(), strict=True)
    ]
    table.add_row("a case", *cents)
    console = Console(width=110)
    console.print(table)
    checked = (
        f"compared with AWS's pages on {given.checked}" if given.checked else "not compared with AWS's pages"
    )
    console.print(
        f"Prices as of {given.as_of}, {checked}; one case as recorded on {recorded().recorded_on}; the second"
        " Region's vault, tax and free allowances are not in it."
    )


if __name__ == "__main__":
    main()
