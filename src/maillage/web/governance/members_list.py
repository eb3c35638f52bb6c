"""The list of members: who is in, who left, on any day, as the viewer may know them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.db.models.expressions import OrderBy
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from maillage.foundation.networks.enums import Tier
from maillage.foundation.networks.models import MembershipPeriod, Network
from maillage.foundation.networks.queries import current, headcount, standing_on
from maillage.foundation.visibility.directory import Directory
from maillage.foundation.visibility.seen import SeenOrganisation
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date, number
from maillage.web.ui.forms import DayInput
from maillage.web.ui.lists import Column, Empty, Listing
from maillage.web.ui.parts import Figure
from maillage.web.ui.tags.inline import badge

BATCH = 500
ORDER = {tier: rank for rank, tier in enumerate(Tier.values)}
SORTS = {
    "name": "membership__organisation__folded_name",
    "place": "rank",
    "since": "starts_on",
    "entered": "entered_on",
    "until": "ends_on",
}


class MemberFilters(forms.Form):
    """What the list can be cut down to."""

    standing = forms.ChoiceField(
        label=_("Which ones"),
        required=False,
        choices=[
            ("", _("Members")),
            ("left", _("Those who left")),
            ("all", _("Members and those who left")),
        ],
    )
    tier = forms.ChoiceField(
        label=pgettext_lazy("of a member", "Place"),
        required=False,
        choices=[("", pgettext_lazy("places of members", "All")), *Tier.choices],
    )
    on = forms.DateField(label=_("As on the day"), required=False, widget=DayInput)


@dataclass(frozen=True, slots=True)
class Member:
    """One line: an organisation, as the viewer sees it, and where it stood on the day."""

    seen: SeenOrganisation
    period: MembershipPeriod
    url: str
    left: bool

    @property
    def place(self) -> str:
        """The place of the member in words; who left had one."""
        return self.period.get_tier_display()


@dataclass(frozen=True)
class MemberRows:
    """The rows of the list, as one viewer may know them on one day."""

    network: Network
    directory: Directory
    day: date
    wanted: dict[str, Any]
    order: tuple[Any, ...] = ("membership__organisation__folded_name", "pk")

    @cached_property
    def periods(self) -> QuerySet[MembershipPeriod]:
        """Where each organisation the viewer may know of stood."""
        known = self.directory.filtered(q=self.wanted["q"])
        rows = standing_on(self.network, self.day, known.ids())
        if self.wanted["standing"] != "all":
            here = current(self.day)
            rows = rows.exclude(here) if self.wanted["standing"] == "left" else rows.filter(here)
        if self.wanted["tier"]:
            rows = rows.filter(tier=self.wanted["tier"])
        return rows

    def count(self) -> int:
        """Return how many lines there are."""
        return self.periods.count()

    def sorted(self, key: str, *, descending: bool) -> "MemberRows":
        """Return the same lines in the order of a column."""
        if key not in SORTS:
            return self
        first = OrderBy(F(SORTS[key]), descending=descending, nulls_last=True)
        return replace(self, order=(first, "membership__organisation__folded_name", "pk"))

    def slice(self, start: int, stop: int) -> Sequence[Member]:
        """Return the lines from one rank to another."""
        rank = Case(
            *(When(tier=tier, then=Value(rank)) for tier, rank in ORDER.items()),
            output_field=IntegerField(),
        )
        rows = self.periods.annotate(rank=rank).order_by(*self.order)
        periods = list(rows.select_related("membership")[start:stop])
        known = self.directory.several([one.membership.organisation_id for one in periods])
        return [
            self._member(known[period.membership.organisation_id], period) for period in periods
        ]

    def all(self) -> Iterator[Member]:
        """Return every line, for an export."""
        for start in range(0, self.count(), BATCH):
            yield from self.slice(start, start + BATCH)

    def _member(self, seen: SeenOrganisation, period: MembershipPeriod) -> Member:
        url = reverse("governance:member", args=[self.network.slug, seen.public_id])
        left = period.ends_on is not None and period.ends_on < self.day
        return Member(seen, period, url, left)


def _place(row: Member) -> SafeString:
    if row.left:
        return badge(gettext("Left"), "plain")
    return badge(row.place, "ok" if row.period.tier == Tier.CORE else "", icon="network")


def _day(value: date | None) -> str:
    return nice_date(value, "year") if value else ""


COLUMNS = (
    Column(
        "name",
        _("Member"),
        lambda row: row.seen.name,
        sort=True,
        main=True,
        link=lambda row: row.url,
        small=lambda row: row.seen.commune or "",
    ),
    Column("commune", _("Commune"), lambda row: row.seen.commune, shown=False),
    Column(
        "place",
        pgettext_lazy("of a member", "Place"),
        lambda row: row.place,
        sort=True,
        html=_place,
    ),
    Column(
        "since", _("In this place since"), lambda row: row.period.starts_on, sort=True, text=_day
    ),
    Column("entered", _("First entry"), lambda row: row.period.entered_on, sort=True, text=_day),
    Column("until", _("Last day"), lambda row: row.period.ends_on, sort=True, text=_day),
)
REASON = Column("reason", _("Reason for leaving"), lambda row: row.period.exit_reason, shown=False)


def _caption(count: int) -> str:
    return ngettext("%(count)s organisation", "%(count)s organisations", count) % {
        "count": number(count)
    }


def members_listing(request: NetworkRequest) -> Listing:
    """Return the list as the role in use gets it: reasons, and exports, are not for all."""
    manages = request.acting.can("manage_members")
    firms = reverse("directory:firms", args=[request.network.slug])
    return Listing(
        name="members",
        columns=(*COLUMNS, REASON) if manages else COLUMNS,
        default_sort="name",
        caption=_caption,
        empty=Empty(
            _("No member here yet"),
            _("Choose a firm of the directory and record its entry.")
            if manages
            else _("Nobody you may know of is a member on this day."),
            url=firms if manages else "",
            label=_("See the firms"),
        ),
        filters=MemberFilters,
        search=_("Search a member"),
        exports=request.acting.can("export_directory"),
    )


def day_of(wanted: dict[str, Any]) -> date:
    """Return the day the list is read for: today unless another was asked for."""
    return wanted["on"] or localdate()


def member_figures(network: Network, directory: Directory, day: date) -> list[Figure]:
    """Return how many members each place has on a day, among those the viewer may know of."""
    counts = headcount(network, day, directory.ids())
    total = sum(counts.values())
    return [
        Figure(number(total), ngettext("member", "members", total)),
        *(Figure(number(counts[tier]), label) for tier, label in Tier.choices),
    ]
