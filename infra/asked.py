"""What a deployment is asked for: its stage, its name, the day whose rows count."""

from __future__ import annotations

import argparse
import os
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from infra.stages import FILE, Stage, stage

TOKYO = ZoneInfo("Asia/Tokyo")


def arguments(said: str | None = None) -> argparse.ArgumentParser:
    """What a deployment is told; the CDK passes none of it on, so each has an environment variable."""
    parser = argparse.ArgumentParser(description=said)
    told = os.environ.get
    parser.add_argument("--stage", default=told("STAGE", "local"), help="a row of infra/stages.toml (STAGE)")
    parser.add_argument("--deployment", default=told("DEPLOYMENT"), help="part of every name (DEPLOYMENT)")
    parser.add_argument(
        "--stages", type=Path, default=Path(told("STAGES", FILE)), help="the file of stages (STAGES)"
    )
    parser.add_argument(
        "--on", type=date.fromisoformat, default=datetime.now(TOKYO).date(), help="whose rows count"
    )
    parser.add_argument("--outdir", help="where the templates go (cdk.out)")
    code = parser.add_mutually_exclusive_group()
    code.add_argument("--no-code", action="store_true", help="leave the functions' code out")
    code.add_argument("--for-here", action="store_true", help="package the code for this machine")
    return parser


def chosen(given: argparse.Namespace) -> Stage:
    """The stage that is asked for. Raises `StageError`."""
    of = stage(given.stage, given.on, given.stages)
    return of.named(given.deployment) if given.deployment else of
