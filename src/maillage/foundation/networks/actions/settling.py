"""Which objectives are active, worked out again after each act that may change it.

A proposal becomes active once enough members endorse the version they read, as long as the network
has room for one more; an active one that no member endorses any more is a proposal again.
"""

from collections.abc import Iterable
from functools import partial

from django.utils.timezone import now
from django.utils.translation import gettext as _

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.guarding import trail
from maillage.foundation.networks.actions.telling import tell
from maillage.foundation.networks.enums import ObjectiveState
from maillage.foundation.networks.models import Network, Objective
from maillage.foundation.networks.presets import preset
from maillage.foundation.networks.queries import support


def settle(acting: Acting, network: Network) -> list[Objective]:
    """Put every objective in its right state; return those that became active.

    `network` is the row that `locked` gave: two acts at once never see the same room.
    """
    live = list(
        Objective.objects.filter(
            network=network, state__in=(ObjectiveState.PROPOSED, ObjectiveState.ACTIVE)
        ).order_by("proposed_at", "id")
    )
    if not live:
        return []
    yes = support(network)
    active = [one for one in live if one.state == ObjectiveState.ACTIVE]
    unsupported = [one for one in active if not yes.get(one.pk)]
    for objective in unsupported:
        _put(acting, objective, ObjectiveState.PROPOSED)
    needed = preset(network.preset).endorsements
    ready = (
        one
        for one in live
        if one.state == ObjectiveState.PROPOSED
        and one not in unsupported
        and yes.get(one.pk, 0) >= needed
    )
    room = network.objective_cap - len(active) + len(unsupported)
    return _activate(acting, ready, room)


def _activate(acting: Acting, ready: Iterable[Objective], room: int) -> list[Objective]:
    activated: list[Objective] = []
    for objective in ready:
        if len(activated) >= room:
            break
        _put(acting, objective, ObjectiveState.ACTIVE)
        activated.append(objective)
    authors = Person.objects.filter(public_id__in=[one.proposed_by_id for one in activated])
    by_id = {person.public_id: person for person in authors}
    for objective in activated:
        if author := by_id.get(objective.proposed_by_id):
            tell(acting, author, partial(_active_now, objective.title))
    return activated


def _active_now(title: str) -> str:
    return _("Members endorse it, it is active: %(objective)s") % {"objective": title}


def _put(acting: Acting, objective: Objective, state: ObjectiveState) -> None:
    before = {"state": objective.state}
    objective.state = state
    objective.activated_at = now() if state == ObjectiveState.ACTIVE else None
    objective.save(update_fields=["state", "activated_at"])
    act = "activate" if state == ObjectiveState.ACTIVE else "deactivate"
    trail(acting, act, objective, before=before, after={"state": str(state)})
