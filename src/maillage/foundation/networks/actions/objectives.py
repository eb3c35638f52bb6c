"""Members decide what they want to reach.

Anybody who may propose does so; what makes an objective active is that members endorse the version
they read. A new version asks them again.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.guarding import locked, network_where, trail
from maillage.foundation.networks.actions.settling import settle
from maillage.foundation.networks.enums import ObjectiveState
from maillage.foundation.networks.models import Endorsement, Network, Objective
from maillage.foundation.networks.queries import endorsing_tiers, members_on
from maillage.foundation.networks.refusals import ObjectiveError
from maillage.foundation.organisations.models import Organisation

A_YEAR = timedelta(days=366)
TOO_FAR = timedelta(days=366 * 20)
LIVE = (ObjectiveState.PROPOSED, ObjectiveState.ACTIVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What an objective says: what for, until when, and what comes first when that is far away."""

    title: str
    detail: str = ""
    first_step: str = ""
    due_on: date | None = None


@transaction.atomic
def propose_objective(
    *, acting: Acting, wording: Wording, member: Organisation | None = None
) -> Objective:
    """Propose an objective.

    A member firm endorses what it proposes. Whoever records decisions may propose for a `member`
    that asked for it; a proposal that comes from no member is marked as a sponsor's.
    """
    network = locked(network_where(acting, "propose_objectives"))
    wording = _checked(wording)
    firm = acting.firm
    if member is not None and (firm is None or member.pk != firm.pk):
        if not acting.can("record_decisions"):
            raise PermissionDenied
        firm = member
    proposing = firm if firm is not None and _may_endorse(network, firm) else None
    objective = Objective.objects.create(
        network=network,
        title=wording.title,
        detail=wording.detail,
        first_step=wording.first_step,
        due_on=wording.due_on,
        proposed_by_id=acting.person.public_id,
        proposing=proposing or (acting.role.organisation if acting.role else None),
        by_sponsor=proposing is None,
    )
    trail(acting, "propose", objective, after=_as_values(objective))
    if proposing is not None:
        _say_yes(acting, objective, proposing)
        settle(acting, network)
        objective.refresh_from_db()
    return objective


@transaction.atomic
def revise_objective(*, acting: Acting, objective: Objective, wording: Wording) -> Objective:
    """Write a new version; it is a proposal again, and each member is asked again.

    Its authors may, and whoever records decisions. A member that revises endorses what it wrote.
    """
    network = locked(network_where(acting, "see_objectives"))
    if not can_revise_objective(acting, objective):
        raise PermissionDenied
    wording = _checked(wording)
    objective = _live(network, objective)
    before = _as_values(objective)
    if before == _as_values(objective, wording):
        return objective
    for name in ("title", "detail", "first_step", "due_on"):
        setattr(objective, name, getattr(wording, name))
    objective.version += 1
    objective.state = ObjectiveState.PROPOSED
    objective.activated_at = None
    objective.save(
        update_fields=[
            "title",
            "detail",
            "first_step",
            "due_on",
            "version",
            "state",
            "activated_at",
        ]
    )
    Endorsement.objects.filter(objective=objective, withdrawn_at=None).update(withdrawn_at=now())
    trail(acting, "revise", objective, before=before, after=_as_values(objective))
    if acting.firm is not None and _may_endorse(network, acting.firm):
        _say_yes(acting, objective, acting.firm)
    settle(acting, network)
    objective.refresh_from_db()
    return objective


@transaction.atomic
def endorse(
    *, acting: Acting, objective: Objective, version: int, member: Organisation | None = None
) -> Objective:
    """Say yes to the version of an objective that was read, for one's firm.

    Whoever records decisions may write down the yes of a `member` that gave it in person. Saying
    yes twice is saying it once.
    """
    network, firm = _voice(acting, member)
    objective = _live(network, objective)
    if version != objective.version:
        raise ObjectiveError(
            _("This objective was changed while you were reading it: read it again, then endorse.")
        )
    if not _may_endorse(network, firm):
        raise ObjectiveError(_("Only members of the core or the periphery endorse objectives."))
    _say_yes(acting, objective, firm)
    settle(acting, network)
    objective.refresh_from_db()
    return objective


@transaction.atomic
def withdraw_endorsement(
    *, acting: Acting, objective: Objective, member: Organisation | None = None
) -> Objective:
    """Take one's yes back; an objective that nobody endorses any more is a proposal again."""
    network, firm = _voice(acting, member)
    objective = _live(network, objective)
    given = Endorsement.objects.filter(
        objective=objective, organisation=firm, withdrawn_at=None
    ).update(withdrawn_at=now())
    if given:
        trail(acting, "withdraw", objective, before={"organisation": str(firm.public_id)})
        settle(acting, network)
        objective.refresh_from_db()
    return objective


@transaction.atomic
def end_objective(*, acting: Acting, objective: Objective, state: str) -> Objective:
    """Close an objective as reached or dropped; one that waited for room takes its place."""
    network = locked(network_where(acting, "record_decisions"))
    if state not in {ObjectiveState.REACHED, ObjectiveState.DROPPED}:
        raise ObjectiveError(_("An objective ends reached or dropped."))
    objective = _live(network, objective)
    if state == ObjectiveState.REACHED and objective.state != ObjectiveState.ACTIVE:
        raise ObjectiveError(_("Only an active objective can be reached."))
    before = {"state": objective.state}
    objective.state, objective.ended_at = ObjectiveState(state), now()
    objective.save(update_fields=["state", "ended_at"])
    trail(acting, "end", objective, before=before, after={"state": state})
    settle(acting, network)
    return objective


@transaction.atomic
def reopen_objective(*, acting: Acting, objective: Objective) -> Objective:
    """Take the end of an objective back; it is active again where the network has room."""
    network = locked(network_where(acting, "record_decisions"))
    objective = Objective.objects.get(pk=objective.pk, network=network)
    if objective.state in LIVE:
        return objective
    before = {"state": objective.state}
    objective.state, objective.ended_at = ObjectiveState.PROPOSED, None
    objective.save(update_fields=["state", "ended_at"])
    trail(acting, "reopen", objective, before=before, after={"state": objective.state})
    settle(acting, network)
    objective.refresh_from_db()
    return objective


def can_revise_objective(acting: Acting, objective: Objective) -> bool:
    """Whether the role in use may write a new version of an objective."""
    if objective.state not in LIVE:
        return False
    author = acting.can("propose_objectives") and (
        objective.proposed_by_id == acting.person.public_id
        or (acting.firm is not None and acting.firm.pk == objective.proposing_id)
    )
    return author or acting.can("record_decisions")


def _voice(acting: Acting, member: Organisation | None) -> tuple[Network, Organisation]:
    """Return the network, locked, and the firm somebody speaks for, or whose answer they record."""
    if member is not None and (acting.firm is None or member.pk != acting.firm.pk):
        return locked(network_where(acting, "record_decisions")), member
    if acting.firm is None:
        raise PermissionDenied
    return locked(network_where(acting, "endorse_objectives")), acting.firm


def _say_yes(acting: Acting, objective: Objective, firm: Organisation) -> None:
    endorsement, new = Endorsement.objects.get_or_create(
        objective=objective,
        organisation=firm,
        withdrawn_at=None,
        defaults={"version": objective.version, "person_id": acting.person.public_id},
    )
    if new:
        after = {"organisation": str(firm.public_id), "version": endorsement.version}
        trail(acting, "endorse", objective, after=after)


def _may_endorse(network: Network, firm: Organisation) -> bool:
    return (
        members_on(network, localdate())
        .filter(membership__organisation=firm, tier__in=endorsing_tiers(network))
        .exists()
    )


def _live(network: Network, objective: Objective) -> Objective:
    """Return the objective as it is now; raises ObjectiveError when it has ended."""
    fresh = Objective.objects.get(pk=objective.pk, network=network)
    if fresh.state not in LIVE:
        raise ObjectiveError(
            _("This objective has ended: %(state)s.") % {"state": fresh.get_state_display().lower()}
        )
    return fresh


def _checked(wording: Wording) -> Wording:
    """Return the wording without stray blanks; raises ObjectiveError when it cannot be kept."""
    tidy = Wording(
        title=" ".join(wording.title.split()),
        detail=wording.detail.strip(),
        first_step=" ".join(wording.first_step.split()),
        due_on=wording.due_on,
    )
    today = localdate()
    if not tidy.title:
        raise ObjectiveError(_("Say in a few words what is to be reached."), "title")
    if tidy.due_on is not None and not today <= tidy.due_on <= today + TOO_FAR:
        raise ObjectiveError(_("Choose a day from today on, within twenty years."), "due_on")
    if tidy.due_on is not None and tidy.due_on > today + A_YEAR and not tidy.first_step:
        raise ObjectiveError(
            _("An objective more than a year away needs a first step, within three months."),
            "first_step",
        )
    return tidy


def _as_values(objective: Objective, wording: Wording | None = None) -> dict[str, object]:
    said = wording or objective
    return {
        "title": said.title,
        "detail": said.detail,
        "first_step": said.first_step,
        "due_on": said.due_on.isoformat() if said.due_on else None,
    }
