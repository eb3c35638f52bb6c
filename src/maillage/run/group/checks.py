"""Checked when the program starts: the kinds, the limits and the clock can be read."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error

from maillage.run.group.rules import faults


def rules_can_be_read(
    app_configs: Sequence[Any] | None = None,  # noqa: ARG001 -- Django's signature
    **_kwargs: Any,
) -> list[CheckMessage]:
    """Return one error for each fault of the files: which, and what is wrong."""
    return [
        Error(fault, hint="docs/reference/compliance-clock.md", id="group.E001")
        for fault in faults()
    ]
