"""Collective agreements side by side: the animator fills them in and puts them to the members."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.run.group.comparing import (
    begin_comparison,
    close_vote,
    extend_vote,
    fill_cells,
    missing_in,
    open_vote,
    side_by_side,
    voices,
)
from maillage.run.group.dossier import agreement_in_words
from maillage.run.group.enums import ComparisonState
from maillage.run.group.models import Comparison
from maillage.run.group.permissions import can_manage_group
from maillage.run.group.queries import agreements_of, members_on_day, periods_of_members
from maillage.run.group.refusals import GroupError
from maillage.web.group.reading import one_of, the_group, to
from maillage.web.group.sharing_forms import CellsForm, ComparisonForm, UntilForm
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said

FORM = ["GET", "HEAD", "POST"]


@require_safe
@in_network("read_group")
def comparisons(request: NetworkRequest) -> HttpResponse:
    """List the comparisons, the newest first."""
    context = {
        "network": request.network,
        "manages": can_manage_group(request.acting),
        "rows": list(Comparison.objects.filter(group=the_group(request))),
    }
    return render(request, "group/comparisons.html", context)


@require_http_methods(FORM)
@in_network("manage_group")
def new_comparison(request: NetworkRequest) -> HttpResponseBase:
    """Begin a comparison: those of the members' agreements that are known are proposed."""
    group = the_group(request)
    known = agreements_of(members_on_day(request.network)) if request.method == "GET" else ()
    form = ComparisonForm(request.POST or None, initial={"agreements": "\n".join(known)})
    if request.method == "POST" and form.is_valid():
        try:
            made = begin_comparison(
                acting=request.acting,
                group=group,
                title=form.cleaned_data["title"],
                agreements=form.cleaned_data["agreements"].split("\n"),
                posts=form.cleaned_data["posts"].split("\n"),
            )
        except GroupError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return to(request, "comparison", made.public_id)
    context = {
        "title": _("Compare collective agreements"),
        "form": form,
        "submit": _("Begin the comparison"),
        "cancel": reverse("group:comparisons", args=[request.network.slug]),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


def _one(request: NetworkRequest, comparison_id: UUID) -> Comparison:
    rows = Comparison.objects.filter(group=the_group(request))
    return one_of(rows.select_related("group__network", "decision"), comparison_id)


@require_safe
@in_network("read_group")
def comparison(request: NetworkRequest, comparison_id: UUID) -> HttpResponse:
    """Show a comparison to those who run the group, with how many have voted."""
    found = _one(request, comparison_id)
    cells = list(found.cells.all())
    context = {
        "network": request.network,
        "manages": can_manage_group(request.acting),
        "cast": voices(found).total(),
        "electors": periods_of_members(request.network).count(),
        "missing": missing_in(found, cells),
        **table_of(found, cells),
    }
    return render(request, "group/comparison.html", context)


def table_of(found: Comparison, cells: list[Any]) -> dict[str, Any]:
    """Return a comparison as its table shows it."""
    posts = side_by_side(found, cells)
    return {
        "comparison": found,
        "agreements": [(code, agreement_in_words(code)) for code in found.agreements],
        "posts": [(rank, post, rows) for rank, (post, rows) in enumerate(posts.items(), 1)],
        "is_draft": found.state == ComparisonState.DRAFT,
        "is_open": found.state == ComparisonState.OPEN,
        "is_over": found.votes_until is not None and found.votes_until < localdate(),
        "chosen": agreement_in_words(found.chosen),
    }


@require_http_methods(FORM)
@in_network("manage_group")
def fill(request: NetworkRequest, comparison_id: UUID, rank: int) -> HttpResponseBase:
    """Write what each agreement gives for a post."""
    found = _one(request, comparison_id)
    if not 1 <= rank <= len(found.posts):
        raise Http404
    post = found.posts[rank - 1]
    cells = list(found.cells.all())
    form = CellsForm(request.POST or None, comparison=found, post=post, cells=cells)
    if request.method == "POST" and form.is_valid():
        try:
            fill_cells(acting=request.acting, comparison=found, post=post, cells=form.cells())
        except GroupError as error:
            form.add_error(None, str(error))
        else:
            said(request, _("Saved."))
            return to(request, "comparison", comparison_id)
    context = {
        "title": post,
        "lede": _("Type what each agreement gives, and where you read it."),
        "form": form,
        "submit": _("Save"),
        "cancel": reverse("group:comparison", args=[request.network.slug, comparison_id]),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


@require_http_methods(FORM)
@in_network("manage_group")
def put_to_vote(request: NetworkRequest, comparison_id: UUID) -> HttpResponseBase:
    """Put it to the members until a day, or leave the vote open longer."""
    found = _one(request, comparison_id)
    form = UntilForm(request.POST or None, initial={"until": found.votes_until})
    if request.method == "POST" and form.is_valid():
        act = open_vote if found.state == ComparisonState.DRAFT else extend_vote
        try:
            act(acting=request.acting, comparison=found, until=form.cleaned_data["until"])
        except GroupError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("Members vote: each has one voice."))
            return to(request, "comparison", comparison_id)
    context = {
        "title": found.title,
        "lede": _("Once it is put to the members, the table does not change any more."),
        "form": form,
        "submit": _("Put it to the members"),
        "cancel": reverse("group:comparison", args=[request.network.slug, comparison_id]),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


@require_POST
@in_network("manage_group")
def close(request: NetworkRequest, comparison_id: UUID) -> HttpResponseBase:
    """Count the voices and record the decision."""
    try:
        close_vote(acting=request.acting, comparison=_one(request, comparison_id))
    except GroupError as error:
        refused(request, str(error))
    else:
        said(request, _("The decision is recorded, and the agreement is that of the group."))
    return to(request, "comparison", comparison_id)
