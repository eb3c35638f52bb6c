"""One need for the animator: written down, read, changed, moved on."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maillage.foundation.accounts.models import Person
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.directory import directory_of
from maillage.foundation.visibility.enums import Level
from maillage.foundation.vocabularies.folding import plain
from maillage.launch.needs.actions import NeedError, move_need, state_need
from maillage.launch.needs.delays import steps_of
from maillage.launch.needs.enums import CLOSED, MOVES, NeedState, Strength
from maillage.launch.needs.models import Need
from maillage.launch.needs.queries import passages_of
from maillage.web.needs.forms import Move, NewNeed
from maillage.web.needs.reading import access_need, hours_in_words, note_reads
from maillage.web.needs.stating import change_page, occupation_of, offer_territories, territory_of
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@in_network("manage_needs")
def new(request: NetworkRequest) -> HttpResponse:
    """Write down what a firm needs or offers."""
    form = NewNeed(request.POST or None)
    offer_territories(form)
    if request.method == "POST" and form.is_valid():
        firm = _firm_named(request, form)
        made = _state(request, form, firm) if firm is not None else None
        if made is not None:
            said(request, _("It is written down."))
            return redirect("needs:need", request.network.slug, made.public_id)
    context = {
        "title": _("Write down a need or an offer"),
        "form": form,
        "submit": _("Write it down"),
        "cancel": reverse("needs:list", args=[request.network.slug]),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


def _firm_named(request: NetworkRequest, form: NewNeed) -> Organisation | None:
    """Return the firm of that name; the form says so when none or several fit."""
    typed = form.cleaned_data["firm"]
    found = list(directory_of(request.acting).named(typed))
    exact = [one for one in found if plain(one.name) == plain(typed)] or found
    if len(exact) == 1:
        return Organisation.objects.get(pk=exact[0].pk)
    if not exact:
        form.add_error("firm", _("No firm of the directory has this name."))
    else:
        names = ", ".join(f"{one.name} ({one.commune})" for one in exact)
        form.add_error("firm", _("Several firms fit: %(names)s.") % {"names": names})
    return None


def _state(request: NetworkRequest, form: NewNeed, firm: Organisation) -> Need | None:
    typed = form.cleaned_data
    try:
        return state_need(
            acting=request.acting,
            network=request.network,
            organisation=firm,
            kind=typed["kind"],
            topic=typed["topic"],
            title=typed["title"],
            detail=typed["detail"],
            occupation=typed["occupation"],
            occupation_label=occupation_of(typed["topic"], typed["title"]),
            half_hours=typed["half_hours"],
            strength=int(typed["strength"]),
            state=NeedState(typed["state"]),
            territory=territory_of(typed["territory"]),
            sector=typed["sector"],
            job_category=typed["job_category"],
            public=typed["public"],
        )
    except NeedError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None


@require_safe
@in_network("manage_needs")
def need(request: NetworkRequest, need_id: UUID) -> HttpResponse:
    """Show a need, its history, and how long comparable ones take to go on."""
    found = access_need(need_id)
    note_reads(request, [found], "needs:need")
    passages = passages_of(found)
    people = Person.objects.filter(public_id__in=[one.by_id for one in passages if one.by_id])
    names: dict[UUID | None, str] = {person.public_id: str(person) for person in people}
    state = NeedState(found.state)
    usual = {step.state: step for step in steps_of(request.network, topic=found.topic)}
    context = {
        "network": request.network,
        "need": found,
        "state": state.label,
        "closed": state in CLOSED,
        "level": Level(found.level).name.lower(),
        "facts": _facts(found),
        "history": [
            (
                one.on,
                NeedState(one.to_state).label,
                names.get(one.by_id or UUID(int=0), ""),
                one.reason,
            )
            for one in reversed(passages)
        ],
        "days_here": (localdate() - passages[-1].on).days,
        "usual": usual.get(state),
        "moves": MOVES[state],
    }
    return render(request, "needs/need.html", context)


def _facts(need: Need) -> list[tuple[str, str]]:
    return [
        (_("Need or offer"), need.get_kind_display()),
        (_("About"), need.get_topic_display()),
        (_("Occupation"), f"{need.occupation_label} {need.occupation}".strip()),
        (_("Hours"), hours_in_words(need.half_hours)),
        (_("How strong"), str(Strength(need.strength).label)),
        (_("In more words"), need.detail),
        (_("Territory"), str(need.territory) if need.territory else ""),
        (_("Sector"), need.sector),
        (_("Job category"), need.job_category),
        (_("For whom"), need.public),
    ]


@require_http_methods(FORM)
@in_network("manage_needs")
def change(request: NetworkRequest, need_id: UUID) -> HttpResponse:
    """Change what a need says."""
    found = access_need(need_id)
    note_reads(request, [found], "needs:change")
    back = reverse("needs:need", args=[request.network.slug, found.public_id])
    return change_page(request, found, back, "m-main")


@require_http_methods(FORM)
@in_network("manage_needs")
def move(request: NetworkRequest, need_id: UUID) -> HttpResponse:
    """Move a need to another state."""
    found = access_need(need_id)
    form = Move(request.POST or None, to=MOVES[NeedState(found.state)])
    back = reverse("needs:need", args=[request.network.slug, found.public_id])
    if request.method == "POST" and form.is_valid():
        to = NeedState(form.cleaned_data["to"])
        try:
            move_need(acting=request.acting, need=found, to=to, reason=form.cleaned_data["reason"])
        except NeedError as error:
            form.add_error(error.field or None, str(error))
        else:
            said(request, _("It is kept, with today’s date."))
            return redirect(back)
    context = {
        "title": _("How far is it?"),
        "eyebrow": found.title,
        "lede": _("It is now “%(state)s”.") % {"state": NeedState(found.state).label},
        "form": form,
        "submit": _("Keep this state"),
        "cancel": back,
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))
