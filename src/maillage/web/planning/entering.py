"""Entering what firms need: slots that come back, slots of one day; laying out, ending them."""

from functools import partial
from typing import Final
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.run.planning.models import Closure, Slot, SlotSeries
from maillage.run.planning.placing import PlacementError
from maillage.run.planning.slots import (
    SlotError,
    add_series,
    add_slot,
    cancel_slot,
    end_series,
    lay_out_now,
)
from maillage.web.planning.confirming import confirm_page, effect_of, is_confirmed
from maillage.web.planning.reading import access_slot
from maillage.web.planning.slot_forms import OneDay, Weekly
from maillage.web.planning.weeks import times
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.lists import Column, Empty, Listing, QuerySetRows
from maillage.web.ui.toasts import refused, said

MOST: Final = 50  # closures and single slots on the page
SERIES = Listing(
    name="series",
    columns=(
        Column(
            "firm",
            gettext_lazy("Firm"),
            lambda row: row.organisation.name,
            sort=True,
            main=True,
            link=lambda row: reverse(
                "planning:change-series", args=[row.network.slug, row.public_id]
            ),
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
        return QuerySetRows(found.select_related("organisation", "network"), sorts=sorts)

    listing = SERIES.read(request, lambda wanted: rows(q=wanted.get("q") or ""))
    closures = Closure.objects.filter(network=request.network, ends_on__gte=today)
    single = Slot.objects.filter(
        network=request.network, series=None, day__gte=today, cancelled_at=None
    ).select_related("organisation")
    return listing.respond(
        "planning/series.html",
        {
            "network": request.network,
            "closures": closures.select_related("organisation")[:MOST],
            "single": [
                (slot, times(slot.start_minute, slot.end_minute))
                for slot in single.order_by("day", "start_minute", "pk")[:MOST]
            ],
        },
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
    return form_page(request, form, _("Slots that come back"), _("Enter these slots"))


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
    return form_page(request, form, _("A slot of one day"), _("Enter this slot"))


@require_POST
@in_network("plan_work")
def stop_series(request: NetworkRequest, series_id: UUID) -> HttpResponse:
    """Let a slot come back no more from today on."""
    found = SlotSeries.objects.select_related("network").filter(public_id=series_id).first()
    if found is None:
        raise Http404
    act = partial(end_series, acting=request.acting, series=found, last_day=localdate())
    try:
        if not is_confirmed(request) and (effect := effect_of(act)).gone:
            return confirm_page(
                request,
                title=_("What ending it changes"),
                submit=_("End it"),
                back=reverse("planning:series", args=[request.network.slug]),
                effect=effect,
            )
        count = act().slots
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
def lay_out(request: NetworkRequest) -> HttpResponse:
    """Make the slots of the weeks to come at once, without waiting for Monday."""
    made = lay_out_now(acting=request.acting)
    said(
        request,
        ngettext("%(n)d slot is laid out.", "%(n)d slots are laid out.", made) % {"n": made}
        if made
        else _("Every slot of the weeks to come is there already."),
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


def form_page(request: NetworkRequest, form: forms.Form, title: str, submit: str) -> HttpResponse:
    """Show a form of what firms need."""
    context = {"network": request.network, "form": form, "title": title, "submit": submit}
    return render(request, "planning/enter.html", context, status=invalid_status(form))
