"""Changing a series or a slot: what it does to the plan is shown, then done."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maillage.run.planning.models import SlotSeries
from maillage.run.planning.placing import PlacementError
from maillage.run.planning.reshaping import change_series, change_slot
from maillage.run.planning.settling import Effect
from maillage.run.planning.slots import SlotError
from maillage.web.planning.confirming import confirm_page, effect_of, is_confirmed
from maillage.web.planning.entering import form_page
from maillage.web.planning.reading import access_slot
from maillage.web.planning.slot_forms import Reshaped, ReshapedSeries
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@in_network("plan_work")
def one_series(request: NetworkRequest, series_id: UUID) -> HttpResponse:
    """Change a slot that comes back: times, people, trade, last day."""
    rows = SlotSeries.objects.select_related("organisation", "network")
    found = rows.filter(public_id=series_id).first()
    if found is None:
        raise Http404
    initial = {"since": localdate(), "ends_on": found.ends_on}
    form = ReshapedSeries(request.network, found, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        act = partial(
            change_series,
            acting=request.acting,
            series=found,
            asked=form.asked,
            since=data["since"],
            ends_on=data["ends_on"],
        )
        done = _done(request, form, act)
        if done is not None:
            return done
    return form_page(request, form, found.organisation.name, _("See what it changes"))


@require_http_methods(FORM)
@in_network("plan_work")
def one_slot(request: NetworkRequest, slot_id: UUID) -> HttpResponse:
    """Change a slot of one day: times, people, trade."""
    slot = access_slot(slot_id)
    form = Reshaped(request.network, slot, request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(change_slot, acting=request.acting, slot=slot, asked=form.asked)
        done = _done(request, form, act)
        if done is not None:
            return done
    title = f"{slot.organisation.name}, {nice_date(slot.day)}"
    return form_page(request, form, title, _("See what it changes"))


def _done(
    request: NetworkRequest, form: Reshaped, act: Callable[[], Effect]
) -> HttpResponse | None:
    """Show what a change does, or do it once confirmed; None when the form refuses it."""
    try:
        if not is_confirmed(request):
            return confirm_page(
                request,
                title=_("What this change does"),
                lede=form.firm.name,
                submit=_("Make this change"),
                back=request.path,
                effect=effect_of(act),
            )
        effect = act()
    except SlotError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None
    except PlacementError as error:
        form.add_error(None, str(error))
        return None
    said(request, _("It is changed."))
    if effect.told or effect.moved:
        said(request, _("Some were told otherwise: publish their week again."))
    return redirect(reverse("planning:series", args=[request.network.slug]))
