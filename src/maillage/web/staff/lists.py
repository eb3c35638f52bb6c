"""The workers of the group: who they are, their contract, where they work."""

from datetime import date
from typing import Any, Final

from django import forms
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from maillage.foundation.networks.models import Network
from maillage.foundation.vocabularies.folding import plain
from maillage.run.employment.checks import hours_in_words
from maillage.run.employment.enums import ContractKind
from maillage.run.employment.models import EmploymentContract, LendingAgreement, Worker
from maillage.web.staff.fields import lines_of, member_firms
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date, number
from maillage.web.ui.gates import in_network
from maillage.web.ui.lists import Column, Empty, Listing, QuerySetRows

ALL: Final = ("", gettext_lazy("All"))
BETWEEN: Final = ", "
MOST_NAMES: Final = 5  # of firms in a cell, on the screen
HERE, SOON, DRAFT, GONE, NONE = "here", "soon", "draft", "gone", "none"
STATES: Final = {
    HERE: gettext_lazy("At work"),
    SOON: gettext_lazy("To begin"),
    DRAFT: gettext_lazy("Contract to be signed"),
    GONE: gettext_lazy("Gone"),
    NONE: gettext_lazy("Without contract"),
}
SORTS: Final = {
    "name": "folded_name",
    "kind": "present_kind",
    "starts_on": "present_first",
    "hours": "present_minutes",
    "commune": "commune",
}


class Filters(forms.Form):
    """Which workers are listed."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False, choices=[ALL, *STATES.items()]
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Contract"), required=False, choices=[ALL, *ContractKind.choices]
    )
    occupation = forms.CharField(label=gettext_lazy("Occupation"), required=False, max_length=60)
    firm = forms.ChoiceField(label=gettext_lazy("Firm"), required=False, choices=[ALL])


def _filters(network: Network) -> type[Filters]:
    firms = [(str(one.public_id), one.name) for one in member_firms(network, localdate())]

    class OfTheNetwork(Filters):
        """The same, with the firms of one network."""

        firm = forms.ChoiceField(label=gettext_lazy("Firm"), required=False, choices=[ALL, *firms])

    return OfTheNetwork


def _held(today: date) -> Q:
    """The contracts that hold today or will."""
    still = Q(ended_on=None, ends_on=None) | Q(ended_on=None, ends_on__gte=today)
    return still | Q(ended_on__gte=today)


def workers_of(network: Network, today: date) -> QuerySet[Any]:
    """Return the workers with their present contract, else the next, else the last; firms lent to.

    Three queries, whatever their number.
    """
    contracts = EmploymentContract.objects.filter(worker=OuterRef("pk"))
    # The contract of the day comes first: the earliest that has not ended, else the last one.
    present = contracts.filter(_held(today)).order_by("starts_on", "id")
    last = contracts.order_by("-starts_on", "-id")
    lendings = (
        LendingAgreement.objects.filter(_held(today)).select_related("organisation").order_by("id")
    )

    def of_present(field: str) -> Subquery:
        return Subquery(present.values(field)[:1])

    return (
        Worker.objects.filter(network=network)
        .annotate(
            present_contract=of_present("pk"),
            present_kind=of_present("kind"),
            present_first=of_present("starts_on"),
            present_minutes=of_present("week_minutes"),
            present_signed=of_present("signed_on"),
            present_title=of_present("title"),
            last_contract=Subquery(last.values("pk")[:1]),
        )
        .prefetch_related(
            "skills", Prefetch("contracts__lendings", queryset=lendings, to_attr="running")
        )
    )


def in_state(rows: QuerySet[Any], state: str, today: date) -> QuerySet[Any]:
    """Keep the workers that are in a state."""
    match state:
        case "here":
            return rows.filter(present_signed__isnull=False, present_first__lte=today)
        case "soon":
            return rows.filter(present_signed__isnull=False, present_first__gt=today)
        case "draft":
            return rows.filter(present_contract__isnull=False, present_signed=None)
        case "gone":
            return rows.filter(present_contract=None, last_contract__isnull=False)
        case "none":
            return rows.filter(last_contract=None)
        case _any:
            return rows


def state_of(worker: Any, today: date) -> str:
    """Return the state of a worker of `workers_of`."""
    if worker.present_contract is None:
        return NONE if worker.last_contract is None else GONE
    if worker.present_signed is None:
        return DRAFT
    return HERE if worker.present_first <= today else SOON


def wanted_among(rows: QuerySet[Any], wanted: dict[str, Any], today: date) -> QuerySet[Any]:
    """Keep the workers that somebody looks for."""
    if name := plain(wanted.get("q") or ""):
        rows = rows.filter(folded_name__contains=name)
    if kind := wanted.get("kind"):
        rows = rows.filter(present_kind=kind)
    if occupation := (wanted.get("occupation") or "").strip():
        rows = rows.filter(
            Q(skills__occupation__iexact=occupation)
            | Q(skills__occupation_label__icontains=occupation)
        ).distinct()
    if firm := wanted.get("firm"):
        lent = LendingAgreement.objects.filter(
            _held(today), contract__worker=OuterRef("pk"), organisation__public_id=firm
        )
        rows = rows.filter(Exists(lent))
    return in_state(rows, wanted.get("state") or "", today)


def firms_of(worker: Any) -> list[str]:
    """Return the names of the firms that a worker of `workers_of` is lent to."""
    names = {
        one.organisation.name for contract in worker.contracts.all() for one in contract.running
    }
    return sorted(names)


def _few(names: str) -> str:
    """Return the first names of a list as it is exported, and how many others there are."""
    every = names.split(BETWEEN)
    if len(every) <= MOST_NAMES:
        return names
    others = len(every) - MOST_NAMES + 1
    sentence = ngettext("%(names)s and %(count)s other", "%(names)s and %(count)s others", others)
    shown = BETWEEN.join(every[: MOST_NAMES - 1])
    return sentence % {"names": shown, "count": number(others)}


def _kind(worker: Any) -> str:
    return str(ContractKind(worker.present_kind).label) if worker.present_kind else ""


def staff_listing(network: Network, today: date) -> Listing:
    """Return the list of workers."""
    slug = network.slug
    return Listing(
        name="staff",
        columns=(
            Column(
                "name",
                gettext_lazy("Worker"),
                lambda row: row.name,
                sort=True,
                main=True,
                link=lambda row: reverse("staff:worker", args=[slug, row.public_id]),
                small=lambda row: row.present_title or "",
            ),
            Column("state", gettext_lazy("State"), lambda row: STATES[state_of(row, today)]),
            Column("kind", gettext_lazy("Contract"), _kind, sort=True),
            Column(
                "starts_on",
                gettext_lazy("Since"),
                lambda row: row.present_first,
                sort=True,
                text=lambda day: nice_date(day) if day else "",
            ),
            Column(
                "hours",
                gettext_lazy("Hours a week"),
                lambda row: row.present_minutes / 60 if row.present_minutes else None,
                sort=True,
                numeric=True,
                text=lambda hours: hours_in_words(round(hours * 60)) if hours else "",
            ),
            Column(
                "firms",
                gettext_lazy("Lent to"),
                lambda row: BETWEEN.join(firms_of(row)),
                text=_few,
            ),
            Column("skills", gettext_lazy("Occupations"), lambda row: lines_of(row.skills.all())),
            Column("commune", gettext_lazy("Lives in"), lambda row: row.commune, sort=True),
            Column("email", gettext_lazy("E-mail address"), lambda row: row.email, shown=False),
            Column("phone", gettext_lazy("Telephone"), lambda row: row.phone, shown=False),
        ),
        default_sort="name",
        filters=_filters(network),
        search=gettext_lazy("Search a worker"),
        caption=lambda count: (
            ngettext("%(count)s worker", "%(count)s workers", count) % {"count": number(count)}
        ),
        empty=Empty(
            gettext_lazy("No worker yet"),
            gettext_lazy("Hire for a job that firms agreed on, or write somebody down by hand."),
            url=reverse("staff:new", args=[slug]),
            label=gettext_lazy("Write a worker down"),
        ),
    )


@require_safe
@in_network("manage_staff")
def workers(request: NetworkRequest) -> HttpResponseBase:
    """List the workers of the group."""
    today = localdate()

    def rows(wanted: dict[str, Any]) -> QuerySetRows[Any]:
        found = wanted_among(workers_of(request.network, today), wanted, today)
        return QuerySetRows(found, sorts=SORTS)

    page = staff_listing(request.network, today).read(request, rows)
    return page.respond("staff/workers.html", {"network": request.network, "title": _("Workers")})
