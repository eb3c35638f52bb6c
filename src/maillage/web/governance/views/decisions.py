"""What members decided, and the modules that such decisions switched on."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.foundation.networks.actions.decisions import (
    Minutes,
    decide_module,
    is_adopted,
    record_decision,
    take_module_back,
)
from maillage.foundation.networks.models import Decision, NetworkModule
from maillage.foundation.networks.modules import MODULES, Module
from maillage.web.governance.acts import Done, FormPage, do_now, fill_in
from maillage.web.governance.forms import DecisionForm
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date, number
from maillage.web.ui.frame import modules_on
from maillage.web.ui.gates import in_network
from maillage.web.ui.lists import Column, Empty, Listing, QuerySetRows
from maillage.web.ui.tags.inline import badge

FORM = ["GET", "HEAD", "POST"]


def votes_of(decision: Decision) -> str:
    """Return how the members voted, in words."""
    if not decision.votes_for + decision.votes_against + decision.abstentions:
        return _("Agreed without a vote")
    return _("%(yes)s for, %(no)s against, %(blank)s abstained") % {
        "yes": number(decision.votes_for),
        "no": number(decision.votes_against),
        "blank": number(decision.abstentions),
    }


def _outcome(decision: Decision) -> SafeString:
    return badge(_("Adopted"), "ok") if is_adopted(decision) else badge(_("Not adopted"), "no")


DECISIONS = Listing(
    name="decisions",
    columns=(
        Column(
            "title",
            gettext_lazy("Decision"),
            lambda row: row.title,
            sort=True,
            main=True,
            link=lambda row: reverse("governance:decision", args=[row.network.slug, row.public_id]),
        ),
        Column(
            "taken",
            gettext_lazy("Taken on"),
            lambda row: row.taken_on,
            sort=True,
            text=lambda day: nice_date(day, "year"),
        ),
        Column("outcome", gettext_lazy("Outcome"), is_adopted, html=_outcome),
        Column("votes", gettext_lazy("Votes"), votes_of),
        Column("minutes", gettext_lazy("Minutes"), lambda row: row.minutes, shown=False),
    ),
    default_sort="-taken",
    search=gettext_lazy("Search a decision"),
    caption=lambda n: (
        ngettext("%(count)s decision", "%(count)s decisions", n) % {"count": number(n)}
    ),
    empty=Empty(
        gettext_lazy("No decision yet"),
        gettext_lazy("What members decide is written down here, with the votes and the minutes."),
    ),
)


@require_safe
@in_network()
def decisions(request: NetworkRequest) -> HttpResponseBase:
    """List what members decided."""

    def rows(wanted: dict[str, Any]) -> QuerySetRows[Decision]:
        found = Decision.objects.filter(network=request.network).select_related("network")
        if wanted["q"]:
            found = found.filter(title__icontains=wanted["q"])
        return QuerySetRows(found, sorts={"title": "title", "taken": "taken_on"})

    page = DECISIONS.read(request, rows)
    context = {"network": request.network, "records": request.acting.can("record_decisions")}
    return page.respond("governance/decisions.html", context)


@require_safe
@in_network()
def decision(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Show a decision with its votes and what the minutes say."""
    found = get_object_or_404(Decision, network=request.network, public_id=public_id)
    context = {
        "network": request.network,
        "decision": found,
        "adopted": is_adopted(found),
        "votes": votes_of(found),
        "modules": [MODULES[module.key] for module in found.modules.all() if module.key in MODULES],
    }
    return render(request, "governance/decision.html", context)


@require_http_methods(FORM)
@in_network("record_decisions")
def new_decision(request: NetworkRequest) -> HttpResponse:
    """Record a decision."""
    slug = request.network.slug

    def act(said: dict[str, Any]) -> Done:
        made = record_decision(acting=request.acting, minutes=_minutes(said))
        return Done(
            _("The decision is recorded."),
            to=reverse("governance:decision", args=[slug, made.public_id]),
        )

    page = FormPage(
        title=_("Record a decision"),
        submit=_("Record the decision"),
        back=reverse("governance:decisions", args=[slug]),
        lede=_("As it was taken: it is not changed afterwards; another decision replaces it."),
    )
    return fill_in(request, DecisionForm(request.POST or None), act, page)


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """A module: on, by which decision; or off, and how it is switched on."""

    module: Module
    on: bool
    decision: Decision | None
    url: str


@require_safe
@in_network()
def modules(request: NetworkRequest) -> HttpResponse:
    """Show which modules are on; whoever records decisions also sees the others."""
    here = request.network
    on = {
        module.key: module
        for module in NetworkModule.objects.filter(network=here).select_related("decision")
    }
    records = request.acting.can("record_decisions")
    lines = [
        ModuleLine(
            module,
            key in on,
            on[key].decision if key in on else None,
            reverse("governance:switch-on", args=[here.slug, key]),
        )
        for key, module in MODULES.items()
        if key in on or records
    ]
    context = {
        "network": here,
        "on": [line for line in lines if line.on],
        "off": [line for line in lines if not line.on],
        "links_decisions": "decisions" in on,
    }
    return render(request, "governance/modules.html", context)


@require_http_methods(FORM)
@in_network("record_decisions")
def switch_on(request: NetworkRequest, key: str) -> HttpResponse:
    """Record the decision that switches a module on, and switch it on."""
    slug = request.network.slug
    module = MODULES.get(key)
    if module is None:
        raise Http404
    back = reverse("governance:modules", args=[slug])
    name = str(module.name)

    def act(said: dict[str, Any]) -> Done:
        decide_module(acting=request.acting, key=key, minutes=_minutes(said))
        return Done(
            _("%(module)s is on.") % {"module": name},
            undo=reverse("governance:take-module-back", args=[slug, key]),
        )

    page = FormPage(
        title=_("Switch on: %(module)s") % {"module": name},
        submit=_("Record and switch on"),
        back=back,
        lede=str(module.purpose),
        eyebrow=_("A module is switched on by a decision of the members"),
    )
    if key in modules_on(request) and request.method != "POST":
        raise PermissionDenied(_("This module is already on."))
    initial = {"title": _("Switch on the module “%(module)s”") % {"module": name}}
    return fill_in(request, DecisionForm(request.POST or None, initial=initial), act, page)


@require_POST
@in_network("record_decisions")
def take_back(request: NetworkRequest, key: str) -> HttpResponse:
    """Switch a module off again, on the same day."""

    def act() -> Done:
        take_module_back(acting=request.acting, key=key)
        return Done(_("The module is off again."))

    return do_now(request, act, reverse("governance:modules", args=[request.network.slug]))


def _minutes(said: dict[str, Any]) -> Minutes:
    votes = {key: said[key] or 0 for key in ("votes_for", "votes_against", "abstentions")}
    return Minutes(title=said["title"], taken_on=said["taken_on"], minutes=said["minutes"], **votes)
