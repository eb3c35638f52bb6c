"""The `maillage` command: what it offers is in `program`, each command has its module."""

from maillage.cli.program import main

__all__ = ["main"]
