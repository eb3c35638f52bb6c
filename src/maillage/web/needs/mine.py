"""A firm's own needs and offers: stated in three fields, changed, shown or hidden, withdrawn."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maillage.foundation.visibility.enums import Level
from maillage.launch.needs.actions import NeedError, move_need, set_need_level, state_need
from maillage.launch.needs.enums import CLOSED, NeedState, Strength
from maillage.launch.needs.models import Need
from maillage.launch.needs.queries import needs_of
from maillage.web.needs.forms import MyStatement, WhoSees, Withdrawal
from maillage.web.needs.reading import access_own_need, hours_in_words, own_firm
from maillage.web.needs.stating import change_page, occupation_of
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import told_apart
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.frame import modules_on
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said

FORM = ["GET", "HEAD", "POST"]


def _back(request: NetworkRequest) -> str:
    return reverse("needs:mine", args=[request.network.slug])


@require_safe
@in_network("state_needs")
def mine(request: NetworkRequest) -> HttpResponse:
    """Show what one's own firm needs and offers."""
    found = list(needs_of(own_firm(request)))
    open_ones = [need for need in found if need.state not in CLOSED]
    titles = told_apart([need.title for need in open_ones])
    context = {
        "network": request.network,
        "open": [
            {**_shown(need), "title": title} for need, title in zip(open_ones, titles, strict=True)
        ],
        "closed": [_shown(need) for need in found if need.state in CLOSED],
        "jobs_on": "shared_jobs" in modules_on(request),
    }
    return render(request, "needs/mine.html", context)


def _shown(need: Need) -> dict[str, object]:
    return {
        "need": need,
        "kind": need.get_kind_display(),
        "topic": need.get_topic_display(),
        "hours": hours_in_words(need.half_hours),
        "strength": Strength(need.strength).label,
        "state": NeedState(need.state).label,
        "level": Level(need.level).name.lower(),
    }


@require_http_methods(FORM)
@in_network("state_needs")
def new(request: NetworkRequest) -> HttpResponse:
    """State a need or an offer of one's own firm: it is asked for from today."""
    firm = own_firm(request)
    form = MyStatement(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            state_need(
                acting=request.acting,
                network=request.network,
                organisation=firm,
                kind=typed["kind"],
                topic=typed["topic"],
                title=typed["title"],
                occupation_label=occupation_of(typed["topic"], typed["title"]),
                half_hours=typed["half_hours"],
                strength=int(typed["strength"]),
                level=Level(int(typed["level"])),
                state=NeedState.EXPRESSED,
            )
        except NeedError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("It is stated. You may change or withdraw it at any time."))
            return redirect(_back(request))
    context = {"form": form, "cancel": _back(request)}
    return render(request, "needs/state.html", context, status=invalid_status(form))


@require_http_methods(FORM)
@in_network("state_needs")
def change(request: NetworkRequest, need_id: UUID) -> HttpResponse:
    """Change what a need of one's own says."""
    need = access_own_need(request, need_id)
    return change_page(request, need, _back(request), "m-hand-main")


@require_http_methods(FORM)
@in_network("state_needs")
def level(request: NetworkRequest, need_id: UUID) -> HttpResponse:
    """Choose who sees a need of one's own."""
    need = access_own_need(request, need_id)
    form = WhoSees(request.POST or None, initial={"level": need.level})
    if request.method == "POST" and form.is_valid():
        wanted = Level(int(form.cleaned_data["level"]))
        set_need_level(acting=request.acting, need=need, level=wanted)
        said(request, _("Kept. It holds from now on, everywhere."))
        return redirect(_back(request))
    context = {
        "title": _("Who sees it?"),
        "eyebrow": need.title,
        "form": form,
        "submit": _("Keep this choice"),
        "cancel": _back(request),
    }
    return render(request, "needs/own_form.html", context, status=invalid_status(form))


@require_http_methods(FORM)
@in_network("state_needs")
def withdraw(request: NetworkRequest, need_id: UUID) -> HttpResponse:
    """Withdraw a need of one's own: it is dropped, and kept in the history."""
    need = access_own_need(request, need_id)
    form = Withdrawal(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            move_need(acting=request.acting, need=need, to=NeedState.DROPPED, reason=reason)
        except NeedError as error:
            form.add_error(None, str(error))
        else:
            said(request, _("It is withdrawn: it is proposed to nobody any more."))
            return redirect(_back(request))
    context = {
        "title": _("Withdraw it"),
        "eyebrow": need.title,
        "form": form,
        "submit": _("Withdraw"),
        "cancel": _back(request),
    }
    return render(request, "needs/own_form.html", context, status=invalid_status(form))
