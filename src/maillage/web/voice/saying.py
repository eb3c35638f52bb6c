"""The workers' own space, by their link: no account, and no employer reads over the shoulder."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.run.employment.links import page_token
from maillage.run.employment.models import Worker
from maillage.run.voice.colleagues import card_of, cards_seen_by, hide_oneself, show_oneself
from maillage.run.voice.delegates import delegates_of
from maillage.run.voice.enums import Audience, Company, Reader
from maillage.run.voice.grievances import (
    add_word,
    heard_as_delegate,
    may_read,
    own_grievances,
    say_grievance,
    settle_grievance,
    words_of,
)
from maillage.run.voice.meetings import ask_meeting, meetings_of, meetings_seen_by, support_meeting
from maillage.run.voice.models import Grievance, Meeting
from maillage.run.voice.refusals import VoiceError
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.toasts import said
from maillage.web.voice.forms import CardForm, GrievanceForm, MeetingForm, WordForm
from maillage.web.voice.opening import by_link

FORM = ["GET", "HEAD", "POST"]


@require_safe
@by_link
def home(request: HttpRequest, worker: Worker) -> HttpResponse:
    """Show delegates, colleagues, what one said, and the meetings asked for."""
    delegates = delegates_of(worker.network)
    card, colleagues = cards_seen_by(worker)
    context = {
        **_common(worker),
        "delegates": delegates,
        "card": card,
        "colleagues": colleagues,
        "grievances": own_grievances(worker),
        "to_answer": heard_as_delegate(worker)
        if worker.pk in {one.worker_id for one in delegates}
        else [],
        "meetings": list(meetings_seen_by(worker)),
    }
    return render(request, "voice/own.html", context)


@require_http_methods(FORM)
@by_link
def known(request: HttpRequest, worker: Worker) -> HttpResponseBase:
    """Show oneself to the colleagues who wish the same."""
    card = card_of(worker)
    initial = {"says": card.says, "reach": card.reach} if card is not None else {}
    # Both fields may stay empty: nothing typed is an answer too.
    form = CardForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        show_oneself(worker=worker, **form.cleaned_data)
        said(request, _("Colleagues who show themselves see you from now on."))
        return redirect(_home(worker))
    return _form_page(
        request,
        worker,
        form,
        title=_("Be known to your colleagues"),
        lede=_("Only workers who show themselves too see you. You may stop at any time."),
        submit=_("Show me to them"),
    )


@require_POST
@by_link
def unknown(request: HttpRequest, worker: Worker) -> HttpResponseBase:
    """Show oneself to nobody any more."""
    hide_oneself(worker=worker)
    said(request, _("No colleague sees you any more; what you wrote is forgotten."))
    return redirect(_home(worker))


@require_http_methods(FORM)
@by_link
def new_grievance(request: HttpRequest, worker: Worker) -> HttpResponseBase:
    """Say that something is wrong."""
    form = GrievanceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            made = say_grievance(
                worker=worker,
                audience=Audience(typed["audience"]),
                subject=typed["subject"],
                text=typed["text"],
            )
        except VoiceError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("It is said: they have fifteen days to answer you."))
            return redirect("voice:own-grievance", page_token(worker), made.public_id)
    return _form_page(
        request,
        worker,
        form,
        title=_("Say that something is wrong"),
        lede=_("Only those whom you choose ever read it. No firm where you work does."),
        submit=_("Say it"),
    )


@require_http_methods(FORM)
@by_link
def grievance(request: HttpRequest, worker: Worker, grievance_id: UUID) -> HttpResponseBase:
    """Follow what one said, or answer it as a delegate."""
    found = _access(worker, grievance_id)
    form = WordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_word(worker=worker, grievance=found, text=form.cleaned_data["text"])
        except VoiceError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("It is said."))
            return redirect("voice:own-grievance", page_token(worker), found.public_id)
    own = found.worker_id == worker.pk
    context = {
        **_common(worker),
        "grievance": found,
        "words": [(one, Reader(one.quality).label) for one in words_of(found)],
        "own": own,
        "form": form,
        "submit": _("Add this") if own else _("Answer as a delegate"),
    }
    return render(request, "voice/own_grievance.html", context, status=invalid_status(form))


@require_POST
@by_link
def settle(request: HttpRequest, worker: Worker, grievance_id: UUID) -> HttpResponseBase:
    """Say that it is settled."""
    found = _access(worker, grievance_id)
    if found.worker_id != worker.pk:
        raise Http404
    settle_grievance(worker=worker, grievance=found)
    said(request, _("It is settled. One more word from you opens it again."))
    return redirect(_home(worker))


@require_http_methods(FORM)
@by_link
def new_meeting(request: HttpRequest, worker: Worker) -> HttpResponseBase:
    """Ask for a meeting."""
    form = MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        company, topic = Company(form.cleaned_data["company"]), form.cleaned_data["topic"]
        try:
            ask_meeting(worker=worker, company=company, topic=topic)
        except VoiceError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("It is asked: your colleagues may support it."))
            return redirect(_home(worker))
    return _form_page(
        request,
        worker,
        form,
        title=_("Ask for a meeting"),
        lede=_("Every worker of the group sees what it is about and may support it."),
        submit=_("Ask for it"),
    )


@require_POST
@by_link
def support(request: HttpRequest, worker: Worker, meeting_id: UUID) -> HttpResponseBase:
    """Support a meeting that a colleague asked for."""
    found = get_object_or_404(meetings_of(worker.network), public_id=meeting_id)
    support_meeting(worker=worker, meeting=Meeting.objects.get(pk=found.pk))
    said(request, _("You support this meeting."))
    return redirect(_home(worker))


def _access(worker: Worker, grievance_id: UUID) -> Grievance:
    rows = Grievance.objects.filter(worker__network=worker.network)
    found = rows.filter(public_id=grievance_id).select_related("worker").first()
    if found is None or not may_read(worker, found):
        raise Http404
    return found


def _home(worker: Worker) -> str:
    return reverse("voice:own", args=[page_token(worker)])


def _common(worker: Worker) -> dict[str, object]:
    return {
        "worker": worker,
        "network": worker.network,
        "token": page_token(worker),
    }


def _form_page(
    request: HttpRequest,
    worker: Worker,
    form: CardForm | GrievanceForm | MeetingForm,
    *,
    title: str,
    lede: str,
    submit: str,
) -> HttpResponse:
    context = {**_common(worker), "title": title, "lede": lede, "form": form, "submit": submit}
    return render(request, "voice/own_form.html", context, status=invalid_status(form))
