"""All that a week lacks, as a list: for the weeks where a row of the board cannot hold it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from maillage.foundation.vocabularies.folding import plain
from maillage.run.planning.models import Slot
from maillage.web.planning.reading import found_in
from maillage.web.planning.weeks import Week, clock, length, week_of
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date, number
from maillage.web.ui.gates import in_network
from maillage.web.ui.lists import Column, Empty, Listing, ListRows

ALL: Final = ("", gettext_lazy("All"))


@dataclass(frozen=True, slots=True)
class Gap:
    """A slot and how many people it lacks."""

    slot: Slot
    people: int
    url: str

    @property
    def minutes(self) -> int:
        """The working time that it lacks."""
        return self.slot.minutes * self.people


SORTS: Final[dict[str, Callable[[Gap], Any]]] = {
    "day": lambda gap: (gap.slot.day, gap.slot.start_minute, plain(gap.slot.organisation.name)),
    "firm": lambda gap: (plain(gap.slot.organisation.name), gap.slot.day, gap.slot.start_minute),
    "occupation": lambda gap: (plain(gap.slot.occupation_label), gap.slot.day),
    "minutes": lambda gap: gap.minutes,
}


@require_safe
@in_network("see_plan")
def gaps(request: NetworkRequest, week: str) -> HttpResponseBase:
    """List the slots of a week that lack people."""
    shown = week_of(week)

    def source(wanted: dict[str, Any]) -> ListRows[Gap]:
        found = found_in(request.network, shown)
        rows = [
            Gap(slot, people, reverse("planning:gap", args=[request.network.slug, slot.public_id]))
            for slot, people in found.gaps
        ]
        return ListRows([row for row in rows if _is_wanted(row, wanted)], sorts=SORTS)

    listing = Listing(
        name="gaps",
        columns=_columns(),
        default_sort="day",
        caption=_caption,
        empty=Empty(
            title=gettext_lazy("Everything is covered"),
            text=gettext_lazy("No slot of this week lacks anybody."),
        ),
        filters=_filters(shown),
        search=gettext_lazy("Firm or occupation"),
    )
    context = {"network": request.network, "week": shown}
    return listing.read(request, source).respond("planning/gaps.html", context)


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            "day",
            _("Day"),
            lambda gap: gap.slot.day,
            sort=True,
            main=True,
            text=nice_date,
            link=lambda gap: gap.url,
        ),
        Column("from", _("From"), lambda gap: clock(gap.slot.start_minute)),
        Column("to", _("To"), lambda gap: clock(gap.slot.end_minute)),
        Column("firm", _("Firm"), lambda gap: gap.slot.organisation.name, sort=True),
        Column("occupation", _("Occupation"), lambda gap: gap.slot.occupation_label, sort=True),
        Column("people", _("People missing"), lambda gap: gap.people, numeric=True),
        Column(
            "minutes",
            _("Hours"),
            lambda gap: gap.minutes,
            sort=True,
            numeric=True,
            text=length,
        ),
    )


def _filters(week: Week) -> type[forms.Form]:
    days = [(str(rank), date_format(day, "l j F")) for rank, day in enumerate(week.days)]

    class OfTheWeek(forms.Form):
        """Which day is listed."""

        day = forms.ChoiceField(label=gettext_lazy("Day"), required=False, choices=[ALL, *days])

    return OfTheWeek


def _is_wanted(gap: Gap, wanted: dict[str, Any]) -> bool:
    said = plain(f"{gap.slot.organisation.name} {gap.slot.occupation_label}")
    return (not wanted["day"] or gap.slot.day.weekday() == int(wanted["day"])) and all(
        word in said for word in plain(wanted["q"]).split()
    )


def _caption(count: int) -> str:
    words = ngettext("%(n)s slot lacks somebody", "%(n)s slots lack somebody", count)
    return words % {"n": number(count)}
