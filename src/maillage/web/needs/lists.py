"""The needs of the network for its animator, and what other firms show to one firm."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from maillage.foundation.vocabularies.folding import plain
from maillage.launch.needs.enums import CLOSED, NeedKind, NeedState, Strength, Topic
from maillage.launch.needs.models import Need
from maillage.launch.needs.queries import shown_needs
from maillage.web.needs.reading import hours_in_words, note_reads, own_firm
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date, number
from maillage.web.ui.gates import in_network
from maillage.web.ui.lists import Column, Empty, Listing, QuerySetRows

OPEN = "open"
ALL = ("", gettext_lazy("All"))
SORTS = {
    "title": "title",
    "firm": "organisation__folded_name",
    "kind": "kind",
    "topic": "topic",
    "strength": "strength",
    "state": "state",
    "stated_at": "stated_at",
}


class Filters(forms.Form):
    """Which needs are listed."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Need or offer"), required=False, choices=[ALL, *NeedKind.choices]
    )
    topic = forms.ChoiceField(
        label=gettext_lazy("About"), required=False, choices=[ALL, *Topic.choices]
    )


class StateFilters(Filters):
    """Which needs the animator lists: by state too."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[ALL, (OPEN, gettext_lazy("All that are open")), *NeedState.choices],
    )


class ReadRows(QuerySetRows[Need]):
    """Needs of firms, with a line in the log of each firm whose needs are looked at."""

    def __init__(self, request: NetworkRequest, queryset: QuerySet[Need]) -> None:
        super().__init__(queryset, sorts=SORTS)
        self.request = request

    def sorted(self, key: str, *, descending: bool) -> "ReadRows":
        """Return the same needs in the order of a column."""
        return ReadRows(self.request, super().sorted(key, descending=descending).queryset)

    def slice(self, start: int, stop: int) -> list[Need]:
        """Return one page."""
        return self._noted(list(super().slice(start, stop)))

    def all(self) -> list[Need]:
        """Return every need."""
        return self._noted(list(super().all()))

    def _noted(self, needs: list[Need]) -> list[Need]:
        note_reads(self.request, needs, "needs:list")
        return needs


def wanted_among(needs: QuerySet[Need], wanted: dict[str, Any]) -> QuerySet[Need]:
    """Keep the needs that somebody looks for."""
    if q := (wanted.get("q") or "").strip():
        found = Q(title__icontains=q) | Q(occupation_label__icontains=q)
        if name := plain(q):
            found |= Q(organisation__folded_name__contains=name)
        needs = needs.filter(found)
    for field in ("kind", "topic"):
        if value := wanted.get(field):
            needs = needs.filter(**{field: value})
    if (state := wanted.get("state")) == OPEN:
        return needs.exclude(state__in=CLOSED)
    return needs.filter(state=state) if state else needs


def _columns(title: Column, firm: Column) -> tuple[Column, ...]:
    return (
        title,
        firm,
        Column("kind", gettext_lazy("Need or offer"), lambda row: row.get_kind_display()),
        Column("topic", gettext_lazy("About"), lambda row: row.get_topic_display(), sort=True),
        Column("hours", gettext_lazy("Hours"), lambda row: hours_in_words(row.half_hours)),
        Column(
            "strength",
            gettext_lazy("How strong"),
            lambda row: Strength(row.strength).label,
            sort=True,
        ),
    )


def needs_listing(slug: str) -> Listing:
    """Return the list of the needs of a network, for its animator."""
    title = Column(
        "title",
        gettext_lazy("What"),
        lambda row: row.title,
        sort=True,
        main=True,
        link=lambda row: reverse("needs:need", args=[slug, row.public_id]),
    )
    firm = Column("firm", gettext_lazy("Firm"), lambda row: row.organisation.name, sort=True)
    return Listing(
        name="needs",
        columns=(
            *_columns(title, firm),
            Column(
                "state", gettext_lazy("State"), lambda row: NeedState(row.state).label, sort=True
            ),
            Column(
                "stated_at",
                gettext_lazy("Stated on"),
                lambda row: localdate(row.stated_at),
                sort=True,
                text=nice_date,
            ),
        ),
        default_sort="-stated_at",
        filters=StateFilters,
        search=gettext_lazy("Search a need or a firm"),
        caption=_caption,
        empty=Empty(
            gettext_lazy("No need yet"),
            gettext_lazy("Firms state theirs; a survey and visits bring the others."),
            url=reverse("needs:new", args=[slug]),
            label=gettext_lazy("Write down a need"),
        ),
    )


def others_listing(slug: str) -> Listing:
    """Return the list of what other firms show to one firm."""
    title = Column("title", gettext_lazy("What"), lambda row: row.title, sort=True, main=True)
    firm = Column(
        "firm",
        gettext_lazy("Firm"),
        lambda row: row.organisation.name,
        sort=True,
        link=lambda row: reverse("directory:organisation", args=[slug, row.organisation.public_id]),
    )
    return Listing(
        name="others",
        columns=_columns(title, firm),
        default_sort="title",
        filters=Filters,
        search=gettext_lazy("Search a need or a firm"),
        caption=_caption,
        empty=Empty(
            gettext_lazy("Nothing is shown to you yet"),
            gettext_lazy("Each firm chooses who sees what it needs and offers."),
        ),
        exports=False,
    )


def _caption(count: int) -> str:
    return ngettext("%(count)s need or offer", "%(count)s needs and offers", count) % {
        "count": number(count)
    }


@require_safe
@in_network("manage_needs")
def needs(request: NetworkRequest) -> HttpResponseBase:
    """List what the firms of the network need and offer."""

    def rows(wanted: dict[str, Any]) -> ReadRows:
        found = Need.objects.filter(network=request.network).select_related("organisation")
        return ReadRows(request, wanted_among(found, wanted))

    page = needs_listing(request.network.slug).read(request, rows)
    return page.respond("needs/needs.html", {"network": request.network})


@require_safe
@in_network("state_needs")
def others(request: NetworkRequest) -> HttpResponseBase:
    """List what other firms show to one's own; competitors are not there."""
    own_firm(request)

    def rows(wanted: dict[str, Any]) -> QuerySetRows[Need]:
        return QuerySetRows(wanted_among(shown_needs(request.acting), wanted), sorts=SORTS)

    page = others_listing(request.network.slug).read(request, rows)
    return page.respond("needs/others.html", {"network": request.network})
