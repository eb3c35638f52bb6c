"""What planning does in the background: searching a plan."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_scopes import scope

from maillage.foundation.jobs.enums import RunState
from maillage.foundation.jobs.handle import RunHandle
from maillage.foundation.jobs.models import Run
from maillage.foundation.jobs.registry import Outcome, background, every_week, on_finished
from maillage.foundation.networks.models import Network
from maillage.run.planning import proposing
from maillage.run.planning.bridge.searching import Found, search
from maillage.run.planning.enums import ProposalState
from maillage.run.planning.models import PlanProposal, SlotSeries
from maillage.run.planning.slots import lay_out


@background(
    proposing.SEARCH,
    title=_("Search for a plan"),
    kept=_("The best plan found until then is kept: it is on the planning page."),
)
def search_plan(run: RunHandle, *, proposal_id: str) -> Outcome:
    """Search the plan of a proposal, keeping the best so far all along."""
    network = Network.objects.select_related("register").get(public_id=str(run.network_id))
    with scope(network=network, register=network.register):
        made = PlanProposal.objects.select_related("network").get(public_id=proposal_id)
        question = proposing.asked(made)

        def keep(found: Found) -> None:
            run.best(lambda: _missing(found.missing))
            proposing.keep_best(made, found)

        answer = run.in_child(search, question, made.seconds, on_report=keep)
        with transaction.atomic():
            run.hold()
            proposing.keep_best(made, answer, state=ProposalState.DONE)
    return Outcome(
        summary=lambda: _missing(answer.missing),
        data={"proposal": proposal_id, "network": network.slug},
    )


@on_finished
def keep_the_best(run: Run) -> None:
    """When a search is stopped, by somebody or by a failure, its best plan so far remains."""
    if run.kind != proposing.SEARCH or run.state == RunState.SUCCEEDED:
        return
    network = Network.objects.select_related("register").get(public_id=str(run.network_id))
    with scope(network=network, register=network.register):
        PlanProposal.objects.filter(
            public_id=run.arguments["proposal_id"], state=ProposalState.SEARCHING
        ).update(state=ProposalState.STOPPED)


def _missing(count: int) -> str:
    if not count:
        return str(_("Every slot has its people."))
    return ngettext(
        "%(count)d place has nobody yet.", "%(count)d places have nobody yet.", count
    ) % {"count": count}


@every_week(weekday=0, hour=5, name="planning.lay_out", title=_("Weeks to come of the plans"))
def lay_weeks_out(run: RunHandle, *, due: str) -> None:  # noqa: ARG001 - every turn is told its date
    """Make the slots that come back, in every network, so that eight weeks are always there."""
    for network in Network.objects.select_related("register").filter(closed_on=None):
        run.cancelled()
        with scope(network=network, register=network.register):
            lay_out(network, SlotSeries.objects.filter(network=network))
