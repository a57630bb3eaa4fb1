"""The deployment: one stack for what is shared, one for each service.

`python -m infra.app` writes the templates with the functions' packaged code, as `cdk deploy` wants them;
`--no-code` leaves the code out, for tests and the local cloud, which run the handlers from the source tree.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from aws_cdk import App, DefaultStackSynthesizer, Validations
from cdk_nag import AwsSolutionsChecks

from infra.constructs.service import Service
from infra.exceptions import acknowledge
from infra.manifest import manifests
from infra.platform import Platform

CONTEXT = {
    # Every resource says which construct made it: exceptions to the rules are written by these paths.
    "aws:cdk:enable-path-metadata": True,
    # Access logs of buckets are let in by policy, not by the ACLs of old.
    "@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy": True,
}


def build(outdir: str | None = None, code: dict[str, dict[str, Path]] | None = None) -> App:
    """The whole app, not yet synthesised; `code` is each function's zip, by service and function."""
    app = App(
        outdir=outdir,
        context=CONTEXT,
        analytics_reporting=False,
        tree_metadata=False,
        default_stack_synthesizer=DefaultStackSynthesizer(generate_bootstrap_version_rule=False),
    )
    Platform(app)
    for manifest in manifests():
        Service(app, manifest, code=code[manifest.name] if code else None)
    acknowledge(app)
    Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    return app


def packaged() -> dict[str, dict[str, Path]]:
    """Every function's zip, by service and function."""
    from infra.packaging import packages

    zips: dict[str, dict[str, Path]] = {}
    for built in packages():
        zips.setdefault(built.service, {})[built.function] = built.file
    return zips


def main() -> None:
    """Synthesise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--outdir", help="where the templates go (cdk.out)")
    parser.add_argument("--no-code", action="store_true", help="leave the functions' code out")
    given = parser.parse_args()
    build(given.outdir, None if given.no_code else packaged()).synth()


if __name__ == "__main__":
    main()
