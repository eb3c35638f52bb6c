"""The files a command is asked to write: checked before the work, written whole or not at all."""

import os
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from maillage.cli.errors import Refusal
from maillage.launch.shared_jobs.outcome import Outcome
from maillage.launch.shared_jobs.reports.document import render_document
from maillage.launch.shared_jobs.reports.page import render_page
from maillage.launch.shared_jobs.reports.spreadsheet import render_spreadsheet

RENDERERS: Final[Mapping[str, Callable[[Outcome], bytes]]] = {
    "json": render_document,
    "xlsx": render_spreadsheet,
    "html": render_page,
}
# Endings by which programs would take a file for what it is not.
ENDINGS: Final[Mapping[str, frozenset[str]]] = {
    "json": frozenset({".json"}),
    "xlsx": frozenset({".xlsx"}),
    "html": frozenset({".html", ".htm"}),
}
FOREIGN_ENDINGS: Final = frozenset({".csv", ".tsv", ".txt", ".xls", ".ods", ".pdf", ".toml"})


@dataclass(frozen=True, slots=True)
class Output:
    """A file to write, in one of the formats of `RENDERERS`."""

    format: str
    path: Path


def check_outputs(outputs: Iterable[Output], inputs: Iterable[Path]) -> None:
    """Raise `Refusal` when a file could not be written at the end, or would destroy another."""
    taken = {path.resolve(): path for path in inputs}
    for output in outputs:
        _check_ending(output)
        _check_place(output.path)
        target = output.path.resolve()
        if target in taken:
            raise Refusal(
                _("%(file)s is already one of the files of this command: give another name.")
                % {"file": output.path}
            )
        taken[target] = output.path


def _check_ending(output: Output) -> None:
    ending = output.path.suffix.lower()
    own = ENDINGS[output.format]
    foreign = FOREIGN_ENDINGS.union(*ENDINGS.values()) - own
    if ending in foreign or (output.format == "xlsx" and ending not in own):
        raise Refusal(
            _("--%(format)s cannot write %(file)s: its name must end with %(ending)s.")
            % {"format": output.format, "file": output.path, "ending": f".{output.format}"}
        )


def _check_place(path: Path) -> None:
    folder = path.parent
    values = {"file": path, "folder": folder}
    if not folder.is_dir():
        raise Refusal(
            _("%(file)s cannot be written: the folder %(folder)s does not exist. Create it first.")
            % values
        )
    if path.exists() and not path.is_file():
        raise Refusal(_("%(file)s cannot be written: it is a folder or a device.") % values)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Refusal(
            _("%(file)s cannot be written: you may not write into the folder %(folder)s.") % values
        )


def write_output(output: Output, outcome: Outcome) -> None:
    """Write one file in its format."""
    write_whole(output.path, RENDERERS[output.format](outcome))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file; whoever reads it meanwhile sees the old one or the new one, never half."""
    target = path.resolve()  # a link stays a link
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        draft.write_bytes(content)
        draft.replace(target)
    except OSError as error:
        raise Refusal(
            _("%(file)s could not be written: %(reason)s.")
            % {"file": path, "reason": error.strerror or error}
        ) from error
    finally:
        draft.unlink(missing_ok=True)
