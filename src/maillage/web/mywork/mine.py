"""A worker who has an account finds their own pages without the link."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django_scopes import scopes_disabled

from maillage.run.employment.links import page_path
from maillage.run.employment.models import Worker
from maillage.web.ui.acting import ActingRequest
from maillage.web.ui.gates import signed_in


@require_safe
@signed_in
def mine(request: ActingRequest) -> HttpResponse:
    """Lead somebody who works for a group to their week; let them choose between several."""
    with scopes_disabled():
        found = list(
            Worker.objects.filter(person=request.acting.person, network__closed_on=None)
            .select_related("network")
            .order_by("network__name", "pk")
        )
    if not found:
        raise Http404
    if len(found) == 1:
        return redirect(page_path(found[0]))
    rows = [(worker.network.name, page_path(worker)) for worker in found]
    return render(request, "mywork/mine.html", {"rows": rows})
