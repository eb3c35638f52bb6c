"""A firm that is closed for some days: who leaves, who must be told, opening it again."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.run.planning.closing import close_firm, reopen_firm, taken_out_by
from maillage.run.planning.models import Closure
from maillage.run.planning.settling import Effect
from maillage.run.planning.slots import SlotError
from maillage.web.planning.confirming import (
    confirm_page,
    effect_context,
    effect_of,
    is_confirmed,
    shown,
)
from maillage.web.planning.entering import form_page
from maillage.web.planning.slot_forms import Closed
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("plan_work")
def new_closure(request: NetworkRequest) -> HttpResponse:
    """Say that a firm takes nobody for some days, once it is read what that changes."""
    form = Closed(request.network, request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        act = partial(
            close_firm,
            acting=request.acting,
            organisation=form.firm,
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            reason=data["reason"],
        )
        try:
            if not is_confirmed(request):
                _made, effect = effect_of(act)
                return confirm_page(
                    request,
                    title=_("Before the firm closes"),
                    lede=form.firm.name,
                    submit=_("Enter this closure"),
                    back=request.path,
                    effect=effect,
                )
            made, effect = act()
        except SlotError as error:
            form.add_error(error.field or None, str(error))
        else:
            said(
                request,
                ngettext(
                    "The closure is entered: %(n)d shift leaves the plan.",
                    "The closure is entered: %(n)d shifts leave the plan.",
                    len(effect.gone),
                )
                % {"n": len(effect.gone)},
            )
            return redirect("planning:closure", request.network.slug, made.public_id)
    return form_page(request, form, _("A firm is closed"), _("See what it changes"))


@require_safe
@in_network("plan_work")
def closure(request: NetworkRequest, closure_id: UUID) -> HttpResponse:
    """Show a closure: whom it took out of the plan, who must be told, what is to be re-placed."""
    found = _access(request, closure_id)
    context = {
        "network": request.network,
        "closure": found,
        "coming": found.ends_on >= localdate(),
        **effect_context(Effect(gone=taken_out_by(found))),
    }
    return render(request, "planning/closure.html", context)


@require_POST
@in_network("plan_work")
def reopen(request: NetworkRequest, closure_id: UUID) -> HttpResponse:
    """Open a firm again, with or without those who were placed there."""
    found = _access(request, closure_id)
    back = reverse("planning:closure", args=[request.network.slug, closure_id])
    act = partial(
        reopen_firm,
        acting=request.acting,
        closure=found,
        put_back=request.POST.get("put_back") == "yes",
    )
    try:
        if not is_confirmed(request):
            tried = effect_of(act)
            return confirm_page(
                request,
                title=_("Before the firm opens again"),
                lede=found.organisation.name,
                submit=_("Open it again"),
                back=back,
                effect=tried.effect,
                more={"back_again": tried.back, "not_back": shown(tried.refused)},
            )
        done = act()
    except SlotError as error:
        refused(request, str(error))
        return redirect(back)
    said(
        request,
        ngettext(
            "The firm is open again: %(n)d slot counts again.",
            "The firm is open again: %(n)d slots count again.",
            done.effect.slots,
        )
        % {"n": done.effect.slots},
    )
    return redirect("planning:series", request.network.slug)


def _access(request: NetworkRequest, closure_id: UUID) -> Closure:
    rows = Closure.objects.select_related("organisation", "network")
    found = rows.filter(network=request.network, public_id=closure_id).first()
    if found is None:
        raise Http404
    return found
