"""The list of members: who is in, who left, on any day, as the viewer may know them."""

from collections.abc import Iterator, Mapping, Sequence
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
from django.utils.translation import gettext, ngettext, ngettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from maillage.foundation.networks.enums import Tier
from maillage.foundation.networks.models import MembershipPeriod, Network
from maillage.foundation.networks.queries import (
    current,
    first_entries,
    members_on,
    standing_on,
    with_first_entry,
)
from maillage.foundation.visibility.directory import Directory
from maillage.foundation.visibility.seen import SeenOrganisation
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date, number
from maillage.web.ui.forms import DayInput
from maillage.web.ui.lists import Column, Empty, Listing
from maillage.web.ui.parts import Figure
from maillage.web.ui.tags.inline import badge

# How many stand where, beside the number.
PLACES = (
    (Tier.CORE, ngettext_lazy("in the core", "in the core", "count")),
    (Tier.PERIPHERY, ngettext_lazy("in the periphery", "in the periphery", "count")),
    (Tier.OBSERVER, ngettext_lazy("observer", "observers", "count")),
)
BATCH = 500
READ = ("id", "membership_id", "tier", "starts_on", "ends_on", "exit_reason")
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
    entered_on: date
    url: str
    left: bool

    @property
    def place(self) -> str:
        """The place of the member in words; who left had one."""
        return self.period.get_tier_display()


@dataclass(frozen=True)
class MemberRows:
    """The rows of the list, as one viewer may know them on one day.

    `counts` are the members of each place on that day, for the same viewer, when the page has
    counted them already.
    """

    network: Network
    directory: Directory
    day: date
    wanted: dict[str, Any]
    counts: Mapping[str, int] | None = None
    order: tuple[str, bool] = ("name", False)

    @cached_property
    def periods(self) -> QuerySet[MembershipPeriod]:
        """Where each organisation the viewer may know of stood."""
        known = self.directory.filtered(q=self.wanted["q"]).ids()
        if not self.wanted["standing"]:
            rows = members_on(self.network, self.day, known)
        else:
            rows = standing_on(self.network, self.day, known)
        if self.wanted["standing"] == "left":
            rows = rows.exclude(current(self.day))
        if self.wanted["tier"]:
            rows = rows.filter(tier=self.wanted["tier"])
        return rows

    def count(self) -> int:
        """Return how many lines there are."""
        tier = self.wanted["tier"]
        if self.counts is not None and not self.wanted["standing"] and not self.wanted["q"]:
            return self.counts[tier] if tier else sum(self.counts.values())
        return self.periods.count()

    def sorted(self, key: str, *, descending: bool) -> "MemberRows":
        """Return the same lines in the order of a column."""
        return replace(self, order=(key, descending)) if key in SORTS else self

    def slice(self, start: int, stop: int) -> Sequence[Member]:
        """Return the lines from one rank to another."""
        rows = list(self._ordered().values("membership__organisation", *READ)[start:stop])
        firms = [row.pop("membership__organisation") for row in rows]
        periods = [MembershipPeriod(**row) for row in rows]
        entries = first_entries(period.membership_id for period in periods)
        known = self.directory.several(firms)
        return [
            self._member(known[firm], period, entries[period.membership_id])
            for firm, period in zip(firms, periods, strict=True)
        ]

    def all(self) -> Iterator[Member]:
        """Return every line, for an export."""
        for start in range(0, self.count(), BATCH):
            yield from self.slice(start, start + BATCH)

    def _ordered(self) -> QuerySet[MembershipPeriod]:
        """Return the rows in order; what is sorted by is worked out only when it is asked for."""
        key, descending = self.order
        rows = self.periods
        if key == "place":
            whens = (When(tier=tier, then=Value(rank)) for tier, rank in ORDER.items())
            rows = rows.annotate(rank=Case(*whens, output_field=IntegerField()))
        if key == "entered":
            rows = with_first_entry(rows)
        first = OrderBy(F(SORTS[key]), descending=descending, nulls_last=True)
        return rows.order_by(first, SORTS["name"], "pk")

    def _member(self, seen: SeenOrganisation, period: MembershipPeriod, entered_on: date) -> Member:
        url = reverse("governance:member", args=[self.network.slug, seen.public_id])
        left = period.ends_on is not None and period.ends_on < self.day
        return Member(seen, period, entered_on, url, left)


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
    Column("entered", _("First entry"), lambda row: row.entered_on, sort=True, text=_day),
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


def member_figures(counts: Mapping[str, int]) -> list[Figure]:
    """Return how many members there are, and in each place, to be read at a glance."""
    total = sum(counts.values())
    return [
        Figure(number(total), ngettext("member", "members", total)),
        *(Figure(number(counts[tier]), label % {"count": counts[tier]}) for tier, label in PLACES),
    ]
