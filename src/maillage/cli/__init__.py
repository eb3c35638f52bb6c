"""The `maillage` command: what it offers is in `program`, each command has its module."""

import sys
from pkgutil import resolve_name
from typing import Final

INTERRUPTED: Final = 130  # what shells expect after Ctrl-C


def main() -> None:
    """Run the `maillage` command on the arguments of the process."""
    try:
        # Loading everything takes a second or two. Here, Ctrl-C may come meanwhile; and the
        # processes of a search, which load this module again, are spared the rest.
        resolve_name("maillage.cli.program:main")()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
