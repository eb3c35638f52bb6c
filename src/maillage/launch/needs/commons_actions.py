"""What becomes of a proposal: it ends in one small first action, or is set aside with a reason."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network, Task
from maillage.launch.needs.commons import Common, commons_of, kept_of, situation_of
from maillage.launch.needs.commons_rules import DAYS_TO_MEET
from maillage.launch.needs.enums import ProposalKind, ProposalState, Topic
from maillage.launch.needs.models import CommonNeed
from maillage.launch.needs.permissions import can_manage_needs
from maillage.launch.needs.stakes import Stake, stakes_of

LONGEST_REASON = 200
LONGEST_CORE = 200
# Tasks are read by people who may read only counts from which no firm can be told.
LEAST_COUNTED = 5


class ProposalError(Exception):
    """A proposal that cannot be taken up or set aside: a sentence says why."""


class ProposalGoneError(ProposalError):
    """There is no such proposal, or there is no more."""


def proposal_of(network: Network, key: str) -> Common | Stake | None:
    """Return the proposal of this name, None when it is proposed no more; for who follows needs."""
    situation, kept = situation_of(network), kept_of(network)
    every: list[Common | Stake] = [*commons_of(situation, kept).proposals]
    every += [one for one in stakes_of(situation, kept) if one.proposed]
    return {one.key: one for one in every}.get(key)


@transaction.atomic
def take_up(*, acting: Acting, key: str) -> CommonNeed:
    """Take a proposal up: a meeting to be prepared stands among what is to be done, with a day.

    Raises ProposalError when it was taken up or set aside already, ProposalGoneError when needs
    have changed since.
    """
    network, proposal = _fresh(acting, key)
    due_on = localdate() + timedelta(days=DAYS_TO_MEET)
    task = Task.objects.create(
        network=network, title=_meeting(proposal), due_on=due_on, assignee=acting.person
    )
    return _keep(acting, network, proposal, state=ProposalState.ACTED, task=task)


@transaction.atomic
def set_aside(*, acting: Acting, key: str, reason: str) -> CommonNeed:
    """Set a proposal aside, with a reason that is kept; raises ProposalError."""
    network, proposal = _fresh(acting, key)
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if not reason:
        raise ProposalError(gettext("Say why, in a few words: it is kept with the date."))
    return _keep(acting, network, proposal, state=ProposalState.DISMISSED, reason=reason)


@transaction.atomic
def undo_proposal(*, acting: Acting, common: CommonNeed) -> None:
    """Forget that a proposal was taken up or set aside: it is proposed again.

    What was to be done for it goes with it; raises ProposalError when it is done already.
    """
    network = _network(acting)
    rows = CommonNeed.objects.select_for_update(of=("self",)).filter(network=network)
    kept = rows.select_related("task").get(pk=common.pk)
    if kept.task is not None and kept.task.done_at is not None:
        raise ProposalError(gettext("The meeting is done: this stays in the history."))
    _trail(acting, "undo", kept)
    if kept.task is not None:
        kept.task.delete()
    kept.delete()


def _network(acting: Acting) -> Network:
    if acting.network is None or not can_manage_needs(acting):
        raise PermissionDenied
    return acting.network


def _fresh(acting: Acting, key: str) -> tuple[Network, Common | Stake]:
    """Return the proposal as it is now; another act on the proposals of the network waits."""
    network = Network.objects.select_for_update().get(pk=_network(acting).pk)
    proposal = proposal_of(network, key)
    if proposal is not None:
        return network, proposal
    if CommonNeed.objects.filter(network=network, key=key).exists():
        raise ProposalError(gettext("This proposal was taken up or set aside already."))
    raise ProposalGoneError(gettext("This is proposed no more: needs have changed since."))


def _meeting(proposal: Common | Stake) -> str:
    firms, topic = proposal.together.firms, Topic(proposal.topic).label
    if firms < LEAST_COUNTED:
        return gettext("Meet the firms concerned: %(topic)s") % {"topic": topic}
    return ngettext(
        "Meet the %(firms)s firm concerned: %(topic)s",
        "Meet the %(firms)s firms concerned: %(topic)s",
        firms,
    ) % {"firms": firms, "topic": topic}


def _keep(
    acting: Acting,
    network: Network,
    proposal: Common | Stake,
    *,
    state: ProposalState,
    task: Task | None = None,
    reason: str = "",
) -> CommonNeed:
    is_common = isinstance(proposal, Common)
    made = CommonNeed.objects.create(
        network=network,
        key=proposal.key,
        kind=ProposalKind.COMMON if is_common else ProposalKind.STAKE,
        topic=proposal.topic,
        core=proposal.core[:LONGEST_CORE] if isinstance(proposal, Common) else "",
        firms=proposal.together.firms,
        task=task,
        state=state,
        reason=reason,
        by_id=acting.person.public_id,
        on=localdate(),
    )
    made.needs.set(proposal.together.needs)
    _trail(acting, "take up" if task else "set aside", made)
    return made


def _trail(acting: Acting, act: str, common: CommonNeed) -> None:
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type="CommonNeed",
        subject_id=common.public_id,
        network_id=common.network.public_id,
        after={"topic": common.topic, "firms": common.firms, "reason": common.reason},
    )
