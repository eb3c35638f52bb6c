"""What the collective agreement of the group sets otherwise than the law."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.run.employment.agreeing import remove_figure, set_figure
from maillage.run.employment.law import BY_AGREEMENT, BY_RULE, Figures, figures_on
from maillage.run.employment.models_of_contracts import ContractFigure
from maillage.run.employment.refusals import StaffError
from maillage.web.staff.lending_forms import FigureForm
from maillage.web.staff.reading import FORM, tell
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said


@require_http_methods(FORM)
@in_network("manage_staff")
def figures(request: NetworkRequest) -> HttpResponse:
    """List the figures that hold today, and write down one that an agreement sets."""
    form = FigureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_figure(acting=request.acting, **form.cleaned_data)
        except StaffError as error:
            tell(form, error)
        else:
            said(request, _("The figure holds for the contracts that begin from its day on."))
            return redirect("staff:figures", request.network.slug)
    today = localdate()
    context = {
        "network": request.network,
        "form": form,
        "rows": _rows(figures_on(request.network, today)),
        "agreed": [
            (BY_AGREEMENT.get(one.rule, one.rule), one)
            for one in ContractFigure.objects.filter(network=request.network)
        ],
    }
    return render(request, "staff/figures.html", context, status=invalid_status(form))


def _rows(held: Figures) -> list[tuple[str, int, str, bool]]:
    return [
        (str(BY_AGREEMENT[rule]), held.of(rule).value, held.of(rule).article, rule in held.agreed)
        for rule in BY_RULE
        if rule in BY_AGREEMENT
    ]


@require_POST
@in_network("manage_staff")
def remove(request: NetworkRequest, figure_id: UUID) -> HttpResponse:
    """Remove a figure that was written down by mistake."""
    found = ContractFigure.objects.filter(network=request.network, public_id=figure_id).first()
    if found is None:
        raise Http404
    remove_figure(acting=request.acting, figure=found)
    said(request, _("The figure is removed: the law holds again."))
    return redirect("staff:figures", request.network.slug)
