"""What the board and the animator hear of the workers: what was addressed to them, no more."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maillage.run.voice.delegates import delegates_of, lacks_delegate
from maillage.run.voice.enums import Reader
from maillage.run.voice.grievances import answer_grievance, heard_by, words_of
from maillage.run.voice.meetings import meetings_of
from maillage.run.voice.permissions import quality_of
from maillage.run.voice.refusals import VoiceError
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said
from maillage.web.voice.forms import WordForm

FORM = ["GET", "HEAD", "POST"]
MOST = 50


@require_safe
@in_network("hear_workers", hidden=True)
def home(request: NetworkRequest) -> HttpResponse:
    """Show the delegates, what was addressed to the reader, the meetings asked for."""
    quality, today = _quality(request), localdate()
    heard = heard_by(request.network, quality).order_by("settled_at", "answered_at", "due_on")
    context = {
        "network": request.network,
        "delegates": delegates_of(request.network),
        "lacks": lacks_delegate(request.network, today),
        "grievances": list(heard[:MOST]),
        "meetings": list(meetings_of(request.network)),
        "today": today,
    }
    return render(request, "voice/home.html", context)


@require_http_methods(FORM)
@in_network("hear_workers", hidden=True)
def grievance(request: NetworkRequest, grievance_id: UUID) -> HttpResponse:
    """Read a grievance that is addressed to the reader, and answer it."""
    heard = heard_by(request.network, _quality(request))
    found = get_object_or_404(heard, public_id=grievance_id)
    form = WordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_grievance(acting=request.acting, grievance=found, text=form.cleaned_data["text"])
        except VoiceError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("The worker reads your answer by their own link."))
            return redirect("voice:grievance", request.network.slug, found.public_id)
    context = {
        "network": request.network,
        "grievance": found,
        "words": [(one, Reader(one.quality).label) for one in words_of(found)],
        "form": form,
        "today": localdate(),
    }
    return render(request, "voice/grievance.html", context, status=invalid_status(form))


def _quality(request: NetworkRequest) -> Reader:
    quality = quality_of(request.acting)
    if quality is None:
        raise Http404
    return quality
