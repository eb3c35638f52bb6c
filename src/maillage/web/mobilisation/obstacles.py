"""What holds a firm back, what was tried and what came of it: written down by the animator."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.launch.mobilisation.actions.guarding import MobilisationError
from maillage.launch.mobilisation.actions.noting import (
    drop_obstacle,
    note_obstacle,
    record_result,
    try_against,
)
from maillage.launch.mobilisation.countermeasures import Countermeasure, proposed_against
from maillage.launch.mobilisation.enums import AttemptResult
from maillage.web.mobilisation.forms import NewAttempt, NewObstacle, Result
from maillage.web.mobilisation.noting import fill_in
from maillage.web.mobilisation.reading import (
    access_attempt,
    access_firm,
    access_obstacle,
    record_url,
)
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@in_network("manage_mobilisation")
def obstacle(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Write down what holds a firm back."""
    firm = access_firm(request, public_id, "mobilisation:obstacle").organisation
    form = NewObstacle(request.POST or None)
    return fill_in(
        request,
        firm,
        form,
        lambda: note_obstacle(acting=request.acting, organisation=firm, **form.cleaned_data),
        {
            "title": _("What holds it back?"),
            "lede": _("An obstacle that is there already takes the new words."),
            "submit": _("Write it down"),
        },
    )


@require_POST
@in_network("manage_mobilisation")
def remove_obstacle(request: NetworkRequest, public_id: UUID, obstacle_id: UUID) -> HttpResponse:
    """Take away an obstacle that was written by mistake."""
    firm = access_firm(request, public_id, "mobilisation:obstacle").organisation
    found = access_obstacle(firm, obstacle_id)
    try:
        drop_obstacle(acting=request.acting, obstacle=found)
    except MobilisationError as error:
        refused(request, str(error))
    else:
        said(request, _("It is removed."))
    return redirect(record_url(request, firm))


@require_http_methods(FORM)
@in_network("manage_mobilisation")
def attempt(request: NetworkRequest, public_id: UUID, obstacle_id: UUID) -> HttpResponse:
    """Write down what was tried against an obstacle."""
    firm = access_firm(request, public_id, "mobilisation:try").organisation
    found = access_obstacle(firm, obstacle_id)
    form = NewAttempt(request.POST or None, proposed=proposed_against(found.kind))
    return fill_in(
        request,
        firm,
        form,
        lambda: try_against(acting=request.acting, obstacle=found, **form.cleaned_data),
        {
            "title": _("What was tried?"),
            "lede": _("Against “%(obstacle)s”.") % {"obstacle": found.get_kind_display()},
            "submit": _("Write it down"),
        },
    )


@require_http_methods(FORM)
@in_network("manage_mobilisation")
def result(request: NetworkRequest, public_id: UUID, attempt_id: UUID) -> HttpResponse:
    """Write down what came of something that was tried."""
    firm = access_firm(request, public_id, "mobilisation:result").organisation
    found = access_attempt(firm, attempt_id)
    initial: dict[str, object] = {"result": found.result}
    if found.result != AttemptResult.NONE_YET:
        initial["result_on"] = found.result_on
    form = Result(request.POST or None, initial=initial)
    return fill_in(
        request,
        firm,
        form,
        lambda: record_result(acting=request.acting, attempt=found, **form.cleaned_data),
        {
            "title": _("What came of it?"),
            "lede": str(Countermeasure(found.countermeasure).label),
            "submit": _("Record the result"),
        },
    )
