"""Two members are introduced to each other once both have said yes."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.foundation.visibility.actions.introductions import (
    accept_introduction,
    ask_introduction,
    end_introduction,
)
from maillage.foundation.visibility.directory import directory_of
from maillage.foundation.visibility.models import Introduction
from maillage.foundation.visibility.queries import open_introductions
from maillage.foundation.visibility.refusals import IntroductionError
from maillage.web.trust.forms import ReasonForm
from maillage.web.trust.gates import own_firm
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import access_organisation, in_network
from maillage.web.ui.toasts import refused, said


@require_safe
@in_network("edit_own_firm")
def mine(request: NetworkRequest) -> HttpResponse:
    """Show who asks to be introduced to one's firm, whom it asked, and whom it met."""
    firm = own_firm(request)
    rows = open_introductions(firm)
    others = [row.asked_id if row.asking_id == firm.pk else row.asking_id for row in rows]
    seen = directory_of(request.acting).several(others)
    # Somebody who became a competitor since is a stranger again: the row goes with them.
    known = [(row, seen[other]) for row, other in zip(rows, others, strict=True) if other in seen]
    context = {
        "received": [
            (row, other) for row, other in known if not row.accepted_at and row.asked_id == firm.pk
        ],
        "sent": [
            (row, other) for row, other in known if not row.accepted_at and row.asking_id == firm.pk
        ],
        "met": [(row, other) for row, other in known if row.accepted_at],
    }
    return render(request, "trust/introductions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("edit_own_firm")
def ask(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Ask to be introduced to another member."""
    firm = own_firm(request)
    other = access_organisation(request, public_id)
    if other.own or other.tier in {"listed", "left"}:
        raise PermissionDenied(_("Only another member can be asked."))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_introduction(acting=request.acting, asking=firm, asked=other, **form.cleaned_data)
        except IntroductionError as error:
            form.add_error(None, str(error))
        else:
            said(request, _("Asked. You will see here what they answer."))
            return redirect("trust:introductions", request.network.slug)
    context = {
        "title": _("Get to know %(firm)s") % {"firm": other.name},
        "lede": _("If they say yes, each of you sees what the other keeps for those it has met."),
        "form": form,
        "submit": _("Ask"),
        "cancel": reverse("directory:organisation", args=[request.network.slug, public_id]),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


def _mine(request: NetworkRequest, introduction_id: UUID) -> Introduction:
    firm = own_firm(request)
    rows = Introduction.objects.filter(Q(asking=firm) | Q(asked=firm))
    return get_object_or_404(rows, public_id=introduction_id)


@require_POST
@in_network("edit_own_firm")
def accept(request: NetworkRequest, introduction_id: UUID) -> HttpResponse:
    """Say yes to somebody who asked."""
    introduction = _mine(request, introduction_id)
    if introduction.asked_id != own_firm(request).pk:
        raise PermissionDenied(_("The other firm answers this one."))
    try:
        accept_introduction(acting=request.acting, introduction=introduction)
    except IntroductionError as error:
        refused(request, str(error))
    else:
        said(
            request,
            _("You have met: each of you sees more of the other."),
            undo=reverse("trust:end-introduction", args=[request.network.slug, introduction_id]),
        )
    return redirect("trust:introductions", request.network.slug)


@require_POST
@in_network("edit_own_firm")
def end(request: NetworkRequest, introduction_id: UUID) -> HttpResponse:
    """Decline, take back, or end."""
    try:
        end_introduction(acting=request.acting, introduction=_mine(request, introduction_id))
    except IntroductionError as error:
        refused(request, str(error))
    else:
        said(request, _("Ended. Nobody is told why."))
    return redirect("trust:introductions", request.network.slug)
