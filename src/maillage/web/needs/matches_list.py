"""The matches of the network for its animator: looked for, read in full, and needs left alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from maillage.foundation.vocabularies.folding import plain
from maillage.launch.needs.bridge import MOST_POINTS
from maillage.launch.needs.enums import MatchState
from maillage.launch.needs.matching import look_for_matches, why_alone
from maillage.launch.needs.matching_queries import answerable, matches_of
from maillage.launch.needs.models import Match, Need
from maillage.web.needs.lists import ALL
from maillage.web.needs.matches_words import reasons_for_animator
from maillage.web.needs.reading import note_reads
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import number, percent
from maillage.web.ui.gates import in_network
from maillage.web.ui.lists import Column, Empty, Listing, ListRows
from maillage.web.ui.toasts import said

SORTS = {
    "need": "need__title",
    "offer": "offer__title",
    "points": "points",
    "state": "state",
}
WHY = {
    "no_offer": gettext_lazy("Nobody offers anything about this."),
    "another_thing": gettext_lazy("What is offered about this is something else."),
    "other_months": gettext_lazy("It is offered in other months."),
    "too_few_reasons": gettext_lazy("What is offered has only one reason to fit; two are needed."),
    "kept_apart": gettext_lazy(
        "It is offered by the firm itself, by a competitor, or one of the two said no."
    ),
    "taken": gettext_lazy("The offers that fit suit other needs better."),
}


type Alone = tuple[Need, str]


class Filters(forms.Form):
    """Which matches are listed."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False, choices=[ALL, *MatchState.choices]
    )


@dataclass(frozen=True, slots=True)
class ListedMatch:
    """A match, and whether its two firms may read it."""

    match: Match
    shown: bool

    @property
    def state(self) -> str:
        """What the two said; nothing can be said of what a firm keeps to itself."""
        if self.match.state == MatchState.PROPOSED and not self.shown:
            return _("Not shown: a firm keeps it private, or it is closed")
        return str(MatchState(self.match.state).label)


class MatchRows:
    """Matches, with a line in the log of each firm whose needs are looked at."""

    def __init__(self, request: NetworkRequest, queryset: QuerySet[Match]) -> None:
        self.request = request
        self.queryset = queryset

    def count(self) -> int:
        """Return how many there are."""
        return self.queryset.count()

    def sorted(self, key: str, *, descending: bool) -> "MatchRows":
        """Return the same in the order of a column."""
        if key not in SORTS:
            return self
        field = f"-{SORTS[key]}" if descending else SORTS[key]
        return MatchRows(self.request, self.queryset.order_by(field, "pk"))

    def slice(self, start: int, stop: int) -> Sequence[ListedMatch]:
        """Return one page."""
        return self._listed(self.queryset[start:stop])

    def all(self) -> Iterable[ListedMatch]:
        """Return every match."""
        return self._listed(self.queryset)

    def _listed(self, queryset: QuerySet[Match]) -> list[ListedMatch]:
        rows = list(queryset)
        both = [one for row in rows for one in (row.need, row.offer)]
        note_reads(self.request, both, "needs:matches")
        shown = answerable(self.request.network, both)
        return [ListedMatch(one, one.need_id in shown and one.offer_id in shown) for one in rows]


def _need_link(slug: str, need: Need) -> str:
    return reverse("needs:need", args=[slug, need.public_id])


def matches_listing(slug: str) -> Listing:
    """Return the list of the matches of a network, for its animator."""
    return Listing(
        name="matches",
        columns=(
            Column(
                "need",
                gettext_lazy("Need"),
                lambda row: row.match.need.title,
                sort=True,
                main=True,
                link=lambda row: _need_link(slug, row.match.need),
                small=lambda row: row.match.need.organisation.name,
            ),
            Column(
                "offer",
                gettext_lazy("Offer"),
                lambda row: row.match.offer.title,
                sort=True,
                link=lambda row: _need_link(slug, row.match.offer),
                small=lambda row: row.match.offer.organisation.name,
            ),
            Column(
                "reasons",
                gettext_lazy("Why"),
                lambda row: " · ".join(reasons_for_animator(row.match)),
            ),
            Column(
                "points",
                gettext_lazy("How well"),
                lambda row: row.match.points / MOST_POINTS,
                sort=True,
                numeric=True,
                text=percent,
            ),
            Column("state", gettext_lazy("State"), lambda row: row.state, sort=True),
        ),
        default_sort="-points",
        filters=Filters,
        search=gettext_lazy("Search a need or a firm"),
        caption=lambda count: (
            ngettext("%(count)s match", "%(count)s matches", count) % {"count": number(count)}
        ),
        empty=Empty(
            gettext_lazy("No match yet"),
            gettext_lazy("A match needs an offer and a need about one thing: look for them."),
        ),
    )


@require_safe
@in_network("manage_needs")
def matches(request: NetworkRequest) -> HttpResponseBase:
    """List the offers that could answer needs, with everything that is known of them."""

    def rows(wanted: dict[str, Any]) -> MatchRows:
        found = matches_of(request.network)
        if q := (wanted.get("q") or "").strip():
            titles = Q(need__title__icontains=q) | Q(offer__title__icontains=q)
            if name := plain(q):
                titles |= Q(need__organisation__folded_name__contains=name)
                titles |= Q(offer__organisation__folded_name__contains=name)
            found = found.filter(titles)
        if state := wanted.get("state"):
            found = found.filter(state=state)
        return MatchRows(request, found)

    page = matches_listing(request.network.slug).read(request, rows)
    return page.respond("needs/matches_list.html", {"network": request.network})


@require_POST
@in_network("manage_needs")
def look(request: NetworkRequest) -> HttpResponse:
    """Look for the offers that could answer the needs of the network."""
    looked = look_for_matches(acting=request.acting)
    said(
        request,
        ngettext(
            "%(new)s new match. Needs without an offer: %(alone)s.",
            "%(new)s new matches. Needs without an offer: %(alone)s.",
            looked.new,
        )
        % {"new": number(looked.new), "alone": number(len(looked.alone))},
    )
    return redirect("needs:matches", request.network.slug)


class AloneRows(ListRows[Alone]):
    """Needs without an offer and why, with a line in the log of each firm looked at."""

    def __init__(self, request: NetworkRequest, rows: Iterable[Alone]) -> None:
        super().__init__(
            rows,
            sorts={"title": lambda row: row[0].title, "firm": lambda row: row[0].organisation.name},
        )
        self.request = request

    def sorted(self, key: str, *, descending: bool) -> "AloneRows":
        """Return the same in the order of a column."""
        return AloneRows(self.request, super().sorted(key, descending=descending).rows)

    def slice(self, start: int, stop: int) -> Sequence[Alone]:
        """Return one page."""
        return self._noted(super().slice(start, stop))

    def all(self) -> Iterable[Alone]:
        """Return every need."""
        return self._noted(self.rows)

    def _noted(self, rows: Sequence[Alone]) -> Sequence[Alone]:
        note_reads(self.request, [need for need, _why in rows], "needs:alone")
        return rows


def alone_listing(slug: str) -> Listing:
    """Return the list of the needs without an offer, for the animator of a network."""
    return Listing(
        name="alone",
        columns=(
            Column(
                "title",
                gettext_lazy("What"),
                lambda row: row[0].title,
                sort=True,
                main=True,
                link=lambda row: _need_link(slug, row[0]),
            ),
            Column("firm", gettext_lazy("Firm"), lambda row: row[0].organisation.name, sort=True),
            Column("why", gettext_lazy("Why"), lambda row: str(WHY[row[1]])),
        ),
        default_sort="title",
        caption=lambda count: (
            ngettext("%(count)s need without an offer", "%(count)s needs without an offer", count)
            % {"count": number(count)}
        ),
        empty=Empty(
            gettext_lazy("Every need has an offer that may fit"),
            gettext_lazy("Or no need is stated yet."),
        ),
    )


@require_safe
@in_network("manage_needs")
def alone(request: NetworkRequest) -> HttpResponseBase:
    """List the needs that no offer fits, with the reason."""
    found = why_alone(request.network)

    def rows(_wanted: dict[str, Any]) -> AloneRows:
        return AloneRows(request, found)

    page = alone_listing(request.network.slug).read(request, rows)
    return page.respond("needs/alone.html", {"network": request.network})
