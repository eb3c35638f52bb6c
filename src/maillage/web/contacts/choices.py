"""How often a firm may be contacted, who leads, and when it wants to be left alone."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from maillage.foundation.networks.queries import usual_ceiling
from maillage.foundation.notify.actions import (
    PolicyError,
    add_quiet_period,
    end_quiet_period,
    set_policy,
)
from maillage.foundation.notify.pressure import Pressure
from maillage.web.contacts.forms import PolicyForm, QuietForm
from maillage.web.contacts.reading import Firm, access_firm, leaders
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said


@require_http_methods(["GET", "HEAD", "POST"])
@in_network()
def policy(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Choose the ceiling and the lead contact of a firm."""
    found = _access_choices(request, public_id)
    people = leaders(request.network)
    pressure = found.pressure
    kept = str(pressure.lead_person_id or "")
    if kept and kept not in dict(people):
        people.append((kept, pressure.lead))
    form = PolicyForm(request.POST or None, initial=_initial(pressure, kept), leaders=people)
    if request.method == "POST" and form.is_valid():
        lead = form.cleaned_data["lead"]
        try:
            set_policy(
                firm=found.address,
                actor_id=request.acting.person.public_id,
                network_id=request.network.public_id,
                ceiling=form.ceiling(),
                by_firm=found.own,
                lead_name=dict(people).get(lead, ""),
                lead_person_id=UUID(lead) if lead else None,
            )
        except PolicyError as error:
            form.add_error("mode", str(error))
        else:
            said(request, _("Saved."))
            return redirect(_back(request, found))
    usual = usual_ceiling(request.network)
    context = {
        "title": _("How often to contact %(firm)s") % {"firm": found.name},
        "lede": ngettext(
            "Here a firm is usually contacted %(contacts)s time in %(days)s days at most, all "
            "bodies together.",
            "Here a firm is usually contacted %(contacts)s times in %(days)s days at most, all "
            "bodies together.",
            usual.contacts,
        )
        % {"contacts": usual.contacts, "days": usual.days},
        "form": form,
        "submit": _("Save"),
        "cancel": _back(request, found),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@in_network()
def quiet(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """List the quiet periods of a firm, and add one."""
    found = _access_choices(request, public_id)
    form = QuietForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_quiet_period(
                firm=found.address,
                actor_id=request.acting.person.public_id,
                network_id=request.network.public_id,
                **form.cleaned_data,
            )
        except PolicyError as error:
            form.add_error("ends_on", str(error))
        else:
            said(request, _("Nobody will contact the firm on these days."))
            return redirect("contacts:quiet", request.network.slug, public_id)
    context = {
        "network": request.network,
        "title": _("Quiet periods of %(firm)s") % {"firm": found.name},
        "lede": _("On these days, no mail leaves to the firm, and who wants to call is told so."),
        "firm": found,
        "form": form,
        "submit": _("Add these days"),
        "cancel": _back(request, found),
    }
    return render(request, "contacts/quiet.html", context, status=invalid_status(form))


@require_POST
@in_network()
def end_quiet(request: NetworkRequest, public_id: UUID, period_id: UUID) -> HttpResponse:
    """Take a quiet period away."""
    found = _access_choices(request, public_id)
    try:
        end_quiet_period(
            firm=found.address,
            public_id=period_id,
            actor_id=request.acting.person.public_id,
            network_id=request.network.public_id,
        )
    except PolicyError as error:
        refused(request, str(error))
    else:
        said(request, _("The quiet period is removed."))
    return redirect("contacts:quiet", request.network.slug, public_id)


def _access_choices(request: NetworkRequest, public_id: UUID) -> Firm:
    """Return a firm whose choices the role in use may change; 404 or 403 to others."""
    found = access_firm(request, public_id)
    if not found.may_choose:
        raise PermissionDenied
    return found


def _initial(pressure: Pressure, lead: str) -> dict[str, object]:
    if not pressure.chosen:
        return {"mode": "usual", "lead": lead}
    ceiling = pressure.ceiling
    return {"mode": "chosen", "contacts": ceiling.contacts, "days": ceiling.days, "lead": lead}


def _back(request: NetworkRequest, found: Firm) -> str:
    slug = request.network.slug
    if request.acting.can("log_contacts"):
        return reverse("contacts:firm", args=[slug, found.public_id])
    return reverse("contacts:mine", args=[slug])
