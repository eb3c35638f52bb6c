"""What a person should know: told once, read in the application or in the summary by mail."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import override

from maillage.foundation.accounts.models import Person
from maillage.foundation.jobs.words import Words
from maillage.foundation.notify.models import Notification
from maillage.foundation.notify.sending import mail_person

TITLE = 200
BODY = 500


@dataclass(frozen=True, slots=True)
class Reader:
    """What a person may read today: messages of these networks, none about these organisations.

    `hidden` holds public ids, or is the subquery that finds them.
    """

    person: Person
    networks: frozenset[UUID]
    hidden: frozenset[UUID] | QuerySet[Any, Any] = frozenset()


@transaction.atomic
def notify_person(
    *,
    person: Person,
    title: Words,
    body: Words = "",
    url: str = "",
    network_id: UUID | None = None,
    about_id: UUID | None = None,
    mail: bool = False,
) -> Notification:
    """Tell a person something, in their language.

    `title` and `body` are lazy translations, functions that return the sentence, or plain texts.
    `url` is a path of the site. `about_id` is the organisation that is told of, if any: its
    competitors never read it. `mail` sends it at once instead of with the next summary.
    """
    with override(person.language):
        heading, detail = _said(title), _said(body)
    told = Notification.objects.create(
        person=person,
        network_id=network_id,
        about_id=about_id,
        title=heading[:TITLE],
        body=detail[:BODY],
        url=url,
        mailed_at=now() if mail else None,
    )
    if mail and person.is_active:
        mail_person(
            email=person.email,
            language=person.language,
            subject=heading,
            text=detail or heading,
            path=url,
        )
    return told


def notifications_for(reader: Reader) -> QuerySet[Notification]:
    """Return what a person was told and may still read, newest first, for that person."""
    return (
        Notification.objects.filter(person=reader.person)
        .filter(Q(network_id=None) | Q(network_id__in=reader.networks))
        .exclude(about_id__in=reader.hidden)
    )


def unread_for(reader: Reader) -> QuerySet[Notification]:
    """Return the messages that a person may read and has not, for that person."""
    return notifications_for(reader).filter(read_at=None)


def mark_read(*, person: Person, public_ids: Iterable[UUID] | None = None) -> int:
    """Mark messages of a person as read, all of them without `public_ids`; return how many."""
    messages = Notification.objects.filter(person=person, read_at=None)
    if public_ids is not None:
        messages = messages.filter(public_id__in=list(public_ids))
    return messages.update(read_at=now())


def mark_unread(*, person: Person, public_id: UUID) -> int:
    """Mark one message of a person as not read; return how many were changed."""
    return Notification.objects.filter(person=person, public_id=public_id).update(read_at=None)


def _said(words: Words) -> str:
    return words() if callable(words) else str(words)
