"""Agreements of a firm: given for one purpose, on a day, until they are withdrawn."""

from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.enums import ConsentPurpose, Level
from maillage.foundation.visibility.models import Consent, FieldLevels
from maillage.foundation.visibility.refusals import ConsentError
from maillage.foundation.visibility.seen import PARTS

# What a public page shows at first; the firm widens or narrows each line afterwards.
ON_A_PUBLIC_PAGE = ("presence", "activity", "presentation")


@transaction.atomic
def give_consent(*, acting: Acting, organisation: Organisation, purpose: str) -> Consent:
    """Agree to a purpose; agreeing to a public page opens what a first page shows.

    Raises ConsentError for an unknown purpose. Agreeing twice changes nothing.
    """
    if purpose not in ConsentPurpose.values:
        raise ConsentError(_("There is no such purpose."), "purpose")
    given = Consent.objects.filter(
        organisation=organisation, purpose=purpose, revoked_at=None
    ).first()
    if given is not None:
        return given
    try:
        with transaction.atomic():
            given = Consent.objects.create(
                organisation=organisation,
                purpose=purpose,
                given_by_id=acting.person.public_id,
                given_at=now(),
            )
    except IntegrityError:
        # Somebody of the same firm agreed in the same instant.
        return Consent.objects.get(organisation=organisation, purpose=purpose, revoked_at=None)
    if purpose == ConsentPurpose.PUBLIC_PAGE:
        levels, _created = FieldLevels.objects.get_or_create(organisation=organisation)
        for part in ON_A_PUBLIC_PAGE:
            setattr(levels, part, Level.PUBLIC)
        levels.save(update_fields=list(ON_A_PUBLIC_PAGE))
    _record(acting, organisation, "give consent", purpose)
    return given


@transaction.atomic
def withdraw_consent(*, acting: Acting, consent: Consent) -> Consent:
    """Withdraw an agreement, at once; what it opened is closed, its history is kept.

    Raises ConsentError when it was withdrawn before.
    """
    moment = now()
    changed = Consent.objects.filter(pk=consent.pk, revoked_at=None).update(
        revoked_at=moment, revoked_by_id=acting.person.public_id
    )
    if not changed:
        raise ConsentError(_("This agreement was withdrawn already."))
    if consent.purpose == ConsentPurpose.PUBLIC_PAGE:
        levels = FieldLevels.objects.filter(organisation=consent.organisation_id).first()
        if levels is not None:
            for part in PARTS:
                setattr(levels, part, min(getattr(levels, part), Level.NETWORK))
            levels.save(update_fields=list(PARTS))
    _record(acting, consent.organisation, "withdraw consent", consent.purpose)
    consent.refresh_from_db()
    return consent


def _record(acting: Acting, organisation: Organisation, act: str, purpose: str) -> None:
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type="Organisation",
        subject_id=organisation.public_id,
        network_id=acting.network.public_id if acting.network else None,
        after={"purpose": purpose},
    )
