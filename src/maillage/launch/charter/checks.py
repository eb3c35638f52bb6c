"""Checked when the program starts: every first draft that comes with it can be proposed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Error

from maillage.launch.charter.presets import FOLDER, faults_of


def charters_can_be_read(
    app_configs: Sequence[Any] | None = None,  # noqa: ARG001 -- Django's signature
    **_kwargs: Any,
) -> list[CheckMessage]:
    """Return one error for each fault of a first draft: its file, and what is wrong."""
    return faults_in(FOLDER)


def faults_in(folder: Path) -> list[CheckMessage]:
    """Return what is wrong with the first drafts of a folder."""
    return [
        Error(f"{path.name}: {fault}", hint="docs/reference/charters.md", id="charter.E001")
        for path in sorted(folder.glob("*.toml"))
        for fault in faults_of(path)
    ]
