"""Where the dated tables lie: the `data` folder beside the code, read as it ships."""

import os
from typing import Any

_FOLDER = os.path.join(os.path.dirname(__file__), "data")


def read_text(*parts: str) -> str:
    """Return the text of a data file."""
    with open(os.path.join(_FOLDER, *parts), encoding="utf-8") as file:
        return file.read()


def read_toml(*parts: str) -> dict[str, Any]:
    """Return a TOML data file as a dictionary."""
    import tomllib  # only what reads a table pays for the parser

    return tomllib.loads(read_text(*parts))


def files_in(folder: str) -> list[str]:
    """Return the names of the data files in `folder`, in order."""
    return sorted(os.listdir(os.path.join(_FOLDER, folder)))
