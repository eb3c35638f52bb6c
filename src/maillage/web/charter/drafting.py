"""Writing the next version: its clauses, their order, its publication."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.bricks.agreements.clauses import Clause
from maillage.bricks.agreements.models import AgreementVersion
from maillage.bricks.agreements.refusals import AgreementError, DraftChangedError
from maillage.launch.charter.actions import (
    begin_charter,
    drop_charter_draft,
    publish_charter,
    raise_clause,
    remove_clause,
    set_clause,
)
from maillage.launch.charter.queries import charter_draft, charter_of
from maillage.web.charter.forms import Beginning, ClauseForm, Publication, typed_of
from maillage.web.charter.reading import access_clause, access_draft, text_of
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@in_network("manage_charter")
def draft(request: NetworkRequest) -> HttpResponse:
    """Show the draft under way; without one, begin it."""
    network = request.network
    found = charter_draft(network)
    current = charter_of(network)
    form = Beginning(request.POST or None, initial={"language": get_language()})
    if current is not None:
        form = Beginning({"language": current.language})  # the text stays in its language
    if request.method == "POST" and form.is_valid():
        try:
            begin_charter(acting=request.acting, language=form.cleaned_data["language"])
        except AgreementError as error:
            refused(request, str(error))
        return redirect("charter:draft", network.slug)
    context = {
        "network": network,
        "text": text_of(found) if found is not None else None,
        "first": current is None,
        "form": form,
    }
    return render(request, "charter/draft.html", context, status=_status(form, found))


def _status(form: Beginning, found: AgreementVersion | None) -> int:
    return 200 if found is not None else invalid_status(form)


@require_http_methods(FORM)
@in_network("manage_charter")
def new_clause(request: NetworkRequest) -> HttpResponse:
    """Add a clause at the end."""
    return _clause_page(request, access_draft(request.network), None)


@require_http_methods(FORM)
@in_network("manage_charter")
def clause(request: NetworkRequest, clause: str) -> HttpResponse:
    """Change a clause."""
    found = access_draft(request.network)
    return _clause_page(request, found, access_clause(found, clause))


def _clause_page(
    request: NetworkRequest, draft: AgreementVersion, before: Clause | None
) -> HttpResponse:
    typed = request.POST.copy()
    initial = {"consent": True, "effect": "", **(typed_of(before) if before else {})}
    form = ClauseForm(typed or None, initial={**initial, "revision": draft.revision})
    back = reverse("charter:draft", args=[request.network.slug])
    changed = False
    if request.method == "POST" and form.is_valid():
        try:
            set_clause(
                acting=request.acting,
                draft=draft,
                revision=form.cleaned_data["revision"],
                clause=form.clause(before.key if before else ""),
            )
        except DraftChangedError as error:
            form.add_error(None, str(error))
            changed = True
            # Sent again, it is kept over what is shown.
            typed["revision"] = str(draft.revision)
        except AgreementError as error:
            field = "effect" if error.field == "rule" else error.field
            form.add_error(field if field in form.fields else None, str(error))
        else:
            said(request, _("Saved."))
            return redirect(back)
    context = {
        "title": before.title if before else _("A clause more"),
        "form": form,
        "now": before if changed else None,
        "back": back,
    }
    return render(request, "charter/clause.html", context, status=invalid_status(form))


@require_POST
@in_network("manage_charter")
def remove(request: NetworkRequest, clause: str) -> HttpResponse:
    """Take a clause out."""
    return _moved(request, clause, remove_clause, _("Taken out of the draft."))


@require_POST
@in_network("manage_charter")
def up(request: NetworkRequest, clause: str) -> HttpResponse:
    """Put a clause before the one above it."""
    return _moved(request, clause, raise_clause, _("Moved up."))


def _moved(
    request: NetworkRequest, key: str, act: Callable[..., AgreementVersion], done: str
) -> HttpResponse:
    found = access_draft(request.network)
    access_clause(found, key)
    revision = request.POST.get("revision", "")
    if not revision.isdecimal():
        raise Http404
    try:
        act(acting=request.acting, draft=found, revision=int(revision), key=key)
    except AgreementError as error:
        refused(request, str(error))
    else:
        said(request, done)
    return redirect("charter:draft", request.network.slug)


@require_POST
@in_network("manage_charter")
def drop(request: NetworkRequest) -> HttpResponse:
    """Throw the draft away."""
    try:
        drop_charter_draft(acting=request.acting, draft=access_draft(request.network))
    except AgreementError as error:
        refused(request, str(error))
    else:
        said(request, _("The draft is thrown away. The version in force stays as it is."))
    return redirect("charter:home", request.network.slug)


@require_http_methods(FORM)
@in_network("manage_charter")
def publish(request: NetworkRequest) -> HttpResponse:
    """Publish the draft: it never changes again."""
    found = access_draft(request.network)
    form = Publication(request.POST or None, initial={"revision": found.revision})
    if request.method == "POST" and form.is_valid():
        try:
            publish_charter(
                acting=request.acting,
                draft=found,
                revision=form.cleaned_data["revision"],
                summary=form.cleaned_data["summary"],
            )
        except AgreementError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("Published. Firms may sign it from now on."))
            return redirect("charter:signatures", request.network.slug)
    context = {
        "title": _("Publish version %(number)s") % {"number": found.number},
        "lede": _(
            "From then on its text never changes: a correction is another version. What firms"
            " signed before stays what it was."
        ),
        "form": form,
        "submit": _("Publish this version"),
        "cancel": reverse("charter:draft", args=[request.network.slug]),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))
