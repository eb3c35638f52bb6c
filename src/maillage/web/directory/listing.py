"""The list of firms: its columns on the screen and in files."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from maillage.foundation.organisations.enums import ActivityScheme
from maillage.foundation.visibility.seen import PART_OF, SeenOrganisation
from maillage.web.directory import wording
from maillage.web.directory.filters import FirmFilters
from maillage.web.ui.formats import number
from maillage.web.ui.lists import Column, Empty, Listing


def caption(count: int) -> str:
    """Return the sentence that counts organisations."""
    return ngettext("%(count)s organisation", "%(count)s organisations", count) % {
        "count": number(count)
    }


def _scheme(row: SeenOrganisation) -> str:
    return str(ActivityScheme(row.activity_scheme).label) if row.activity_scheme else ""


def columns(slug: str) -> tuple[Column, ...]:
    """Return the columns of the list of a network: what is hidden from the viewer is empty."""

    def page(row: SeenOrganisation) -> str:
        return reverse("directory:organisation", args=[slug, row.public_id])

    return (
        Column("name", _("Name"), lambda row: row.name, sort=True, main=True, link=page),
        Column("kind", _("What it is"), wording.kind_of, shown=False),
        Column("activity", _("Activity"), lambda row: row.activity, sort=True),
        Column("activity_code", _("Activity code"), lambda row: row.activity_code, shown=False),
        Column("activity_scheme", _("List of activities"), _scheme, shown=False),
        Column("postcode", _("Postcode"), lambda row: row.postcode, shown=False),
        Column("commune", _("Commune"), lambda row: row.commune, sort=True),
        Column("address", _("Address"), lambda row: row.address, shown=False),
        Column(
            "headcount",
            _("Employees"),
            lambda row: row.headcount,
            sort=True,
            numeric=True,
            text=lambda value: "" if value is None else number(value),
        ),
        Column("size", _("Size"), wording.size_of, shown=False),
        Column("siren", _("SIREN"), lambda row: row.siren, shown=False),
        Column("siret", _("SIRET"), lambda row: row.siret, shown=False),
        Column("agreement", _("Collective agreement"), lambda row: row.agreement, shown=False),
        Column("phone", _("Telephone"), lambda row: row.phone, shown=False),
        Column("email", _("E-mail address"), lambda row: row.email, shown=False),
        Column("website", _("Web site"), lambda row: row.website, shown=False),
        Column("tier", _("In the network"), wording.place_of, sort=True),
        Column("listed_on", _("In the directory since"), lambda row: row.listed_on, shown=False),
    )


FIRMS = Listing(
    name="firms",
    columns=(),
    default_sort="name",
    filters=FirmFilters,
    search=_("Name, commune, activity"),
    caption=caption,
    empty=Empty(_("No firm here yet"), _("The animator of the network brings them in.")),
)


def first_step(import_url: str) -> Empty:
    """Return what stands in the list of a new network; with the way in for who may import."""
    if not import_url:
        return FIRMS.empty
    return Empty(
        _("No firm here yet"),
        _("Bring in the spreadsheet you have, or write the first firm in by hand."),
        url=import_url,
        label=_("Import firms"),
    )


SHOWN_PARTS = frozenset({"presence", "activity", "size"})
EXPORTED_PARTS = SHOWN_PARTS | {
    PART_OF[field] for field in ("postcode", "siren", "agreement", "phone", "website")
}


def firms_of(slug: str, *, exports: bool) -> Listing:
    """Return the list of the firms of a network, with files for those who may take them away."""
    return replace(FIRMS, columns=columns(slug), exports=exports)
