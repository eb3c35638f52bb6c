"""The network itself: what it is for, who runs it, what is on, what members want."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maillage.foundation.networks.enums import ObjectiveState
from maillage.foundation.networks.models import Network, Objective
from maillage.foundation.networks.modules import MODULES
from maillage.foundation.networks.presets import preset, said
from maillage.foundation.networks.queries import animators, headcount
from maillage.foundation.visibility.directory import directory_of
from maillage.web.governance.members_list import member_figures
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date
from maillage.web.ui.frame import modules_on
from maillage.web.ui.gates import in_network
from maillage.web.ui.parts import Figure


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the network that the role in use may open."""

    url: str
    name: str
    says: str


@require_safe
@in_network()
def home(request: NetworkRequest) -> HttpResponse:
    """Show what the network is."""
    network, acting = request.network, request.acting
    kind = preset(network.preset)
    on = modules_on(request)
    sees_objectives = acting.can("see_objectives") and "objectives" in on
    active = Objective.objects.filter(network=network, state=ObjectiveState.ACTIVE)
    context = {
        "network": network,
        "kind": said(kind.name),
        "lede": network.presentation or said(kind.summary),
        "manages": acting.can("manage_network"),
        "figures": _figures(request),
        "facts": _facts(network),
        "modules": [MODULES[key] for key in MODULES if key in on],
        "sees_objectives": sees_objectives,
        "objectives": list(active) if sees_objectives else [],
        "pages": list(_pages(request, on)),
        "own": acting.firm if acting.can("edit_own_firm") else None,
    }
    return render(request, "governance/home.html", context)


def _figures(request: NetworkRequest) -> list[Figure]:
    if not request.acting.can("see_directory"):
        return []
    known = directory_of(request.acting).ids()
    return member_figures(headcount(request.network, localdate(), known))


def _facts(network: Network) -> list[tuple[str, str]]:
    people = ", ".join(str(role.person) for role in animators(network))
    return [
        (_("Aim"), network.get_aim_display()),
        (_("Composition"), network.get_composition_display()),
        (_("Animation"), people),
        (_("Opened on"), nice_date(network.opened_on, "year")),
    ]


def _pages(request: NetworkRequest, on: frozenset[str]) -> list[Page]:
    """Return the other pages of the network that the role in use may open."""
    listed = (
        ("members", "see_members", "", _("Members"), _("Who is in, who left, since when.")),
        ("people", "manage_roles", "", _("Roles"), _("Who does what; invite somebody.")),
        ("decisions", "see_network", "decisions", _("Decisions"), _("What members decided.")),
        ("modules", "see_network", "", _("Modules"), _("What is on, and by which decision.")),
        (
            "conditions",
            "manage_conditions",
            "",
            _("Start conditions"),
            _("What is met, what is still to be solved."),
        ),
        ("bodies", "see_directory", "", _("Outside bodies"), _("Who plays which part.")),
        ("surveys:list", "see_results", "surveys", _("Surveys"), _("What firms answered.")),
    )
    slug = request.network.slug
    return [
        Page(reverse(page if ":" in page else f"governance:{page}", args=[slug]), name, says)
        for page, permission, module, name, says in listed
        if request.acting.can(permission) and (not module or module in on)
    ]
