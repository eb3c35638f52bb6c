"""Two members get to know more of each other, once both have said yes."""

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.models import Introduction
from maillage.foundation.visibility.refusals import IntroductionError
from maillage.foundation.visibility.seen import SeenOrganisation

OPEN = Q(ended_at=None)


@transaction.atomic
def ask_introduction(
    *, acting: Acting, asking: Organisation, asked: SeenOrganisation, reason: str
) -> Introduction:
    """Ask to be introduced to a member that one sees; raises IntroductionError.

    When the other has already asked, the two are introduced at once.
    """
    if acting.network is None or asking.pk == asked.pk:
        raise IntroductionError(_("A firm is not introduced to itself."))
    rows = Introduction.objects.filter(OPEN, network=acting.network)
    mutual = rows.filter(asking=asked.pk, asked=asking).first()
    if mutual is not None:
        return accept_introduction(acting=acting, introduction=mutual)
    if rows.filter(asking=asking, asked=asked.pk).exists():
        raise IntroductionError(_("You have already asked: the answer is theirs to give."))
    try:
        with transaction.atomic():
            made = Introduction.objects.create(
                network=acting.network, asking=asking, asked_id=asked.pk, reason=reason.strip()
            )
    except IntegrityError:
        raise IntroductionError(
            _("You have already asked: the answer is theirs to give.")
        ) from None
    _record(acting, made, "ask introduction")
    return made


@transaction.atomic
def accept_introduction(*, acting: Acting, introduction: Introduction) -> Introduction:
    """Say yes; raises IntroductionError when it is no longer asked."""
    changed = Introduction.objects.filter(OPEN, pk=introduction.pk, accepted_at=None).update(
        accepted_at=now()
    )
    if not changed:
        raise IntroductionError(_("This is no longer asked, or was answered already."))
    _record(acting, introduction, "accept introduction")
    introduction.refresh_from_db()
    return introduction


@transaction.atomic
def introduce(
    *, acting: Acting, asking: Organisation, asked: Organisation, reason: str
) -> Introduction:
    """Introduce two firms that both said yes elsewhere, to the same proposal.

    What one had already asked the other is accepted; those who have met stay so.
    """
    if acting.network is None or asking.pk == asked.pk:
        raise IntroductionError(_("A firm is not introduced to itself."))
    both = Q(asking=asking, asked=asked) | Q(asking=asked, asked=asking)
    rows = Introduction.objects.select_for_update().filter(OPEN, both, network=acting.network)
    before = rows.order_by("accepted_at", "pk").last()
    if before is not None and before.accepted_at is not None:
        return before
    if before is not None:
        return accept_introduction(acting=acting, introduction=before)
    made = Introduction.objects.create(
        network=acting.network, asking=asking, asked=asked, reason=reason, accepted_at=now()
    )
    _record(acting, made, "introduce")
    return made


@transaction.atomic
def end_introduction(*, acting: Acting, introduction: Introduction) -> Introduction:
    """Decline, take back or end; each of the two may, without a reason.

    Raises IntroductionError when it has ended already.
    """
    changed = Introduction.objects.filter(OPEN, pk=introduction.pk).update(ended_at=now())
    if not changed:
        raise IntroductionError(_("This has ended already."))
    _record(acting, introduction, "end introduction")
    introduction.refresh_from_db()
    return introduction


def _record(acting: Acting, introduction: Introduction, act: str) -> None:
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type="Introduction",
        subject_id=introduction.public_id,
        network_id=acting.network.public_id if acting.network else None,
    )
