"""What members want to reach: proposed, endorsed, changed, reached."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.foundation.networks.actions import objectives as acts
from maillage.foundation.networks.actions.objectives import Wording, can_revise_objective
from maillage.foundation.networks.enums import ObjectiveState
from maillage.foundation.networks.models import Endorsement, Network, Objective
from maillage.foundation.networks.presets import preset
from maillage.foundation.networks.queries import live_endorsements
from maillage.foundation.visibility.seen import SeenOrganisation
from maillage.web.governance.acts import Done, FormPage, do_now, fill_in
from maillage.web.governance.forms import MemberYesForm, ObjectiveForm, ObjectiveForMemberForm
from maillage.web.governance.reading import organisation_called, seen_by
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network

FORM = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class Shown:
    """An objective as the viewer may know it.

    `supporters` are the members the viewer may know of. How many endorse it in all, and how many
    it takes, only those who see every record are told: a difference would tell of a competitor.
    """

    objective: Objective
    supporters: Sequence[SeenOrganisation]
    author: SeenOrganisation | None
    mine: bool
    waits: bool


@require_safe
@in_network("see_objectives")
def objectives(request: NetworkRequest) -> HttpResponse:
    """Show what members want to reach, what is proposed, and what has ended."""
    here = request.network
    shown = _shown(request, Objective.objects.filter(network=here))
    by_state = {
        state: [one for one in shown if one.objective.state == state]
        for state in ObjectiveState.values
    }
    context = {
        "network": here,
        "active": by_state[ObjectiveState.ACTIVE],
        "proposed": by_state[ObjectiveState.PROPOSED],
        "ended": by_state[ObjectiveState.REACHED] + by_state[ObjectiveState.DROPPED],
        "proposes": request.acting.can("propose_objectives"),
        "endorses": request.acting.can("endorse_objectives"),
        "needed": _needed(request),
    }
    return render(request, "governance/objectives.html", context)


@require_safe
@in_network("see_objectives")
def objective(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Show one objective and what may be done about it."""
    found = _access_objective(request, public_id)
    (shown,) = _shown(request, [found])
    live = found.state in {ObjectiveState.PROPOSED, ObjectiveState.ACTIVE}
    context = {
        "network": request.network,
        "shown": shown,
        "objective": found,
        "live": live,
        "revises": can_revise_objective(request.acting, found),
        "records": request.acting.can("record_decisions"),
        "endorses": request.acting.can("endorse_objectives") and live,
        "needed": _needed(request),
    }
    return render(request, "governance/objective.html", context)


@require_http_methods(FORM)
@in_network("propose_objectives")
def propose(request: NetworkRequest) -> HttpResponse:
    """Propose an objective."""
    asks_member = request.acting.firm is None and request.acting.can("record_decisions")
    form = (ObjectiveForMemberForm if asks_member else ObjectiveForm)(request.POST or None)

    def act(said: dict[str, Any]) -> Done:
        member = organisation_called(request, said.pop("member", ""), "member")
        made = acts.propose_objective(acting=request.acting, wording=Wording(**said), member=member)
        to = _address(request, "objective", made)
        if made.by_sponsor:
            return Done(_("Proposed: it stays inactive until members endorse it."), to=to)
        return Done(_("Proposed: the other members can endorse it."), to=to)

    page = FormPage(
        title=_("Propose an objective"),
        submit=_("Propose it"),
        back=reverse("governance:objectives", args=[request.network.slug]),
        lede=_("It becomes active once members endorse it."),
    )
    return fill_in(request, form, act, page)


@require_http_methods(FORM)
@in_network("see_objectives")
def revise(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Write a new version of an objective."""
    found = _access_objective(request, public_id)
    if not can_revise_objective(request.acting, found):
        raise PermissionDenied

    def act(said: dict[str, Any]) -> Done:
        acts.revise_objective(acting=request.acting, objective=found, wording=Wording(**said))
        return Done(_("The new version is written: each member is asked again."))

    names = ("title", "detail", "due_on", "first_step")
    form = ObjectiveForm(
        request.POST or None, initial={name: getattr(found, name) for name in names}
    )
    page = FormPage(
        title=_("New version of an objective"),
        submit=_("Write the new version"),
        back=_address(request, "objective", found),
        lede=_("Members endorsed the words they read: with new words, each is asked again."),
    )
    return fill_in(request, form, act, page)


@require_POST
@in_network("endorse_objectives")
def endorse(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Endorse the version of an objective that was read, for one's firm."""
    found = _access_objective(request, public_id)

    def act() -> Done:
        version = int(asked) if (asked := request.POST.get("version", "")).isdecimal() else 0
        after = acts.endorse(acting=request.acting, objective=found, version=version)
        return Done(_after_yes(after), undo=_address(request, "withdraw", found))

    return do_now(request, act, _address(request, "objective", found))


@require_POST
@in_network("endorse_objectives")
def withdraw(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Take the endorsement of one's firm back."""
    found = _access_objective(request, public_id)

    def act() -> Done:
        acts.withdraw_endorsement(acting=request.acting, objective=found)
        return Done(_("Your endorsement is taken back."))

    return do_now(request, act, _address(request, "objective", found))


@require_http_methods(FORM)
@in_network("record_decisions")
def record_yes(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Write down the yes that a member gave in person."""
    found = _access_objective(request, public_id)

    def act(said: dict[str, Any]) -> Done:
        member = organisation_called(request, said["member"], "member")
        after = acts.endorse(
            acting=request.acting, objective=found, version=said["version"], member=member
        )
        return Done(_after_yes(after))

    form = MemberYesForm(request.POST or None, initial={"version": found.version})
    page = FormPage(
        title=_("A member says yes"),
        submit=_("Record the yes"),
        back=_address(request, "objective", found),
        lede=found.title,
    )
    return fill_in(request, form, act, page)


@require_POST
@in_network("record_decisions")
def end(request: NetworkRequest, public_id: UUID, state: str) -> HttpResponse:
    """Close an objective as reached or dropped."""
    found = _access_objective(request, public_id)

    def act() -> Done:
        acts.end_objective(acting=request.acting, objective=found, state=state)
        said = _("Reached!") if state == ObjectiveState.REACHED else _("The objective is dropped.")
        return Done(said, undo=_address(request, "reopen-objective", found))

    return do_now(request, act, _address(request, "objective", found))


@require_POST
@in_network("record_decisions")
def reopen(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Take the end of an objective back."""
    found = _access_objective(request, public_id)

    def act() -> Done:
        after = acts.reopen_objective(acting=request.acting, objective=found)
        if after.state == ObjectiveState.ACTIVE:
            return Done(_("The objective is active again."))
        return Done(_("The objective is a proposal again."))

    return do_now(request, act, _address(request, "objective", found))


def _access_objective(request: NetworkRequest, public_id: UUID) -> Objective:
    if not request.acting.can("see_objectives"):
        raise PermissionDenied
    return get_object_or_404(Objective, network=request.network, public_id=public_id)


def _shown(request: NetworkRequest, wanted: Iterable[Objective]) -> list[Shown]:
    """Return objectives with the members that the viewer may know of. Five queries at most."""
    found = list(wanted)
    given = list(live_endorsements(request.network).filter(objective__in=found))
    everybody = [*(one.organisation_id for one in given), *(one.proposing_id for one in found)]
    known = seen_by(request, everybody)
    firm = request.acting.firm.pk if request.acting.firm else None
    needed = preset(request.network.preset).endorsements
    return [
        Shown(
            objective=one,
            supporters=_supporters(one, given, known),
            author=known.get(one.proposing_id) if one.proposing_id else None,
            mine=any(yes.objective_id == one.pk and yes.organisation_id == firm for yes in given),
            waits=one.state == ObjectiveState.PROPOSED
            and sum(yes.objective_id == one.pk for yes in given) >= needed,
        )
        for one in found
    ]


def _supporters(
    objective: Objective, given: Iterable[Endorsement], known: Any
) -> list[SeenOrganisation]:
    return [
        known[yes.organisation_id]
        for yes in given
        if yes.objective_id == objective.pk and yes.organisation_id in known
    ]


def _needed(request: NetworkRequest) -> int:
    """Return how many members make an objective active, 0 for those who do not see them all."""
    return preset(request.network.preset).endorsements if request.acting.can("see_private") else 0


def _after_yes(objective: Objective) -> str:
    if objective.state == ObjectiveState.ACTIVE:
        return _("Endorsed: the objective is active.")
    return _("Endorsed.") + " " + _waits(objective.network)


def _waits(network: Network) -> str:
    return _(
        "It becomes active once enough members endorse it and the network has room for it "
        "(%(cap)s at a time)."
    ) % {"cap": network.objective_cap}


def _address(request: NetworkRequest, page: str, found: Objective) -> str:
    return reverse(f"governance:{page}", args=[request.network.slug, found.public_id])
