"""The only two ways a mail leaves: to a firm, through the log of contacts, or to a person.

A mail is written in the transaction of the act it belongs to, and leaves in the background once
that transaction is saved (`delivery`).
"""

import re
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext, override

from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.actions import record
from maillage.foundation.jobs.actions import start_run
from maillage.foundation.jobs.words import Words
from maillage.foundation.notify.enums import ContactChannel
from maillage.foundation.notify.models import Contact, OutgoingMail
from maillage.foundation.notify.pressure import (
    USUAL,
    Ceiling,
    FirmAddress,
    refuse_one_too_many,
)

DELIVERY = "notify.mail"
LONGEST_SUBJECT = 200
LONGEST_BODY = 160


class SendingError(Exception):
    """A mail that cannot be written: a sentence for people says why."""


@transaction.atomic
def send_to_firm(
    *,
    firm: FirmAddress,
    sender: Person,
    body_name: str,
    network_id: UUID | None,
    subject: str,
    text: str,
    path: str = "",
    usual: Ceiling = USUAL,
) -> Contact:
    """Write a mail to a firm, and its line in the log of contacts; answers go to the sender.

    Raises PressureError when the firm was contacted enough or asks to be left alone, SendingError
    when it has no address. `path` is the one link of the mail, an address of this site.
    """
    _refuse_without_address(firm)
    refuse_one_too_many(firm, usual=usual)
    contact = Contact.objects.create(
        firm_key=firm.firm_key,
        organisation_id=firm.organisation_id,
        network_id=network_id,
        body_name=body_name,
        person_id=sender.public_id,
        channel=ContactChannel.MAIL,
        subject=_one_line(subject),
        at=now(),
    )
    with override(settings.LANGUAGE_CODE):
        signature = gettext("You can answer this message: your answer goes to %(email)s.") % {
            "email": sender.email
        }
    parts = (text.strip(), _link(path), f"{sender}\n{body_name}", signature)
    _write(
        contact=contact,
        to=firm.email,
        reply_to=sender.email,
        subject=contact.subject,
        text="\n\n".join(part for part in parts if part),
    )
    record(
        actor_id=sender.public_id,
        act="write",
        subject_type="Contact",
        subject_id=contact.public_id,
        network_id=network_id,
        after={"organisation": str(firm.organisation_id), "subject": contact.subject},
    )
    return contact


@transaction.atomic
def forward_to_firm(
    *,
    firm: FirmAddress,
    network_id: UUID,
    visitor_name: str,
    visitor_email: str,
    text: str,
) -> Contact:
    """Pass on what a visitor of the public directory writes to a firm; answers go to the visitor.

    The firm published its page to be written to: the message is in the log and does not count.
    Raises SendingError when the firm has no address.
    """
    _refuse_without_address(firm)
    name = _one_line(visitor_name)
    with override(settings.LANGUAGE_CODE):
        subject = gettext("Message from %(name)s, through the directory") % {"name": name}
    contact = Contact.objects.create(
        firm_key=firm.firm_key,
        organisation_id=firm.organisation_id,
        network_id=network_id,
        body_name=name[:LONGEST_BODY],
        channel=ContactChannel.MAIL,
        subject=_one_line(subject),
        counts=False,
        at=now(),
    )
    _write(
        contact=contact,
        to=firm.email,
        reply_to=visitor_email,
        subject=contact.subject,
        text=text.strip(),
    )
    return contact


@transaction.atomic
def mail_person(
    *,
    email: str,
    language: str,
    subject: Words,
    text: Words,
    path: str = "",
    stop_path: str = "",
) -> OutgoingMail:
    """Write a mail to somebody about their own affairs (invitation, summary), in their language.

    Never a way to solicit a firm. `path` is its one link; `stop_path`, where one click stops
    further mails of the kind.
    """
    with override(language):
        shown = _one_line(_said(subject))
        body = "\n\n".join(part for part in (_said(text).strip(), _link(path)) if part)
    return _write(personal=True, to=email, subject=shown, text=body, stop_url=_link(stop_path))


def _refuse_without_address(firm: FirmAddress) -> None:
    try:
        validate_email(firm.email)
    except ValidationError:
        raise SendingError(
            gettext("%(firm)s has no e-mail address: telephone, write or visit instead.")
            % {"firm": firm.name}
        ) from None


def _write(**fields: object) -> OutgoingMail:
    mail = OutgoingMail.objects.create(**fields, try_after=now() - timedelta(seconds=1))
    start_run(kind=DELIVERY)
    return mail


def _link(path: str) -> str:
    return f"{settings.ADDRESS}{path}" if path else ""


def _one_line(text: str) -> str:
    return re.sub(r"\s*[\r\n\v\f\x85\u2028\u2029]+\s*", " ", text).strip()[:LONGEST_SUBJECT]


def _said(words: Words) -> str:
    return words() if callable(words) else str(words)
