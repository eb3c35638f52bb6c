"""The firms of the network by stage, for whoever follows them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import batched
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation, Territory
from maillage.foundation.visibility.directory import directory_of
from maillage.launch.mobilisation.enums import ASIDE, ROAD, ObstacleKind, Stage
from maillage.launch.mobilisation.models import Obstacle
from maillage.launch.mobilisation.queries import stage_counts, watched, with_stage
from maillage.web.mobilisation.reading import note_reads
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date, number
from maillage.web.ui.gates import in_network
from maillage.web.ui.lists import Column, Empty, Listing, QuerySetRows

ALL = ("", pgettext_lazy("firms", "All"))
BATCH = 500  # firms
WATCHED = (
    ("waiting", _("Met, and left for 60 days")),
    ("unheard", _("Never heard")),
    ("joined", _("Members whose stage does not say so")),
    ("gone", _("Active, and no longer members")),
    ("no_reason", _("Members who do not say why")),
    ("old_reason", _("Members who said why over a year ago")),
    ("bad_past", _("Held back by a bad experience")),
)
# Those that have come furthest first, those left aside last.
BY_STAGE = (*reversed(ROAD), *ASIDE)
STAGE_RANK = Case(
    *(When(stage=stage.value, then=Value(rank)) for rank, stage in enumerate(BY_STAGE)),
    output_field=IntegerField(),
)
SORTS: dict[str, str | tuple[str, ...]] = {
    "stage": ("rank", "folded_name"),
    "firm": "folded_name",
    "since": "since",
    "commune": "commune",
    "relay": "relay",
}


class Filters(forms.Form):
    """Which firms are listed."""

    stage = forms.ChoiceField(label=_("Stage"), required=False, choices=[ALL, *Stage.choices])
    watch = forms.ChoiceField(label=_("To look at"), required=False, choices=[ALL, *WATCHED])
    territory = forms.ChoiceField(label=_("Territory"), required=False)
    sector = forms.CharField(label=_("Activity"), required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        territories = Territory.objects.values_list("public_id", "name")
        self.fields["territory"].choices = [  # type: ignore[attr-defined]  # a choice field
            ALL,
            *((str(public_id), name) for public_id, name in territories),
        ]


class FirmRows(QuerySetRows[Organisation]):
    """Firms with what holds each back; each one sees that somebody looked."""

    def __init__(self, request: NetworkRequest, queryset: QuerySet[Organisation]) -> None:
        super().__init__(queryset, sorts=SORTS)
        self.request = request

    def sorted(self, key: str, *, descending: bool) -> "FirmRows":
        """Return the same firms in the order of a column."""
        return FirmRows(self.request, super().sorted(key, descending=descending).queryset)

    def slice(self, start: int, stop: int) -> Sequence[Organisation]:
        """Return one page."""
        return self._told(super().slice(start, stop))

    def all(self) -> Iterable[Organisation]:
        """Return every firm."""
        for some in batched(super().all(), BATCH):
            yield from self._told(some)

    def _told(self, firms: Sequence[Organisation]) -> Sequence[Organisation]:
        note_reads(self.request, (firm.public_id for firm in firms), "mobilisation:list")
        return list(_with_obstacles(self.request.network, firms))


def _with_obstacles(network: Network, firms: Sequence[Organisation]) -> Iterator[Organisation]:
    rows = Obstacle.objects.filter(
        approach__network=network,
        approach__organisation__in=[firm.pk for firm in firms],
        lifted_on=None,
    ).order_by("noted_on", "id")
    said: dict[int, list[str]] = {}
    for pk, kind in rows.values_list("approach__organisation_id", "kind"):
        said.setdefault(pk, []).append(str(ObstacleKind(kind).label))
    for firm in firms:
        firm.obstacles_told = ", ".join(dict.fromkeys(said.get(firm.pk, [])))  # type: ignore[attr-defined]  # shown in the list
        yield firm


def wanted_firms(request: NetworkRequest, wanted: dict[str, Any]) -> QuerySet[Any]:
    """Return the firms that somebody looks for."""
    territory = wanted.get("territory")
    known = directory_of(request.acting).filtered(
        q=wanted.get("q") or "", territory=UUID(territory) if territory else None
    )
    firms = with_stage(known.rows, request.network)
    if stage := wanted.get("stage"):
        firms = firms.filter(stage=stage)
    if watch := wanted.get("watch"):
        firms = firms.filter(watched(request.network, watch))
    if sector := (wanted.get("sector") or "").strip():
        firms = firms.filter(activity__icontains=sector)
    shown: QuerySet[Any] = firms.annotate(
        rank=STAGE_RANK, relay=F("approach__relay__name"), commune=F("main__commune")
    )
    return shown


def firms_listing(slug: str) -> Listing:
    """Return the list of the firms of a network by stage."""
    return Listing(
        name="firms",
        columns=(
            Column(
                "firm",
                _("Firm"),
                lambda row: row.name,
                sort=True,
                main=True,
                link=lambda row: reverse("mobilisation:firm", args=[slug, row.public_id]),
                small=lambda row: row.activity,
            ),
            Column("stage", _("Stage"), lambda row: Stage(row.stage).label, sort=True),
            Column("since", _("Since"), lambda row: row.since, sort=True, text=nice_date),
            Column("obstacles", _("What holds it back"), lambda row: row.obstacles_told),
            Column("relay", _("Introduced by"), lambda row: row.relay or "", sort=True),
            Column("commune", _("Commune"), lambda row: row.commune or "", sort=True),
        ),
        default_sort="stage",
        filters=Filters,
        search=_("Search a firm"),
        caption=lambda n: ngettext("%(count)s firm", "%(count)s firms", n) % {"count": number(n)},
        empty=Empty(
            _("No firm yet"),
            _("Every firm of the directory is here, from the day it is listed."),
        ),
    )


@require_safe
@in_network("manage_mobilisation")
def firms(request: NetworkRequest) -> HttpResponseBase:
    """List the firms of the network by stage, with how many stand at each."""

    def rows(wanted: dict[str, Any]) -> FirmRows:
        return FirmRows(request, wanted_firms(request, wanted))

    page = firms_listing(request.network.slug).read(request, rows)
    context: dict[str, Any] = {"network": request.network}
    if not page.wants_part and not page.gives_file:
        counts = stage_counts(request.network)
        asked = page.wanted.get("stage") or ""
        everybody = ("", pgettext("firms", "All"), sum(counts.values()), asked == "")
        context["stages"] = [
            everybody,
            *(
                (stage.value, stage.label, counts[stage.value], asked == stage.value)
                for stage in Stage
            ),
        ]
    return page.respond("mobilisation/firms.html", context)
