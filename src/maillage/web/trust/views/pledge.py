"""The pledge of confidentiality, signed before people enter."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maillage.foundation.visibility.actions.pledges import sign_pledge, write_pledge
from maillage.foundation.visibility.models import Pledge
from maillage.foundation.visibility.queries import latest_pledge, pledge_to_sign
from maillage.foundation.visibility.refusals import PledgeError
from maillage.web.trust.forms import PledgeForm
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said


@require_http_methods(["GET", "HEAD", "POST"])
@in_network()
def sign(request: NetworkRequest) -> HttpResponse:
    """Read the pledge, and sign it when it is still to be signed."""
    due = pledge_to_sign(request.network, request.acting.person)
    after = _safe(request, request.POST.get("next") or request.GET.get("next") or "")
    if request.method == "POST" and due is not None:
        read = Pledge.objects.filter(
            network=request.network, version=_version(request.POST.get("version", ""))
        ).first()
        try:
            sign_pledge(acting=request.acting, pledge=read or due)
        except PledgeError as error:
            refused(request, str(error))
            return redirect(request.get_full_path())
        return redirect(after)
    pledge = due or latest_pledge(request.network)
    context = {"pledge": pledge, "due": due is not None, "after": after}
    return render(request, "trust/pledge.html", context)


def _version(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0  # noqa: PLR2004 -- no thousand million versions


def _safe(request: NetworkRequest, address: str) -> str:
    """Return where to go afterwards: an address of this site, or the desk."""
    known = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if known else reverse("desk:home")


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("write_pledge")
def write(request: NetworkRequest) -> HttpResponse:
    """Write a new version of the pledge."""
    latest = latest_pledge(request.network)
    form = PledgeForm(request.POST or None, initial={"text": latest.text if latest else ""})
    if request.method == "POST" and form.is_valid():
        try:
            write_pledge(acting=request.acting, network=request.network, **form.cleaned_data)
        except PledgeError as error:
            form.add_error(error.field or None, str(error))
        else:
            said(request, _("Kept. Everybody signs it before they enter again."))
            return redirect("trust:pledge", request.network.slug)
    context = {
        "title": _("The pledge of confidentiality"),
        "lede": _("People sign it before they enter the network."),
        "form": form,
        "submit": _("Keep this text"),
        "cancel": reverse("trust:pledge", args=[request.network.slug]),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))
