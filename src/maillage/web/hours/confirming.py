"""A firm reads its month by a link, confirms it by one tap, or says what is wrong."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from django_scopes import scope

from maillage.run.hours.confirming import (
    confirm_month,
    dispute,
    fingerprint,
    hours_to_show,
    month_of_link,
)
from maillage.run.hours.enums import SIGNED, EntryState
from maillage.run.hours.models import FirmMonth
from maillage.run.hours.queries import is_closed
from maillage.run.hours.refusals import HoursError
from maillage.web.hours.shown import shown, total
from maillage.web.ui.by_link import as_nobody, kept_quiet
from maillage.web.ui.formats import number
from maillage.web.ui.toasts import refused, said

type View[**P] = Callable[Concatenate[HttpRequest, FirmMonth, P], HttpResponseBase]


def opened[**P](view: View[P]) -> Callable[..., HttpResponseBase]:
    """Open a firm's month for the time of the view; say so when the link leads nowhere."""

    @wraps(view)
    def gate(
        request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        as_nobody(request)
        sent = month_of_link(token)
        if sent is None:
            gone = render(request, "hours/gone.html", status=HTTPStatus.GONE)
            return kept_quiet(gone)
        request.token = token  # type: ignore[attr-defined]  # read by the page's forms
        with scope(network=sent.network, register=sent.network.register):
            return kept_quiet(view(request, sent, *args, **kwargs))

    return gate


@require_http_methods(["GET", "HEAD", "POST"])
@opened
def by_link(request: HttpRequest, sent: FirmMonth) -> HttpResponse:
    """Show a firm its month; confirm it all."""
    if request.method == "POST":
        try:
            count = confirm_month(
                sent=sent, seen=request.POST.get("seen", ""), by=request.POST.get("by", "")
            )
        except HoursError as error:
            refused(request, str(error))
        else:
            words = ngettext("%(n)s line is confirmed.", "%(n)s lines are confirmed.", count)
            said(request, f"{words % {'n': number(count)}} {_('Thank you.')}")
        return redirect("hours:by-link", request.token)  # type: ignore[attr-defined]  # by the gate
    entries = hours_to_show(sent)
    waiting = [
        entry
        for entry in entries
        if entry.state not in {*SIGNED, EntryState.DISPUTED} and entry.day <= localdate()
    ]
    context = {
        "token": request.token,  # type: ignore[attr-defined]  # set by the gate
        "sent": sent,
        "entries": [shown(entry) for entry in entries],
        "waiting": len(waiting),
        "waiting_hours": total(waiting),
        "total": total(entries),
        "seen": fingerprint(entries),
        "closed": is_closed(sent.network, sent.month),
    }
    return render(request, "hours/confirm.html", context)


@require_POST
@opened
def dispute_it(request: HttpRequest, sent: FirmMonth, entry_id: UUID) -> HttpResponse:
    """Take what a firm says is wrong with some hours."""
    entry = next((one for one in hours_to_show(sent) if one.public_id == entry_id), None)
    if entry is None:
        raise Http404
    try:
        dispute(
            sent=sent,
            entry=entry,
            words=request.POST.get("words", ""),
            by=request.POST.get("by", "") or sent.organisation.name,
        )
    except HoursError as error:
        refused(request, str(error))
    else:
        said(request, _("It is said to whoever runs the group: nothing is billed meanwhile."))
    return redirect("hours:by-link", request.token)  # type: ignore[attr-defined]  # by the gate
