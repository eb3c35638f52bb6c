"""The list of firms with what they do on public holidays."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from maillage.foundation.networks.models import Network
from maillage.foundation.networks.queries import members_on
from maillage.foundation.organisations.models import Organisation, Site
from maillage.run.planning.holidays import ALSACE_MOSELLE
from maillage.run.planning.models import HolidayRule
from maillage.web.ui.formats import nice_date
from maillage.web.ui.lists import Column, Empty, Listing, QuerySetRows


def firms_of(
    network: Network, first: date, last: date, q: str | None
) -> QuerySetRows[Organisation]:
    """Return the members with what they chose for the holidays between two days."""
    here = members_on(network, localdate()).values("membership__organisation")
    found = Organisation.objects.filter(pk__in=here)
    if q:
        found = found.filter(name__icontains=q)
    kept = Q(day=None) | Q(day__gte=first, day__lte=last)
    rules = HolidayRule.objects.filter(kept, network=network).order_by("day")
    sites = Site.objects.filter(closed_on=None).order_by("-is_main", "pk")
    found = found.prefetch_related(
        Prefetch("holiday_rules", rules, to_attr="kept"), Prefetch("sites", sites, to_attr="here")
    )
    return QuerySetRows(found, sorts={"firm": ("folded_name", "pk")})


def listing_of(slug: str, *, linked: bool) -> Listing:
    """Return the list; each firm leads to its own page for whoever plans."""

    def page(row: Any) -> str:
        return reverse("planning:firm-holidays", args=[slug, row.public_id]) if linked else ""

    return Listing(
        name="holidays",
        columns=(
            Column(
                "firm",
                gettext_lazy("Firm"),
                lambda row: row.name,
                sort=True,
                main=True,
                link=page,
                small=_place,
            ),
            Column("usual", gettext_lazy("Usually"), _usual),
            Column("pay", gettext_lazy("Who bears the hours"), _pay),
            Column("own", gettext_lazy("Other days"), _own),
        ),
        default_sort="firm",
        filters=None,
        search=gettext_lazy("Search a firm"),
        caption=lambda n: ngettext("%(n)d firm", "%(n)d firms", n) % {"n": n},
        empty=Empty(
            gettext_lazy("No member yet"), gettext_lazy("Firms that join are listed here.")
        ),
        per_page=50,
        exports=True,
    )


def _usual(row: Any) -> str:
    rule = next((one for one in row.kept if one.day is None), None)
    return str(rule.get_opening_display()) if rule is not None else _("Not decided: closed")


def _pay(row: Any) -> str:
    rule = next((one for one in row.kept if one.day is None), None)
    return str(rule.get_pay_display()) if rule is not None else ""


def _own(row: Any) -> str:
    own = [one for one in row.kept if one.day is not None]
    return " ; ".join(f"{nice_date(one.day)}, {one.get_opening_display()}" for one in own)


def _place(row: Any) -> str:
    insee = row.here[0].insee if row.here else ""
    return _("Alsace-Moselle") if insee[:2] in ALSACE_MOSELLE else ""
