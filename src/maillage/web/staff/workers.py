"""A worker is written down by hand, changed, removed."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.run.employment.refusals import StaffError
from maillage.run.employment.staff import add_worker, change_worker, remove_worker
from maillage.web.staff.fields import skills_as_lines
from maillage.web.staff.forms import ChangeWorkerForm, WorkerForm
from maillage.web.staff.reading import FORM, access_worker, tell
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said


@require_http_methods(FORM)
@in_network("manage_staff")
def new(request: NetworkRequest) -> HttpResponse:
    """Write a worker down."""
    slug = request.network.slug
    form = WorkerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            worker = add_worker(acting=request.acting, words=form.words())
        except StaffError as error:
            tell(form, error)
        else:
            said(request, _("The worker is written down: draw up the contract."))
            return redirect("staff:worker", slug, worker.public_id)
    context = {
        "title": _("Write a worker down"),
        "lede": _("No firm ever sees the home, the telephone or the date of birth."),
        "form": form,
        "submit": _("Write down"),
        "cancel": reverse("staff:list", args=[slug]),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


@require_http_methods(FORM)
@in_network("manage_staff")
def change(request: NetworkRequest, worker_id: UUID) -> HttpResponse:
    """Change what is known of a worker."""
    worker = access_worker(worker_id)
    back = reverse("staff:worker", args=[request.network.slug, worker.public_id])
    initial = {key: getattr(worker, key, None) for key in ChangeWorkerForm.base_fields}
    initial["skills"] = skills_as_lines(worker.skills.all())
    form = ChangeWorkerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_worker(
                acting=request.acting,
                worker=worker,
                version=form.cleaned_data["version"],
                words=form.words(),
            )
        except StaffError as error:
            tell(form, error)
        else:
            said(request, _("Saved."))
            return redirect(back)
    context = {
        "title": _("Change the record"),
        "eyebrow": worker.name,
        "form": form,
        "submit": _("Save"),
        "cancel": back,
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


@require_POST
@in_network("manage_staff")
def remove(request: NetworkRequest, worker_id: UUID) -> HttpResponse:
    """Remove somebody who never had a contract."""
    worker = access_worker(worker_id)
    try:
        remove_worker(acting=request.acting, worker=worker)
    except StaffError as error:
        refused(request, str(error))
        return redirect("staff:worker", request.network.slug, worker.public_id)
    said(request, _("The record is removed."))
    return redirect("staff:list", request.network.slug)
