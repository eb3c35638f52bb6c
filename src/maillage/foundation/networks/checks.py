"""Checked when the program starts: every kind of network can be understood."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Error

from maillage.foundation.networks.preset_files import read
from maillage.foundation.networks.presets import FOLDER


def presets_can_be_read(
    app_configs: Sequence[Any] | None = None,  # noqa: ARG001 -- Django's signature
    **_kwargs: Any,
) -> list[CheckMessage]:
    """Return one error for each fault of a preset: its file, its line, what would be right."""
    return faults_in(FOLDER)


def faults_in(folder: Path) -> list[CheckMessage]:
    """Return what is wrong with the presets of a folder."""
    return [
        Error(str(fault), hint="docs/reference/presets.md", id="networks.E001")
        for path in sorted(folder.glob("*.toml"))
        for fault in read(path).faults
    ]
