"""Value added tax: the group's regime, each member's, and the alarms."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maillage.foundation.organisations.models import Organisation
from maillage.run.group.clock import vat_alarm
from maillage.run.group.days import last_day
from maillage.run.group.models import VatStatus
from maillage.run.group.queries import members_on_day, periods_of_members
from maillage.run.group.refusals import GroupError
from maillage.run.group.rules import articles_in_words, in_words, limit_on
from maillage.run.group.vat import set_vat, vat_of
from maillage.web.group.reading import note_reads, one_of, the_group, to
from maillage.web.group.sharing_forms import VatForm
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import number
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said

FORM = ["GET", "HEAD", "POST"]
OF_GROUP = "group"


@require_safe
@in_network("manage_group")
def vat(request: NetworkRequest) -> HttpResponse:
    """Show how the group and its members stand this year, those near the limit first."""
    group = the_group(request)
    year = localdate().year
    rows = VatStatus.objects.filter(group=group, year=year)
    known = {row.organisation_id: row for row in rows}
    members = list(members_on_day(request.network))
    sheets: list[dict[str, Any]] = [
        {"firm": one, "status": vat_in_words(known.get(one.pk)), "url": _url(request, one)}
        for one in members
    ]
    sheets.sort(key=lambda one: _rank(one["status"]))
    note_reads(request, members, "group:vat")
    context = {
        "network": request.network,
        "year": year,
        "own": vat_in_words(known.get(None)),
        "own_url": reverse("group:set-vat", args=[request.network.slug, OF_GROUP]),
        "rows": sheets,
        "unknown": sum(one["status"] is None for one in sheets),
    }
    return render(request, "group/vat.html", context)


def _url(request: NetworkRequest, firm: Organisation) -> str:
    return reverse("group:set-vat", args=[request.network.slug, firm.public_id])


def _rank(status: dict[str, Any] | None) -> int:
    if status is None:
        return 3
    return {"vat_limit": 0, "vat_watch": 1}.get(status["alarm"], 2)


def vat_in_words(row: VatStatus | None) -> dict[str, Any] | None:
    """Return how somebody stands, with the alarm and what follows from it; None if not known."""
    if row is None:
        return None
    alarm = vat_alarm(row)
    limit = limit_on(alarm, last_day(row.year, 12)) if alarm else None
    return {
        "row": row,
        "alarm": alarm,
        "share": f"{number(row.taxable_share)}\u00a0%",
        "follows": in_words(limit.text) if limit else "",
        "article": articles_in_words(limit.article) if limit else "",
    }


@require_http_methods(FORM)
@in_network("manage_group")
def note_vat(request: NetworkRequest, whose: str) -> HttpResponseBase:
    """Note how the group, or a member, stands in a year."""
    group = the_group(request)
    firm = None if whose == OF_GROUP else _member(request, whose)
    year = localdate().year
    held = vat_of(group, firm, year)
    initial: dict[str, Any] = {"year": year, "taxable_share": 0}
    if held is not None:
        names = ("regime", "basis", "taxable_share", "evidence")
        initial |= {name: getattr(held, name) for name in names}
    form = VatForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            set_vat(acting=request.acting, group=group, organisation=firm, **form.cleaned_data)
        except GroupError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("It is noted."))
            return to(request, "vat")
    if firm is not None:
        note_reads(request, [firm], "group:set-vat")
    context = {
        "title": _("VAT: %(who)s") % {"who": firm.name if firm is not None else group.name},
        "form": form,
        "submit": _("Note it"),
        "cancel": reverse("group:vat", args=[request.network.slug]),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


def _member(request: NetworkRequest, whose: str) -> Organisation:
    try:
        public_id = UUID(whose)
    except ValueError:
        raise Http404 from None
    members = periods_of_members(request.network).values("membership__organisation")
    return one_of(Organisation.objects.filter(pk__in=members), public_id)
