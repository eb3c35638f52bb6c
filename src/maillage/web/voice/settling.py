"""The board writes down who was elected, and answers the meetings that workers ask for."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.run.employment.models import Worker
from maillage.run.employment.queries import in_force
from maillage.run.voice.delegates import elect_delegate, end_mandate
from maillage.run.voice.meetings import decline_meeting, fix_meeting
from maillage.run.voice.models import Delegate, Meeting
from maillage.run.voice.refusals import VoiceError
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said
from maillage.web.voice.forms import ElectionForm, MeetingAnswer

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@in_network("hear_workers", hidden=True)
def elect(request: NetworkRequest) -> HttpResponse:
    """Write down whom the workers elected."""
    today = localdate()
    here = Worker.objects.filter(
        in_force(today, today, path="contracts__"), network=request.network
    ).distinct()
    names = list(here.order_by("folded_name").values_list("public_id", "name"))
    form = ElectionForm(request.POST or None, workers=names)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        worker = Worker.objects.filter(network=request.network, public_id=typed["worker"]).first()
        if worker is None:
            raise Http404
        try:
            elect_delegate(
                acting=request.acting,
                worker=worker,
                starts_on=typed["starts_on"],
                ends_on=typed["ends_on"],
            )
        except VoiceError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("The workers see their delegate on their own pages."))
            return redirect(_home(request))
    context = {
        "title": _("Whom did the workers elect?"),
        "form": form,
        "submit": _("Write it down"),
        "cancel": _home(request),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


@require_POST
@in_network("hear_workers", hidden=True)
def end(request: NetworkRequest, delegate_id: UUID) -> HttpResponse:
    """End the mandate of a delegate."""
    rows = Delegate.objects.filter(worker__network=request.network).select_related("worker")
    end_mandate(acting=request.acting, delegate=get_object_or_404(rows, public_id=delegate_id))
    said(request, _("The mandate is over."))
    return redirect(_home(request))


@require_http_methods(FORM)
@in_network("hear_workers", hidden=True)
def meeting(request: NetworkRequest, meeting_id: UUID) -> HttpResponse:
    """Fix or decline a meeting that workers ask for."""
    rows = Meeting.objects.filter(worker__network=request.network).select_related("worker")
    found = get_object_or_404(rows, public_id=meeting_id)
    form = MeetingAnswer(request.POST or None)
    if request.method == "POST" and form.is_valid() and _settled(request, found, form):
        said(request, _("Those who wish it are told."))
        return redirect(_home(request))
    context = {
        "title": found.topic,
        "eyebrow": found.get_company_display(),
        "lede": _("Asked by %(name)s.") % {"name": found.worker.name},
        "form": form,
        "submit": _("Give this answer"),
        "cancel": _home(request),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


def _settled(request: NetworkRequest, meeting: Meeting, form: MeetingAnswer) -> bool:
    typed = form.cleaned_data
    try:
        if typed["choice"] == "fix":
            fix_meeting(
                acting=request.acting,
                meeting=meeting,
                meets_at=form.moment(),
                place=typed["place"],
                answer=typed["answer"],
            )
        else:
            decline_meeting(acting=request.acting, meeting=meeting, answer=typed["answer"])
    except VoiceError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return False
    return True


def _home(request: NetworkRequest) -> str:
    return reverse("voice:home", args=[request.network.slug])
