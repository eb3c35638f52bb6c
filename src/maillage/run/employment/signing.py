"""Documents are signed: by link without an account, signed in, or on paper; then they hold."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from maillage.bricks.agreements.actions import says
from maillage.bricks.agreements.enums import SignatureMethod
from maillage.bricks.agreements.links import found, make_link
from maillage.bricks.agreements.models import AgreementVersion, Signature, SigningLink
from maillage.bricks.agreements.refusals import AgreementError, NewerVersionError
from maillage.bricks.agreements.signing import Signatory, keep_scan, sign, sign_by_link
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.queries import usual_ceiling
from maillage.foundation.notify.pressure import PressureError
from maillage.foundation.notify.sending import SendingError, mail_person, send_to_firm
from maillage.foundation.organisations.addressing import firm_address
from maillage.run.employment.documents import (
    Paper,
    Party,
    draw_up,
    refuse_paper,
    signed_so_far,
    text_of,
)
from maillage.run.employment.duties import finish_duty, users_key
from maillage.run.employment.enums import PaperKind
from maillage.run.employment.models import EmploymentContract
from maillage.run.employment.models_of_contracts import ContractRenewal, UsersChange
from maillage.run.employment.permissions import can_sign_lending_for
from maillage.run.employment.refusals import StaffError
from maillage.run.employment.trail import note, staff_network

PATH: Final = "/d/"


def link_path(token: str) -> str:
    """Return the path of the page where a link leads."""
    return f"{PATH}{token}/"


def link_of(token: str) -> SigningLink | None:
    """Return the link of a token to a document of a worker, in no open network; None for none."""
    return found(token, *PaperKind.values)


@transaction.atomic
def send_to_sign(*, acting: Acting, paper: Paper) -> tuple[str, str]:
    """Draw a document up and send the worker or the firm its link, which replaces those before.

    Return the token and why it was not mailed, "" when it was. Raises LendingError, StaffError.
    """
    version = draw_up(acting=acting, paper=paper)
    other = paper.parties[1]
    if other not in signed_so_far(paper).missing:
        raise StaffError(_("%(name)s has signed already.") % {"name": other.name})
    link, token = make_link(
        version=version, organisation=other.organisation, party_id=other.party_id
    )
    why_not = _mail(acting, paper, link, token)
    note(acting, "send to sign", paper.subject, after={"kind": str(paper.kind), "to": other.key})
    return token, why_not


def _mail(acting: Acting, paper: Paper, link: SigningLink, token: str) -> str:
    """Write to whoever signs; return why nobody was written to, "" when somebody was."""
    network, title = paper.network, link.version.agreement.title
    if paper.firm is None:
        if not paper.worker.email:
            return _("No e-mail address is known: hand the link over yourself.")
        mail_person(
            email=paper.worker.email,
            language=paper.worker.language,
            subject=lambda: _("To sign: %(title)s") % {"title": title},
            text=lambda: _text(network.name, link),
            path=link_path(token),
        )
        return ""
    try:
        with transaction.atomic(), override(settings.LANGUAGE_CODE):
            send_to_firm(
                firm=firm_address(paper.firm.pk),
                sender=acting.person,
                body_name=acting.body_name,
                network_id=network.public_id,
                subject=_("To sign: %(title)s") % {"title": title},
                text=_text(network.name, link),
                path=link_path(token),
                usual=usual_ceiling(network),
            )
    except (PressureError, SendingError) as error:
        return str(error)
    return ""


def _text(network: str, link: SigningLink) -> str:
    words = {
        "network": network,
        "title": link.version.agreement.title,
        "day": date_format(localdate(link.expires_at), "DATE_FORMAT"),
    }
    first = _(
        "“%(title)s” of %(network)s waits for your signature. This link shows the document and lets"
        " you sign it, on a telephone or a computer, without an account."
    )
    last = _(
        "It works until %(day)s, once, and on the device that opens it first. Keep it for you."
    )
    return f"{first % words}\n\n{last % words}"


@transaction.atomic
def sign_for_group(
    *, acting: Acting, paper: Paper, version: AgreementVersion, signatory: Signatory, consent: str
) -> Signature:
    """Sign a document for the group. Raises NewerVersionError, AgreementError, StaffError."""
    staff_network(acting)
    return _sign_in(acting, paper, version, paper.parties[0], signatory, consent)


@transaction.atomic
def sign_for_firm(
    *, acting: Acting, paper: Paper, version: AgreementVersion, signatory: Signatory, consent: str
) -> Signature:
    """Sign a lending agreement for one's own firm.

    Raises NewerVersionError, AgreementError, StaffError.
    """
    if paper.firm is None or not can_sign_lending_for(acting, paper.firm):
        raise PermissionDenied
    return _sign_in(acting, paper, version, paper.parties[1], signatory, consent)


def _sign_in(
    acting: Acting,
    paper: Paper,
    version: AgreementVersion,
    party: Party,
    signatory: Signatory,
    consent: str,
) -> Signature:
    refuse_stale(paper, version)
    signature = sign(
        version=version,
        organisation=party.organisation,
        party_id=party.party_id,
        signatory=signatory,
        method=SignatureMethod.ACCOUNT,
        consent=consent,
        actor_id=acting.person.public_id,
    )
    settle(paper)
    return signature


@transaction.atomic
def sign_with_link(
    *,
    link: SigningLink,
    paper: Paper,
    version: AgreementVersion,
    signatory: Signatory,
    consent: str,
) -> Signature:
    """Sign by a link, once, for whoever it was made for.

    The caller has made sure that the link is open to whoever signs. Raises NewerVersionError,
    AgreementError, StaffError.
    """
    refuse_stale(paper, version)
    signature = sign_by_link(link=link, version=version, signatory=signatory, consent=consent)
    settle(paper)
    return signature


@transaction.atomic
def keep_paper(
    *,
    acting: Acting,
    paper: Paper,
    signed: Sequence[tuple[Party, Signatory]],
    signed_on: date,
    content: bytes,
) -> list[Signature]:
    """Keep the scan of an original signed on paper, for each side that signed it.

    Raises AgreementError, LendingError, StaffError.
    """
    version = draw_up(acting=acting, paper=paper)
    kept = [
        keep_scan(
            version=version,
            organisation=party.organisation,
            party_id=party.party_id,
            signatory=signatory,
            signed_on=signed_on,
            content=content,
            actor_id=acting.person.public_id,
        )
        for party, signatory in signed
    ]
    settle(paper)
    return kept


def refuse_stale(paper: Paper, version: AgreementVersion) -> None:
    """Refuse to sign what no longer says what is kept, or may not be signed today.

    Raises AgreementError, LendingError, StaffError.
    """
    latest = signed_so_far(paper).version
    if latest is None or latest.pk != version.pk:
        raise NewerVersionError
    refuse_paper(paper)
    if not says(version, text_of(paper)):
        raise AgreementError(
            _("Something changed since this was drawn up: ask for the document to be sent again.")
        )


def settle(paper: Paper) -> None:
    """Once everybody has signed, have the document hold from the day of the last signature."""
    standing = signed_so_far(paper)
    if not standing.whole or paper.kind == PaperKind.ENDING:
        return
    signed_on = max(localdate(one.signed_at) for one in standing.signatures)
    subject = paper.subject
    subject.signed_on = signed_on
    subject.save(update_fields=["signed_on"])
    if isinstance(subject, ContractRenewal):
        EmploymentContract.objects.filter(pk=subject.contract_id).update(ends_on=subject.ends_on)
    if isinstance(subject, UsersChange):
        finish_duty(subject.contract, users_key(subject.organisation))


def consent_to(paper: Paper, party: Party) -> str:
    """Return what whoever signs agrees to, in the language in use: it is kept as it was shown."""
    words = {"title": paper.title, "name": party.name}
    if party.key == "worker":
        return _("I have read “%(title)s”. I am %(name)s, and I sign it.") % words
    return _("I have read “%(title)s”. I may commit %(name)s, and I sign it in its name.") % words
