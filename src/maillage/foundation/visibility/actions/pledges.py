"""The pledge of confidentiality: written in versions, signed before people enter."""

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.visibility.models import Pledge, PledgeSignature
from maillage.foundation.visibility.refusals import PledgeError


@transaction.atomic
def write_pledge(*, acting: Acting, network: Network, text: str) -> Pledge:
    """Write a new version, which everybody signs before they enter again; raises PledgeError.

    Whoever writes it has read it: it is signed in their name at once.
    """
    text = text.strip()
    if not text:
        raise PledgeError(_("Write what people commit to."), "text")
    latest = Pledge.objects.filter(network=network).order_by("-version").first()
    if latest is not None and latest.text == text:
        return latest
    pledge = Pledge.objects.create(
        network=network, version=latest.version + 1 if latest else 1, text=text
    )
    record(
        actor_id=acting.person.public_id,
        act="write pledge",
        subject_type="Network",
        subject_id=network.public_id,
        network_id=network.public_id,
        before={"version": latest.version if latest else None},
        after={"version": pledge.version},
    )
    sign_pledge(acting=acting, pledge=pledge)
    return pledge


@transaction.atomic
def sign_pledge(*, acting: Acting, pledge: Pledge) -> PledgeSignature:
    """Sign a version of the pledge; signing twice changes nothing.

    Raises PledgeError when another version has replaced it meanwhile.
    """
    newer = Pledge.objects.filter(network=pledge.network_id, version__gt=pledge.version)
    if newer.exists():
        raise PledgeError(_("The text has just been changed: read the new one before signing."))
    signature, created = PledgeSignature.objects.get_or_create(pledge=pledge, person=acting.person)
    if created:
        record(
            actor_id=acting.person.public_id,
            act="sign pledge",
            subject_type="Person",
            subject_id=acting.person.public_id,
            network_id=pledge.network.public_id,
            after={"version": pledge.version},
        )
    return signature
