"""Certificates, times elsewhere and papers: written down for a worker, and ended."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.run.employment.certificates import (
    Kept,
    Paper,
    RecordError,
    Weekly,
    add_authorisation,
    add_certificate,
    add_weekly_time,
    end_record,
)
from maillage.run.employment.enums import DocumentRule, WeeklyKind
from maillage.run.employment.models import Authorisation, Certificate, WeeklyTime, Worker
from maillage.web.leave.forms import AuthorisationForm, CertificateForm, WeeklyForm
from maillage.web.leave.papers import access_worker
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@in_network("manage_staff", hidden=True)
def certificate(request: NetworkRequest, worker_id: UUID) -> HttpResponse:
    """Write down a licence or certificate."""
    worker = access_worker(request, worker_id)
    form = CertificateForm(request.POST or None)

    def keep() -> object:
        return add_certificate(acting=request.acting, worker=worker, **form.cleaned_data)

    return _page(request, worker, form, keep, _("Write down a licence or certificate"))


@require_http_methods(FORM)
@in_network("manage_staff", hidden=True)
def weekly(request: NetworkRequest, worker_id: UUID) -> HttpResponse:
    """Write down a job elsewhere, or a time at which the worker is not available."""
    worker = access_worker(request, worker_id)
    form = WeeklyForm(request.POST or None)

    def keep() -> object:
        typed = form.cleaned_data
        start, end = form.minutes()
        time = Weekly(
            kind=WeeklyKind(typed["kind"]),
            weekday=typed["weekday"],
            start_minute=start,
            end_minute=end,
            starts_on=typed["starts_on"],
            ends_on=typed["ends_on"],
        )
        return add_weekly_time(acting=request.acting, worker=worker, time=time)

    return _page(request, worker, form, keep, _("Write down a time of every week"))


@require_http_methods(FORM)
@in_network("manage_staff", hidden=True)
def authorisation(request: NetworkRequest, worker_id: UUID) -> HttpResponse:
    """Keep a paper that lifts a rule."""
    worker = access_worker(request, worker_id)
    form = AuthorisationForm(request.POST or None, request.FILES or None)

    def keep() -> object:
        typed = form.cleaned_data
        paper = Paper(
            rule=DocumentRule(typed["rule"]),
            title=typed["title"],
            starts_on=typed["starts_on"],
            ends_on=typed["ends_on"],
            content=typed["file"],
        )
        return add_authorisation(acting=request.acting, worker=worker, paper=paper)

    return _page(request, worker, form, keep, _("Keep a document that lifts a rule"))


@require_POST
@in_network("manage_staff", hidden=True)
def end(request: NetworkRequest, worker_id: UUID, kind: str, record_id: UUID) -> HttpResponse:
    """Let something kept of a worker hold no longer."""
    worker = access_worker(request, worker_id)
    end_record(acting=request.acting, worker=worker, kept=_kept(worker, kind, record_id))
    said(request, _("It holds no longer."))
    return redirect(_back(request, worker))


def _kept(worker: Worker, kind: str, record_id: UUID) -> Kept:
    match kind:
        case "certificate":
            return get_object_or_404(Certificate, worker=worker, public_id=record_id)
        case "time":
            return get_object_or_404(WeeklyTime, worker=worker, public_id=record_id)
        case "authorisation":
            return get_object_or_404(Authorisation, worker=worker, public_id=record_id)
        case _:
            raise Http404


def _back(request: NetworkRequest, worker: Worker) -> str:
    return reverse("leave:papers", args=[request.network.slug, worker.public_id])


def _page(
    request: NetworkRequest,
    worker: Worker,
    form: forms.Form,
    keep: Callable[[], object],
    title: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            keep()
        except RecordError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("It is written down."))
            return redirect(_back(request, worker))
    context = {
        "title": title,
        "eyebrow": worker.name,
        "form": form,
        "submit": _("Keep it"),
        "cancel": _back(request, worker),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))
