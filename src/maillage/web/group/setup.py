"""Setting the group up: its kind by questions in plain words, what it is, who manages it."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.run.group.actions import (
    WORDS,
    GroupWords,
    add_manager,
    change_group,
    erase_manager,
    set_up_group,
)
from maillage.run.group.enums import GroupKind
from maillage.run.group.kinds import kind_from
from maillage.run.group.models import GroupManager
from maillage.run.group.queries import agreements_of, group_of, members_on_day
from maillage.run.group.refusals import GroupError
from maillage.run.group.rules import articles_in_words, in_words, kind_of
from maillage.web.group.forms import GroupForm, KindQuestions, ManagerForm
from maillage.web.group.reading import one_of, the_group, to
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@in_network("manage_group")
def kind(request: NetworkRequest) -> HttpResponseBase:
    """Ask five questions in plain words: the kind of group follows from the answers."""
    known = agreements_of(members_on_day(request.network))
    initial = {"one_agreement": "yes" if len(known) == 1 else "no"}
    form = KindQuestions(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        return to(request, "set-up", kind_from(form.answers()).value)
    context = {
        "title": _("Which kind of group?"),
        "lede": _("Five questions; the answer says what the law asks of you, and when."),
        "form": form,
        "submit": _("See the kind"),
        "cancel": reverse("group:home", args=[request.network.slug]),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


@require_http_methods(FORM)
@in_network("manage_group")
def set_up(request: NetworkRequest, kind_wanted: str) -> HttpResponseBase:
    """Explain the kind, and set the group up; for a group that is there, change its kind."""
    if kind_wanted not in GroupKind.values:
        raise Http404
    group = group_of(request.network)
    initial = {} if group is None else {name: getattr(group, name) for name in WORDS}
    return _group_form(request, GroupKind(kind_wanted), initial or {"name": request.network.name})


@require_http_methods(FORM)
@in_network("manage_group")
def change(request: NetworkRequest) -> HttpResponseBase:
    """Change what is said of the group."""
    group = the_group(request)
    initial = {name: getattr(group, name) for name in WORDS}
    return _group_form(request, GroupKind(group.kind), initial)


def _group_form(
    request: NetworkRequest, wanted: GroupKind, initial: dict[str, object]
) -> HttpResponseBase:
    form = GroupForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _kept(request, form, wanted):
        return to(request, "home")
    law = kind_of(wanted)
    group = group_of(request.network)
    context = {
        "title": _("The group") if group is not None else _("Set the group up"),
        "form": form,
        "submit": _("Save"),
        "cancel": reverse("group:home", args=[request.network.slug]),
        "network": request.network,
        "kind": wanted.label,
        "letter": wanted.value.upper(),
        "meaning": in_words(law.meaning),
        "formality": in_words(law.formality),
        "article": articles_in_words(law.article),
    }
    return render(request, "group/set_up.html", context, status=invalid_status(form))


def _kept(request: NetworkRequest, form: GroupForm, wanted: GroupKind) -> bool:
    words = GroupWords(kind=wanted, **form.cleaned_data)
    group = group_of(request.network)
    try:
        if group is None:
            set_up_group(acting=request.acting, words=words)
            said(request, _("The group is set up. Its first deadlines are written down."))
        else:
            change_group(acting=request.acting, group=group, words=words)
            said(request, _("It is kept."))
    except GroupError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return False
    return True


@require_http_methods(FORM)
@in_network("manage_group")
def new_manager(request: NetworkRequest) -> HttpResponseBase:
    """Name a manager, with the home address that the authority asks for."""
    group = the_group(request)
    form = ManagerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        add_manager(acting=request.acting, group=group, **form.cleaned_data)
        said(request, _("The manager is named."))
        return to(request, "home")
    context = {
        "title": _("Name a manager"),
        "form": form,
        "submit": _("Name the manager"),
        "cancel": reverse("group:home", args=[request.network.slug]),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


@require_POST
@in_network("manage_group")
def erase(request: NetworkRequest, manager_id: UUID) -> HttpResponse:
    """Erase a manager and the home address."""
    rows = GroupManager.objects.filter(group=the_group(request)).select_related("group__network")
    erase_manager(acting=request.acting, manager=one_of(rows, manager_id))
    said(request, _("The name and the home address are erased."))
    return redirect("group:home", request.network.slug)
