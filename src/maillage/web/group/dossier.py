"""The dossier: what the authority receives, what is missing, what was sent and answered."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maillage.run.group.actions import record_answer, record_filing
from maillage.run.group.changes import untold
from maillage.run.group.dossier import document_of, dossier_of
from maillage.run.group.enums import FilingKind
from maillage.run.group.models import Filing
from maillage.run.group.queries import members_of
from maillage.run.group.refusals import GroupError
from maillage.web.group.forms import AnswerForm, FilingForm
from maillage.web.group.reading import note_reads, one_of, the_group, to
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said

FORM = ["GET", "HEAD", "POST"]


@require_safe
@in_network("manage_group")
def dossier(request: NetworkRequest) -> HttpResponse:
    """Show what would be sent today, and what is missing."""
    group = the_group(request)
    members = members_of(request.network)
    found = dossier_of(group, members)
    note_reads(request, members, "group:dossier")
    context = {
        "network": request.network,
        "group": group,
        "dossier": found,
        "incomplete": [one for one in found.members if one.missing],
        "changes": untold(group),
        "filings": list(Filing.objects.filter(group=group)),
    }
    return render(request, "group/dossier.html", context)


@require_safe
@in_network("manage_group")
def document(request: NetworkRequest, paper: str) -> HttpResponse:
    """Give a paper as a PDF, ready to post: the first one, or the notice of changes."""
    group = the_group(request)
    members = members_of(request.network)
    found = dossier_of(group, members)
    if paper not in {found.filing, FilingKind.NOTICE}:
        raise Http404
    content = document_of(group, found, localdate(), FilingKind(paper))
    note_reads(request, members, "group:document")
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{paper}-{localdate():%Y-%m-%d}.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_http_methods(FORM)
@in_network("manage_group")
def new_filing(request: NetworkRequest) -> HttpResponseBase:
    """Write down what was sent to the authority."""
    group = the_group(request)
    wanted = request.GET.get("kind", "")
    form = FilingForm(request.POST or None, initial={"kind": wanted})
    if request.method == "POST" and form.is_valid():
        try:
            record_filing(acting=request.acting, group=group, **form.cleaned_data)
        except GroupError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("It is written down, with its number."))
            return to(request, "dossier")
    context = {
        "title": _("Write down what was sent"),
        "form": form,
        "submit": _("Write it down"),
        "cancel": reverse("group:dossier", args=[request.network.slug]),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


@require_http_methods(FORM)
@in_network("manage_group")
def answer(request: NetworkRequest, filing_id: UUID) -> HttpResponseBase:
    """Write down what the authority answered."""
    rows = Filing.objects.filter(group=the_group(request)).select_related("group__network")
    filing = one_of(rows, filing_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_answer(acting=request.acting, filing=filing, **form.cleaned_data)
        except GroupError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("The answer is written down."))
            return to(request, "dossier")
    words = {"what": filing.get_kind_display(), "day": nice_date(filing.sent_on, "year")}
    context = {
        "title": _("What did the authority answer?"),
        "lede": _("%(what)s, sent on %(day)s.") % words,
        "form": form,
        "submit": _("Write the answer down"),
        "cancel": reverse("group:dossier", args=[request.network.slug]),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))
