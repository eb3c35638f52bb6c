"""What members decide is written down; a module is switched on by such a decision only."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.guarding import locked, network_where, trail
from maillage.foundation.networks.models import Decision, NetworkModule
from maillage.foundation.networks.modules import MODULES
from maillage.foundation.networks.refusals import DecisionError, ModuleError


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """What was decided, when, and by how many; without any vote it was agreed by all."""

    title: str
    taken_on: date
    minutes: str = ""
    votes_for: int = 0
    votes_against: int = 0
    abstentions: int = 0


@transaction.atomic
def record_decision(*, acting: Acting, minutes: Minutes) -> Decision:
    """Write down a decision that the members took."""
    network = network_where(acting, "record_decisions")
    title, text = " ".join(minutes.title.split()), minutes.minutes.strip()
    if not title:
        raise DecisionError(_("Say in one line what was decided."), "title")
    if minutes.taken_on > localdate():
        raise DecisionError(
            _("A decision is recorded once it is taken: choose today or an earlier day."),
            "taken_on",
        )
    votes = (minutes.votes_for, minutes.votes_against, minutes.abstentions)
    if not any(votes) and not text:
        raise DecisionError(
            _("Give the votes, or say in the minutes how the members agreed."), "minutes"
        )
    decision = Decision.objects.create(
        network=network,
        title=title,
        minutes=text,
        taken_on=minutes.taken_on,
        votes_for=minutes.votes_for,
        votes_against=minutes.votes_against,
        abstentions=minutes.abstentions,
    )
    after = {"title": title, "taken_on": minutes.taken_on.isoformat(), "votes": list(votes)}
    trail(acting, "decide", decision, after=after)
    return decision


def is_adopted(decision: Decision) -> bool:
    """Whether a decision says yes: more voices for than against, or agreed without a vote."""
    votes = decision.votes_for + decision.votes_against + decision.abstentions
    return votes == 0 or decision.votes_for > decision.votes_against


@transaction.atomic
def switch_on_module(*, acting: Acting, key: str, decision: Decision | None) -> NetworkModule:
    """Switch a module on, as a decision of the members says."""
    network = locked(network_where(acting, "record_decisions"))
    if key not in MODULES:
        raise ModuleError(_("There is no module of that name."))
    if decision is None:
        raise ModuleError(
            _("A module is switched on by a decision of the members: record it first."), "decision"
        )
    if decision.network_id != network.pk:
        raise ModuleError(_("This decision was taken in another network."), "decision")
    if not is_adopted(decision):
        raise ModuleError(
            _("The members said no: a module is switched on by more votes for than against."),
            "decision",
        )
    module, new = NetworkModule.objects.get_or_create(
        network=network, key=key, defaults={"decision": decision}
    )
    if not new:
        raise ModuleError(_("This module is already on."))
    trail(acting, "switch_on", decision, after={"module": key})
    return module


@transaction.atomic
def decide_module(*, acting: Acting, key: str, minutes: Minutes) -> NetworkModule:
    """Record the decision that switches a module on, and switch it on; both or neither."""
    decision = record_decision(acting=acting, minutes=minutes)
    return switch_on_module(acting=acting, key=key, decision=decision)


@transaction.atomic
def take_module_back(*, acting: Acting, key: str) -> None:
    """Switch a module off again on the day it was switched on: a slip; its decision stays."""
    network = locked(network_where(acting, "record_decisions"))
    module = (
        NetworkModule.objects.filter(network=network, key=key, decision__isnull=False)
        .select_related("decision")
        .first()
    )
    if module is None or module.decision is None:
        raise ModuleError(_("This module cannot be switched off."))
    if localdate(module.switched_on_at) != localdate():
        raise ModuleError(_("This module has been on for more than a day: it stays on."))
    trail(acting, "switch_off", module.decision, before={"module": key})
    module.delete()
