"""Who bills, and the prices that the board decided."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maillage.run.billing.deciding import decide_price, set_profile
from maillage.run.billing.models import BillingProfile, PriceRule
from maillage.run.billing.refusals import BillingError
from maillage.web.billing.forms import PriceForm, ProfileForm
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said

FORM = ["GET", "HEAD", "POST"]
WHERE = {"coefficients": "coefficient", "value": "coefficient"}


@require_http_methods(FORM)
@in_network("bill_members", hidden=True)
def profile(request: NetworkRequest) -> HttpResponse:
    """Say who bills."""
    known = BillingProfile.objects.filter(network=request.network).first()
    form = ProfileForm(request.POST or None, instance=known)
    if request.method == "POST" and form.is_valid():
        try:
            set_profile(acting=request.acting, words=form.cleaned_data)
        except BillingError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("It is written down."))
            return redirect("billing:home", request.network.slug)
    context = {
        "network": request.network,
        "form": form,
        "title": _("Who bills"),
        "submit": _("Write it down"),
    }
    return render(request, "billing/profile.html", context, status=invalid_status(form))


@require_http_methods(FORM)
@in_network("bill_members", hidden=True)
def price(request: NetworkRequest) -> HttpResponse:
    """Show the prices, and write down the next one."""
    form = PriceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            decide_price(
                acting=request.acting,
                since=form.cleaned_data["since"],
                terms=form.terms(),
                decision=form.cleaned_data["decision"],
            )
        except BillingError as error:
            where = WHERE.get(error.field, error.field)
            form.add_error(where if where in form.fields else None, str(error))
        else:
            said(request, _("The price holds from that day on."))
            return redirect("billing:home", request.network.slug)
    context = {
        "network": request.network,
        "form": form,
        "title": _("A price"),
        "submit": _("Write this price down"),
        "known": PriceRule.objects.filter(network=request.network).order_by("-since"),
    }
    return render(request, "billing/price.html", context, status=invalid_status(form))
