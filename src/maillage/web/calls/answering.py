"""One call: who could come, who is asked, what they said, on the telephone or by their link."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from maillage.run.employment.models import Worker
from maillage.run.planning.calling.asking import give_up, look_again, no_longer_needed
from maillage.run.planning.calling.errors import CallError
from maillage.run.planning.calling.offering import accept_offer, propose, refuse_offer
from maillage.run.planning.calling.queries import calls_of_absence, named_in
from maillage.run.planning.enums import CallState, OfferState
from maillage.run.planning.models import Call
from maillage.web.calls.forms import GiveUpForm
from maillage.web.calls.reading import access_call, access_offer
from maillage.web.calls.shown import shown, title_of
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import number
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said, warned

FORM = ["GET", "HEAD", "POST"]
AT_ONCE = 3  # people asked together by one button


@require_http_methods(FORM)
@in_network("plan_work", hidden=True)
def call(request: NetworkRequest, call_id: UUID) -> HttpResponse:
    """Show a call whole; say that nobody was found."""
    found = access_call(request, call_id)
    form = GiveUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            give_up(acting=request.acting, call=found, because=form.cleaned_data["because"])
        except CallError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("The firm is told that nobody was found, and why."))
            return redirect("calls:home", request.network.slug)
    one = shown(found, named_in(request.network, [found]))
    others = (
        [(each, title_of(each)) for each in calls_of_absence(found.absence) if each != found]
        if found.absence is not None
        else []
    )
    free = [each for each in one.answers if each.offer is None]
    context = {
        "network": request.network,
        "one": one,
        "form": form,
        "others": others,
        "first_ones": free[:AT_ONCE] if len(free) > 1 else [],
    }
    return render(request, "calls/call.html", context, status=invalid_status(form))


@require_POST
@in_network("plan_work", hidden=True)
def ask(request: NetworkRequest, call_id: UUID) -> HttpResponse:
    """Ask those who were ticked whether they could come; the first yes has it."""
    found = access_call(request, call_id)
    wanted = [each for each in request.POST.getlist("worker") if _is_id(each)]
    known = {
        str(worker.public_id): worker
        for worker in Worker.objects.filter(network=request.network, public_id__in=wanted)
    }
    workers = [known[each] for each in dict.fromkeys(wanted) if each in known]
    if not workers:
        refused(request, _("Choose whom to ask."))
        return _to(request, found)
    try:
        offers = propose(acting=request.acting, call=found, workers=workers)
    except CallError as error:
        refused(request, str(error))
        return _to(request, found)
    unreached = [offer.worker.name for offer in offers if not offer.worker.email]
    said(
        request,
        ngettext(
            "%(n)s person is asked: the answer comes here.",
            "%(n)s people are asked: the first yes has it.",
            len(offers),
        )
        % {"n": number(len(offers))},
    )
    if unreached:
        warned(
            request, _("No e-mail address: telephone %(names)s.") % {"names": ", ".join(unreached)}
        )
    return _to(request, found)


@require_POST
@in_network("plan_work", hidden=True)
def look(request: NetworkRequest, call_id: UUID) -> HttpResponse:
    """Look again for who could come."""
    found = access_call(request, call_id)
    return _done(
        request,
        found,
        lambda: look_again(acting=request.acting, call=found),
        _("Looked for again, on the plan as it stands now."),
    )


@require_POST
@in_network("plan_work", hidden=True)
def withdraw(request: NetworkRequest, call_id: UUID) -> HttpResponse:
    """Say that the firm needs nobody any more."""
    found = access_call(request, call_id)
    return _done(
        request,
        found,
        lambda: no_longer_needed(acting=request.acting, call=found),
        _("Nobody is looked for any more; those who were asked are told."),
    )


@require_POST
@in_network("plan_work", hidden=True)
def yes(request: NetworkRequest, offer_id: UUID) -> HttpResponse:
    """Write down a yes said on the telephone."""
    offer = access_offer(request, offer_id)
    try:
        answered = accept_offer(offer=offer, acting=request.acting)
    except CallError as error:
        refused(request, str(error))
    else:
        name = {"name": offer.worker.name}
        if answered.state == OfferState.ACCEPTED:
            said(request, _("%(name)s comes. Everyone concerned is told.") % name)
        else:
            warned(request, _("Too late: the plan has changed since. Thank %(name)s.") % name)
    return redirect("calls:call", request.network.slug, offer.call.public_id)


@require_POST
@in_network("plan_work", hidden=True)
def no(request: NetworkRequest, offer_id: UUID) -> HttpResponse:
    """Write down a no said on the telephone."""
    offer = access_offer(request, offer_id)
    try:
        refuse_offer(offer=offer, acting=request.acting)
    except CallError as error:
        refused(request, str(error))
    else:
        said(
            request,
            _("It is written down. Nothing is held against %(name)s.")
            % {"name": offer.worker.name},
        )
    return redirect("calls:call", request.network.slug, offer.call.public_id)


def _done(
    request: NetworkRequest, found: Call, act: Callable[[], object], sentence: str
) -> HttpResponse:
    try:
        act()
    except CallError as error:
        refused(request, str(error))
    else:
        said(request, sentence)
    return _to(request, found)


def _to(request: NetworkRequest, found: Call) -> HttpResponse:
    if found.state != CallState.OPEN:
        return redirect("calls:home", request.network.slug)
    return redirect(reverse("calls:call", args=[request.network.slug, found.public_id]))


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
