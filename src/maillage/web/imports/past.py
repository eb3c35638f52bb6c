"""The list of the imports made in a network."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from maillage.foundation.organisations.enums import ImportState
from maillage.foundation.organisations.models import OrganisationImport
from maillage.web.imports.wording import STATE_LOOKS
from maillage.web.ui.formats import nice_datetime, number
from maillage.web.ui.lists import Column, Empty, Listing, QuerySetRows
from maillage.web.ui.tags.inline import badge


def imports_listing(slug: str) -> Listing:
    """Return the list of imports of a network."""

    def page(row: OrganisationImport) -> str:
        return reverse("imports:page", args=[slug, row.public_id])

    return Listing(
        name="imports",
        columns=(
            Column("file", _("File"), lambda row: row.file_name, sort=True, main=True, link=page),
            Column("at", _("Received on"), lambda row: row.created_at, sort=True, text=_when),
            Column("state", _("Where it stands"), _state, sort=True, html=_badge),
            Column("rows", _("Lines"), lambda row: row.total, numeric=True, text=number),
            Column("done", _("In the directory"), lambda row: row.done, numeric=True, text=number),
        ),
        default_sort="-at",
        caption=_caption,
        empty=Empty(
            _("No import yet"),
            _("Bring in the spreadsheet you have: you see what it changes before it does."),
            url=reverse("imports:new", args=[slug]),
            label=_("Import a spreadsheet"),
        ),
    )


def imports_rows(imports: QuerySet[OrganisationImport]) -> QuerySetRows[OrganisationImport]:
    """Return imports as rows of the list."""
    return QuerySetRows(imports, sorts={"file": "file_name", "at": "created_at", "state": "state"})


def _when(value: object) -> str:
    return nice_datetime(value)  # type: ignore[arg-type]  # the moment of a row


def _state(row: OrganisationImport) -> str:
    return str(ImportState(row.state).label)


def _badge(row: OrganisationImport) -> SafeString:
    return badge(_state(row), STATE_LOOKS.get(row.state, "plain"))


def _caption(count: int) -> str:
    return ngettext("%(count)s import", "%(count)s imports", count) % {"count": number(count)}
