"""Entering what firms need: slots that come back, one of a day, days closed; and ending them."""

from datetime import time
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.dates import WEEKDAYS
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.foundation.networks.models import Network
from maillage.foundation.networks.queries import members_on
from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.models import WorkerSkill
from maillage.run.planning.models import Closure, SlotSeries
from maillage.run.planning.placing import PlacementError
from maillage.run.planning.slots import (
    Asked,
    SlotError,
    add_series,
    add_slot,
    cancel_slot,
    close_firm,
    end_series,
)
from maillage.web.planning.reading import access_slot
from maillage.web.planning.weeks import times
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import DayInput, TimeInput, invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.lists import Column, Empty, Listing, QuerySetRows
from maillage.web.ui.toasts import refused, said


class Firm(forms.Form):
    """A member firm."""

    organisation = forms.ChoiceField(label=gettext_lazy("Firm"))

    def __init__(self, network: Network, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = members_on(network, localdate()).select_related("membership__organisation")
        self.firms = {
            str(row.membership.organisation.public_id): row.membership.organisation
            for row in members.order_by("membership__organisation__folded_name")
        }
        field = self.fields["organisation"]
        field.choices = [(key, firm.name) for key, firm in self.firms.items()]  # type: ignore[attr-defined]

    @property
    def firm(self) -> Organisation:
        """The firm that was chosen."""
        return self.firms[self.cleaned_data["organisation"]]


class Needed(Firm):
    """What a firm needs: an occupation that somebody of the group has, times, people."""

    occupation = forms.ChoiceField(label=gettext_lazy("Occupation"))
    starts_at = forms.TimeField(label=gettext_lazy("From"), widget=TimeInput, initial=time(8))
    ends_at = forms.TimeField(label=gettext_lazy("To"), widget=TimeInput, initial=time(12))
    people = forms.IntegerField(
        label=gettext_lazy("How many people"), min_value=1, max_value=50, initial=1
    )
    importance = forms.IntegerField(
        label=gettext_lazy("How important"),
        min_value=1,
        max_value=5,
        initial=3,
        help_text=gettext_lazy("From 1, it can wait, to 5, the firm stops without it."),
    )

    def __init__(self, network: Network, *args: Any, **kwargs: Any) -> None:
        super().__init__(network, *args, **kwargs)
        rows = WorkerSkill.objects.filter(worker__network=network).order_by("occupation_label")
        self.labels = dict(rows.values_list("occupation", "occupation_label"))
        field = self.fields["occupation"]
        field.choices = list(self.labels.items())  # type: ignore[attr-defined]

    @property
    def asked(self) -> Asked:
        """What was typed, for the plan."""
        data = self.cleaned_data
        start, end = data["starts_at"], data["ends_at"]
        return Asked(
            organisation=self.firm,
            occupation=data["occupation"],
            occupation_label=self.labels[data["occupation"]],
            start_minute=start.hour * 60 + start.minute,
            end_minute=end.hour * 60 + end.minute,
            people=data["people"],
            importance=data["importance"],
        )


class Weekly(Needed):
    """A slot that comes back."""

    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days"),
        coerce=int,
        choices=[(number, name.capitalize()) for number, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    every = forms.IntegerField(
        label=gettext_lazy("Every how many weeks"), min_value=1, max_value=8, initial=1
    )
    starts_on = forms.DateField(label=gettext_lazy("Since"), widget=DayInput)
    ends_on = forms.DateField(label=gettext_lazy("Last day"), widget=DayInput, required=False)
    field_order = (
        "organisation", "occupation", "weekdays", "starts_at", "ends_at", "people",
        "importance", "every", "starts_on", "ends_on",
    )  # fmt: skip


class OneDay(Needed):
    """A slot of one day."""

    day = forms.DateField(label=gettext_lazy("Day"), widget=DayInput)
    field_order = ("organisation", "occupation", "day", "starts_at", "ends_at")


class Closed(Firm):
    """Days on which a firm takes nobody."""

    starts_on = forms.DateField(label=gettext_lazy("First day"), widget=DayInput)
    ends_on = forms.DateField(label=gettext_lazy("Last day"), widget=DayInput)
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=120, required=False)


SERIES = Listing(
    name="series",
    columns=(
        Column(
            "firm", gettext_lazy("Firm"), lambda row: row.organisation.name, sort=True, main=True
        ),
        Column("occupation", gettext_lazy("Occupation"), lambda row: row.occupation_label),
        Column(
            "day",
            gettext_lazy("Day"),
            lambda row: str(WEEKDAYS[row.weekday]).capitalize(),
            sort=True,
        ),
        Column("times", gettext_lazy("Times"), lambda row: times(row.start_minute, row.end_minute)),
        Column("people", gettext_lazy("People"), lambda row: row.people, numeric=True),
        Column("until", gettext_lazy("Until"), lambda row: row.ends_on),
    ),
    default_sort="firm",
    filters=None,
    search=gettext_lazy("Search a firm"),
    caption=lambda n: ngettext("%(n)d weekly slot", "%(n)d weekly slots", n) % {"n": n},
    empty=Empty(
        gettext_lazy("No weekly slot yet"),
        gettext_lazy("Enter the days and times at which firms need somebody every week."),
    ),
    per_page=50,
    exports=True,
)


@require_safe
@in_network("plan_work")
def series(request: NetworkRequest) -> HttpResponseBase:
    """List the slots that come back, and the closures to come."""
    today = localdate()

    def rows(q: str = "") -> QuerySetRows[SlotSeries]:
        found = SlotSeries.objects.filter(network=request.network).exclude(ends_on__lt=today)
        if q:
            found = found.filter(organisation__name__icontains=q)
        sorts = {"firm": ("organisation__folded_name", "weekday"), "day": ("weekday", "pk")}
        return QuerySetRows(found.select_related("organisation"), sorts=sorts)

    listing = SERIES.read(request, lambda wanted: rows(q=wanted.get("q") or ""))
    closures = Closure.objects.filter(network=request.network, ends_on__gte=today)
    return listing.respond(
        "planning/series.html",
        {"network": request.network, "closures": closures.select_related("organisation")[:50]},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("plan_work")
def new_series(request: NetworkRequest) -> HttpResponse:
    """Enter slots that come back."""
    form = Weekly(request.network, request.POST or None, initial={"starts_on": localdate()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = add_series(
                acting=request.acting,
                asked=form.asked,
                weekdays=data["weekdays"],
                starts_on=data["starts_on"],
                ends_on=data["ends_on"],
                every=data["every"],
            )
        except SlotError as error:
            form.add_error(error.field or None, str(error))
        else:
            said(
                request,
                ngettext("%(n)d weekly slot entered.", "%(n)d weekly slots entered.", len(made))
                % {"n": len(made)},
            )
            return redirect("planning:series", request.network.slug)
    return _form_page(request, form, _("Slots that come back"), _("Enter these slots"))


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("plan_work")
def new_slot(request: NetworkRequest) -> HttpResponse:
    """Enter a slot of one day."""
    form = OneDay(request.network, request.POST or None, initial={"day": localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            made = add_slot(acting=request.acting, asked=form.asked, day=form.cleaned_data["day"])
        except SlotError as error:
            form.add_error(error.field or None, str(error))
        else:
            said(request, _("The slot is entered: see who could come."))
            return redirect("planning:gap", request.network.slug, made.public_id)
    return _form_page(request, form, _("A slot of one day"), _("Enter this slot"))


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("plan_work")
def new_closure(request: NetworkRequest) -> HttpResponse:
    """Say that a firm takes nobody for some days."""
    form = Closed(request.network, request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            gone = close_firm(
                acting=request.acting,
                organisation=form.firm,
                starts_on=data["starts_on"],
                ends_on=data["ends_on"],
                reason=data["reason"],
            )
        except SlotError as error:
            form.add_error(error.field or None, str(error))
        else:
            said(
                request,
                ngettext(
                    "The closure is entered: %(n)d shift leaves the plan.",
                    "The closure is entered: %(n)d shifts leave the plan.",
                    gone,
                )
                % {"n": gone},
            )
            return redirect("planning:series", request.network.slug)
    return _form_page(request, form, _("A firm is closed"), _("Enter this closure"))


@require_POST
@in_network("plan_work")
def stop_series(request: NetworkRequest, series_id: UUID) -> HttpResponse:
    """Let a slot come back no more from today on."""
    found = SlotSeries.objects.select_related("network").filter(public_id=series_id).first()
    if found is None:
        raise Http404
    try:
        count = end_series(acting=request.acting, series=found, last_day=localdate())
    except (SlotError, PlacementError) as error:
        refused(request, str(error))
    else:
        said(
            request,
            ngettext(
                "It comes back no more: %(n)d slot to come is taken off.",
                "It comes back no more: %(n)d slots to come are taken off.",
                count,
            )
            % {"n": count},
        )
    return redirect("planning:series", request.network.slug)


@require_POST
@in_network("plan_work")
def cancel(request: NetworkRequest, slot_id: UUID) -> HttpResponse:
    """Say that a firm no longer needs a slot."""
    slot = access_slot(slot_id)
    try:
        cancel_slot(acting=request.acting, slot=slot, why=request.POST.get("why", ""))
    except (SlotError, PlacementError) as error:
        refused(request, str(error))
        return redirect("planning:gap", request.network.slug, slot.public_id)
    said(request, _("The slot is taken off the plan."))
    return redirect("planning:board", request.network.slug)


def _form_page(request: NetworkRequest, form: forms.Form, title: str, submit: str) -> HttpResponse:
    context = {"network": request.network, "form": form, "title": title, "submit": submit}
    return render(request, "planning/enter.html", context, status=invalid_status(form))
