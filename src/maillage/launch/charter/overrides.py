"""Two competitors set a rule of the charter aside between them: asked, agreed, ended, each kept.

Only who knows the other already may ask (see `queries.known_competitors`); one side alone changes
nothing.
"""

from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.models import Competition
from maillage.launch.charter.models import Override
from maillage.launch.charter.permissions import can_sign_charter_for
from maillage.launch.charter.queries import clause_holds, known_competitors, overrides_of
from maillage.launch.charter.rules import Rule

LONGEST_REASON: Final = 500


class OverrideError(Exception):
    """Something that cannot be set aside in this way: a sentence says why; `field` says where."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


@transaction.atomic
def ask_override(
    *, acting: Acting, firm: Organisation, competition: Competition, reason: str
) -> Override:
    """A firm asks a competitor that it knows to let a worker be shared; it has said yes itself.

    Raises OverrideError.
    """
    network = acting.network
    if network is None or not can_sign_charter_for(acting, firm):
        raise PermissionDenied
    if not known_competitors(firm).filter(pk=competition.pk).exists():
        raise OverrideError(_("You may ask this of a competitor whom you have agreed to meet."))
    if not clause_holds(network, Rule.NO_SHARED_WORKER):
        raise OverrideError(_("The charter forbids nothing of the kind: there is nothing to ask."))
    reason = " ".join(reason.split())
    if not reason or len(reason) > LONGEST_REASON:
        raise OverrideError(
            _("Write why, in 500 characters at most: both of you sign it."), "reason"
        )
    side = _side(competition, firm)
    try:
        with transaction.atomic():
            override = Override.objects.create(
                network=network,
                competition=competition,
                rule=Rule.NO_SHARED_WORKER,
                asked_by=firm,
                reason=reason,
                **_yes(side, acting.person.public_id),
            )
    except IntegrityError:
        raise OverrideError(_("This is asked between you already: answer it below.")) from None
    _trail(acting, override, "ask override", {"reason": reason, "firm": str(firm.public_id)})
    return override


@transaction.atomic
def agree_to_override(*, acting: Acting, firm: Organisation, override: Override) -> Override:
    """The other side says yes: the rule is set aside between the two. Raises OverrideError."""
    if not can_sign_charter_for(acting, firm):
        raise PermissionDenied
    side = _side(override.competition, firm)
    pair = override.competition
    changed = 0
    if pair.ended_at is None and pair.dismissed_at is None:
        changed = Override.objects.filter(
            pk=override.pk, ended_at=None, **{f"{side}_agreed_at": None}
        ).update(**_yes(side, acting.person.public_id))
    if not changed:
        raise OverrideError(_("This is no longer asked, or you answered it already."))
    _trail(acting, override, "agree to override", {"firm": str(firm.public_id)})
    return overrides_of(firm).get(pk=override.pk)


@transaction.atomic
def end_override(*, acting: Acting, firm: Organisation, override: Override) -> None:
    """Refuse, take back or end: either side may, without saying why. Raises OverrideError."""
    if not can_sign_charter_for(acting, firm):
        raise PermissionDenied
    _side(override.competition, firm)
    changed = Override.objects.filter(pk=override.pk, ended_at=None).update(
        ended_at=now(), ended_by_id=acting.person.public_id
    )
    if not changed:
        raise OverrideError(_("This has ended already."))
    _trail(acting, override, "end override", {"firm": str(firm.public_id)})


def _yes(side: str, person_id: UUID) -> dict[str, object]:
    return {f"{side}_agreed_at": now(), f"{side}_agreed_by_id": person_id}


def _side(competition: Competition, firm: Organisation) -> str:
    if firm.pk == competition.first_id:
        return "first"
    if firm.pk == competition.second_id:
        return "second"
    raise OverrideError(_("This is not asked of your firm."))


def _trail(acting: Acting, override: Override, act: str, after: dict[str, str]) -> None:
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type="Override",
        subject_id=override.public_id,
        network_id=override.network.public_id,
        after={"rule": str(override.rule), **after},
    )
