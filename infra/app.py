"""The deployment of a stage: one stack for what is shared, one for each service, one for copies elsewhere.

`python -m infra.app` writes the templates with the functions' packaged code, as `cdk deploy` wants them;
`--no-code` leaves the code out, for tests and the local cloud, which run the handlers from the source tree.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from aws_cdk import App, DefaultStackSynthesizer, Tags, Validations
from cdk_nag import AwsSolutionsChecks

from infra.asked import arguments, chosen
from infra.constructs.backup import Recovery
from infra.constructs.service import Service
from infra.exceptions import acknowledge
from infra.manifest import ROOT, manifests
from infra.platform import Platform
from infra.shape import findings
from infra.stages import Stage, StageError


def flags() -> dict[str, Any]:
    """The context of `cdk.json`: the flags the CDK recommends, whoever starts the synthesis."""
    context: dict[str, Any] = json.loads((ROOT / "cdk.json").read_text("utf-8"))["context"]
    # Every resource says which construct made it: exceptions to the rules are written by these paths.
    return context | {"aws:cdk:enable-path-metadata": True}


def build(of: Stage, outdir: str | None = None, code: dict[str, dict[str, Path]] | None = None) -> App:
    """The whole app, not yet synthesised; `code` is each function's zip, by service and function."""
    app = App(
        outdir=outdir,
        context=flags(),
        analytics_reporting=False,
        tree_metadata=False,
        default_stack_synthesizer=DefaultStackSynthesizer(generate_bootstrap_version_rule=False),
    )
    platform = Platform(app, of)
    if of.recovery:
        # The vault for copies is there before a plan copies into it.
        platform.add_stack_dependency(Recovery(app, of))
    for manifest in manifests():
        service = Service(app, manifest, of, code=code[manifest.name] if code else None)
        # A service imports nothing, but reads the platform's parameters: who deploys all begins there.
        service.add_stack_dependency(platform)
        Tags.of(service).add("service", manifest.path)
        Tags.of(service).add("chapter", str(manifest.chapter))
    Tags.of(app).add("project", "sakimori")
    Tags.of(app).add("stage", of.name)
    Tags.of(app).add("deployment", of.prefix)
    acknowledge(app)
    Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    return app


def packaged(*, for_here: bool = False) -> dict[str, dict[str, Path]]:
    """Every function's zip, by service and function; for Lambda, or to run `for_here`."""
    from infra.packaging import DEPLOYED, here, packages

    zips: dict[str, dict[str, Path]] = {}
    for built in packages(here() if for_here else DEPLOYED):
        zips.setdefault(built.service, {})[built.function] = built.file
    return zips


def main() -> None:
    """Synthesise."""
    given = arguments(__doc__).parse_args()
    try:
        of = chosen(given)
    except StageError as error:
        sys.exit(str(error))
    code = None if given.no_code else packaged(for_here=given.for_here)
    assembly = build(of, given.outdir, code).synth()
    lost = findings(Path(assembly.directory), of.prefix)
    if lost:
        sys.exit("\n".join(lost))


if __name__ == "__main__":
    main()
