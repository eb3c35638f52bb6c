"""The lines that were refused, as a file to correct and import again."""

from django.http import FileResponse
from django.utils.translation import gettext_lazy as _

from maillage.foundation.organisations.enums import RowFate
from maillage.foundation.organisations.models import ImportRow, OrganisationImport
from maillage.web.imports.wording import reasons_of
from maillage.web.ui.lists import Column
from maillage.web.ui.lists.export import exported


def refused_file(source: OrganisationImport) -> FileResponse:
    """Return the refused lines as CSV: the reasons first, then the columns as they were given.

    The headings are those of the file, so that it can be imported again once corrected.
    """
    columns = [
        Column("line", _("Line"), lambda row: row.line),
        Column("why", _("To correct"), lambda row: " ".join(reasons_of(row))),
        *(_column(at, title) for at, title in enumerate(source.columns["titles"])),
    ]
    rows = ImportRow.objects.filter(source=source, fate=RowFate.REFUSED).order_by("line")
    return exported("csv", "refused", columns, rows.iterator(chunk_size=1000))


def _column(at: int, title: str) -> Column:
    def value(row: ImportRow) -> str:
        values = row.cells.get("values", [])
        return values[at] if at < len(values) else ""

    return Column(f"column_{at}", title, value)
