"""Mails leave from here, and from nowhere else.

Each is claimed before it leaves, so that it leaves once: a mail whose server was killed in the
middle may or may not have left, and is never sent again by itself.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Final

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from maillage.foundation.accounts.models import Person
from maillage.foundation.notify.enums import MailState
from maillage.foundation.notify.models import Contact, OutgoingMail
from maillage.foundation.notify.notifications import notify_person

logger = logging.getLogger(__name__)

MOST_ATTEMPTS: Final = 6
PATIENCE: Final = timedelta(minutes=10)  # doubled after each attempt
STUCK: Final = timedelta(hours=1)


def deliver_waiting(checkpoint: Callable[[], None] = lambda: None) -> int:
    """Send every mail that waits; return how many left.

    A server that does not answer is tried again later, an address that does not exist is not.
    """
    sent = 0
    tried: set[int] = set()
    while mail := _take(tried):
        tried.add(mail.pk)
        sent += _deliver(mail)
        checkpoint()
    return sent


def give_up_stuck() -> int:
    """Mark the mails whose sending was cut short, so that somebody can look; return how many."""
    stuck = OutgoingMail.objects.filter(state=MailState.LEAVING, taken_at__lt=now() - STUCK)
    return stuck.update(state=MailState.UNSURE)


def _take(tried: set[int]) -> OutgoingMail | None:
    """Claim a mail that waits; another sender may be claiming at the same moment."""
    waiting = OutgoingMail.objects.filter(state=MailState.WAITING, try_after__lte=now())
    while mail := waiting.exclude(pk__in=tried).order_by("pk").first():
        claimed = OutgoingMail.objects.filter(pk=mail.pk, state=MailState.WAITING).update(
            state=MailState.LEAVING, taken_at=now(), attempts=mail.attempts + 1
        )
        if claimed:
            mail.attempts += 1
            return mail
    return None


def _deliver(mail: OutgoingMail) -> bool:
    headers = {"Auto-Submitted": "auto-generated"} if mail.personal else {}
    if mail.stop_url:
        headers |= {
            "List-Unsubscribe": f"<{mail.stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    message = EmailMessage(
        subject=mail.subject,
        body=mail.text,
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=headers,
    )
    try:
        message.send()
    except SMTPRecipientsRefused as error:
        _refused(mail, error)
        return False
    except (SMTPException, OSError) as error:
        if mail.attempts >= MOST_ATTEMPTS:
            _refused(mail, error)
        else:
            _put_back(mail, error)
        return False
    _mark(mail, state=MailState.SENT, sent_at=now(), problem="")
    return True


def _put_back(mail: OutgoingMail, error: Exception) -> None:
    logger.warning("Mail %s did not leave, it will be tried again: %s", mail.public_id, error)
    later = now() + PATIENCE * 2**mail.attempts
    _mark(mail, state=MailState.WAITING, try_after=later, problem=str(error)[:300])


@transaction.atomic
def _refused(mail: OutgoingMail, error: Exception) -> None:
    """Give a mail up: the firm was not reached, so that it does not count; its sender is told."""
    logger.warning("Mail %s was given up: %s", mail.public_id, error)
    _mark(mail, state=MailState.REFUSED, problem=str(error)[:300])
    if mail.contact is None or mail.contact.person_id is None:
        return
    Contact.objects.filter(pk=mail.contact.pk).update(counts=False)
    sender = Person.objects.filter(public_id=mail.contact.person_id).first()
    if sender is not None:
        notify_person(
            person=sender,
            title=_("A mail of yours to a firm could not be delivered."),
            body=mail.subject,
            network_id=mail.contact.network_id,
            about_id=mail.contact.organisation_id,
        )


def _mark(mail: OutgoingMail, **fields: object) -> None:
    OutgoingMail.objects.filter(pk=mail.pk).update(**fields)
