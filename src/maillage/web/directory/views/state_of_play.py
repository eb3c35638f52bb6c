"""What an organisation can do on a screen, and the territories it serves."""

from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maillage.foundation.organisations.actions import note_readiness, set_coverage
from maillage.foundation.organisations.errors import OrganisationError
from maillage.foundation.organisations.models import DigitalReadiness, Territory
from maillage.foundation.organisations.queries import coverage_of
from maillage.web.directory.forms import CoverageForm, ReadinessForm
from maillage.web.directory.reading import note_form
from maillage.web.directory.views.editing import page_of
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import access_own_record, in_network
from maillage.web.ui.toasts import said


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("see_network")
def readiness(request: NetworkRequest, public_id: UUID) -> HttpResponseBase:
    """Note what an organisation has and can do on a screen."""
    organisation = access_own_record(request, public_id)
    noted = DigitalReadiness.objects.filter(organisation=organisation).first()
    initial = {} if noted is None else vars(noted)
    form = ReadinessForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            note_readiness(
                organisation=organisation,
                actor_id=request.acting.person.public_id,
                network_id=request.network.public_id,
                **form.cleaned_data,
            )
        except OrganisationError as error:
            form.add_error(None, str(error))
        else:
            said(request, _("Noted."))
            return redirect(page_of(request, public_id))
    note_form(request.acting, organisation, {"readiness"})
    context = {
        "title": _("Equipment and connection"),
        "eyebrow": organisation.name,
        "lede": _(
            "So that nobody is sent what they cannot open: paper, telephone or a visit then."
        ),
        "form": form,
        "submit": _("Save"),
        "cancel": page_of(request, public_id),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("see_network")
def coverage(request: NetworkRequest, public_id: UUID) -> HttpResponseBase:
    """Say which territories an organisation serves."""
    organisation = access_own_record(request, public_id)
    territories = {str(one.public_id): one for one in Territory.objects.all()}
    served = [str(one.public_id) for one in coverage_of(organisation)]
    form = CoverageForm(
        request.POST if request.method == "POST" else None,
        territories=territories.values(),
        initial={"territories": served},
    )
    if request.method == "POST" and form.is_valid():
        set_coverage(
            organisation=organisation,
            territories=[territories[key] for key in form.cleaned_data["territories"]],
            actor_id=request.acting.person.public_id,
            network_id=request.network.public_id,
        )
        said(request, _("Saved."))
        return redirect(page_of(request, public_id))
    context = {
        "organisation": organisation,
        "network": request.network,
        "form": form,
        "territories": bool(territories),
        "animates": request.acting.can("manage_territories"),
        "cancel": page_of(request, public_id),
    }
    return render(request, "directory/coverage.html", context, status=invalid_status(form))
