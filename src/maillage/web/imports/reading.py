"""What the page of the columns shows: each column, its first cells, what was noticed."""

from dataclasses import dataclass
from typing import Final

from django import forms
from django.utils.translation import gettext as _

from maillage.foundation.jobs.words import said
from maillage.foundation.organisations.models import ImportRow, OrganisationImport
from maillage.web.imports.forms import ColumnsForm

LOOKED_AT: Final = 40  # lines
SHOWN: Final = 3  # cells
LONGEST: Final = 40  # characters


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column of the file: its heading, its first cells, the choice of what it holds."""

    title: str
    samples: str
    field: forms.BoundField


def column_rows(form: ColumnsForm, source: OrganisationImport) -> list[ColumnRow]:
    """Return the columns of a file, with the first cells that are not empty. One query."""
    first = ImportRow.objects.filter(source=source).order_by("line").values_list("cells", flat=True)
    lines = [cells.get("values", []) for cells in first[:LOOKED_AT]]
    rows = []
    for at, title in enumerate(form.titles):
        cells = [values[at] for values in lines if at < len(values) and values[at]]
        samples = " · ".join(cell[:LONGEST] for cell in dict.fromkeys(cells[:SHOWN]))
        rows.append(ColumnRow(title, samples, form[f"column_{at}"]))
    return rows


def notes_of(source: OrganisationImport) -> list[str]:
    """Return what was noticed in the file as a whole, in words."""
    notes = [said(words) for words in source.columns.get("notes", [])]
    repeated = source.columns.get("repeated", [])
    if repeated:
        text = _("Several columns are called “%(title)s”: choose the one to read.")
        notes += [text % {"title": title} for title in repeated]
    return notes
