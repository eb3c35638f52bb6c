"""An organisation, or a person, signs a version, once: by their own hand, or on paper."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import get_current_timezone, localdate, localtime, now
from django.utils.translation import gettext as _

from maillage.bricks.agreements.document import print_of
from maillage.bricks.agreements.enums import SignatureMethod
from maillage.bricks.agreements.models import (
    Agreement,
    AgreementVersion,
    Signature,
    SignedScan,
    SigningLink,
)
from maillage.bricks.agreements.queries import latest_published
from maillage.bricks.agreements.refusals import AgreementError, NewerVersionError
from maillage.bricks.agreements.scans import media_type_of
from maillage.foundation.audit.actions import record
from maillage.foundation.organisations.models import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Whoever signs, as they typed it; a role is theirs who sign in the name of an organisation."""

    name: str
    role: str = ""

    def checked(self, *, for_firm: bool = True) -> "Signatory":
        """Return it without spaces that say nothing; raises AgreementError."""
        name, role = " ".join(self.name.split()), " ".join(self.role.split())
        if not name or len(name) > 120:  # noqa: PLR2004 -- the length of the column
            raise AgreementError(_("Give your first name and name."), "name")
        if (for_firm and not role) or len(role) > 80:  # noqa: PLR2004 -- the length of the column
            raise AgreementError(_("Say who you are in the firm: head, manager…"), "role")
        return Signatory(name=name, role=role)


@transaction.atomic
def sign(
    *,
    version: AgreementVersion,
    signatory: Signatory,
    method: SignatureMethod,
    consent: str,
    organisation: Organisation | None = None,
    party_id: UUID | None = None,
    actor_id: UUID | None = None,
) -> Signature:
    """Sign the version that was read; `consent` is the sentence that was shown and agreed to.

    It is signed for an organisation, or as a party: a person by themselves, or the network. Raises
    NewerVersionError when another was published meanwhile, AgreementError.
    """
    agreement = Agreement.objects.select_for_update().get(pk=version.agreement_id)
    latest = latest_published(agreement)
    if latest is None or latest.pk != version.pk:
        raise NewerVersionError
    by = _Signer(organisation, party_id)
    return _signed(version, by, signatory, method, consent, now(), actor_id)


@transaction.atomic
def sign_by_link(
    *, link: SigningLink, version: AgreementVersion, signatory: Signatory, consent: str
) -> Signature:
    """Sign by a link, which then signs no more; sent twice, it signs once. Raises AgreementError.

    The caller has made sure that the link is open to whoever signs.
    """
    kept = SigningLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if kept.used_at is not None or kept.voided_at is not None:
        raise AgreementError(_("This link has been used, or replaced by another."))
    kept.used_at = now()
    kept.save(update_fields=["used_at"])
    return sign(
        version=version,
        organisation=link.organisation,
        party_id=link.party_id,
        signatory=signatory,
        method=SignatureMethod.LINK,
        consent=consent,
    )


@transaction.atomic
def keep_scan(
    *,
    version: AgreementVersion,
    signatory: Signatory,
    signed_on: date,
    content: bytes,
    actor_id: UUID,
    organisation: Organisation | None = None,
    party_id: UUID | None = None,
) -> Signature:
    """Keep a paper that somebody signed, of any version published. Raises AgreementError."""
    media_type = media_type_of(content)
    if version.published_at is None:
        raise AgreementError(_("A draft is not signed: publish it first."), "version")
    if signed_on > localdate():
        raise AgreementError(_("This day has not come: choose the day it was signed."), "signed_on")
    if signed_on < localtime(version.published_at).date():
        raise AgreementError(
            _("This version was published later: choose the version or the day again."), "signed_on"
        )
    moment = datetime.combine(signed_on, time.min, tzinfo=get_current_timezone())
    by = _Signer(organisation, party_id)
    signature = _signed(version, by, signatory, SignatureMethod.SCAN, "", moment, actor_id)
    SignedScan.objects.create(
        signature=signature, media_type=media_type, content=content, sha256=print_of(content)
    )
    return signature


@dataclass(frozen=True, slots=True)
class _Signer:
    """Whose signature it is: an organisation, or a party, never both."""

    organisation: Organisation | None
    party_id: UUID | None

    def __post_init__(self) -> None:
        if (self.organisation is None) == (self.party_id is None):
            raise ValueError("A signature is of an organisation or of a party.")

    @property
    def named(self) -> str:
        """The public id that the trail keeps."""
        return str(self.organisation.public_id if self.organisation else self.party_id)


def _signed(
    version: AgreementVersion,
    by: _Signer,
    signatory: Signatory,
    method: SignatureMethod,
    consent: str,
    moment: datetime,
    actor_id: UUID | None,
) -> Signature:
    organisation = by.organisation
    signatory = signatory.checked(for_firm=organisation is not None)
    if organisation is not None and organisation.closed_on is not None:
        raise AgreementError(_("This firm is closed: it signs nothing more."))
    sha256 = version.document.sha256
    try:
        with transaction.atomic():
            signature = Signature.objects.create(
                version=version,
                organisation=organisation,
                party_id=by.party_id,
                name=signatory.name,
                role=signatory.role,
                method=method,
                sha256=sha256,
                consent=consent,
                signed_at=moment,
            )
    except IntegrityError:
        sentence = (
            _("This version is signed already for this firm.")
            if organisation is not None
            else _("This version is signed already.")
        )
        raise AgreementError(sentence) from None
    # Whatever link is still open for this signer has nothing left to sign.
    SigningLink.objects.filter(
        version__agreement=version.agreement_id,
        version__number__lte=version.number,
        organisation=organisation,
        party_id=by.party_id,
        used_at=None,
        voided_at=None,
    ).update(voided_at=now())
    record(
        actor_id=actor_id,
        act="sign",
        subject_type="Signature",
        subject_id=signature.public_id,
        network_id=version.agreement.network.public_id,
        after={
            "organisation" if organisation is not None else "party": by.named,
            "version": version.number,
            "method": str(method),
            "sha256": sha256,
        },
    )
    return signature
