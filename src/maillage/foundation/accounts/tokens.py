"""Personal tokens, by which a program acts for somebody: only their fingerprint is kept."""

import secrets
from datetime import date, timedelta
from hashlib import sha256
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.accounts.models import Person, PersonalToken
from maillage.foundation.audit.actions import record

BYTES: Final = 32
MOST: Final = 20
LONGEST: Final = timedelta(days=366)


class TokenError(Exception):
    """A token that cannot be: a sentence says why."""


@transaction.atomic
def make_token(*, person: Person, name: str, expires_on: date) -> tuple[PersonalToken, str]:
    """Make a token, and return what a program sends: it is shown once and never kept.

    Raises TokenError.
    """
    today = localdate()
    if not today <= expires_on <= today + LONGEST:
        raise TokenError(_("A token lasts one year at most: choose a day to come."))
    if tokens_of(person).count() >= MOST:
        raise TokenError(_("You have %(most)s tokens: end one of them first.") % {"most": MOST})
    secret = secrets.token_urlsafe(BYTES)
    made = PersonalToken.objects.create(
        person=person,
        name=" ".join(name.split()),
        fingerprint=fingerprint_of(secret),
        expires_on=expires_on,
    )
    _trail("make token", made)
    return made, secret


@transaction.atomic
def end_token(*, token: PersonalToken) -> None:
    """Let a token work no more."""
    _trail("end token", token)
    token.delete()


def tokens_of(person: Person) -> QuerySet[PersonalToken]:
    """Return the tokens of somebody that still work, for that person."""
    return PersonalToken.objects.filter(person=person, expires_on__gte=localdate())


def person_with(secret: str) -> Person | None:
    """Return who a program acts for, None when the token is unknown, over, or of nobody any more.

    What is compared is a fingerprint, so that how long it takes tells nothing of the token.
    """
    found = (
        PersonalToken.objects.filter(
            fingerprint=fingerprint_of(secret),
            expires_on__gte=localdate(),
            person__is_active=True,
        )
        .select_related("person")
        .first()
    )
    return None if found is None else found.person


def fingerprint_of(secret: str) -> str:
    """Return what is kept of a token: long and random, it needs no salt."""
    return sha256(secret.encode()).hexdigest()


def _trail(act: str, token: PersonalToken) -> None:
    record(
        actor_id=token.person.public_id,
        act=act,
        subject_type="PersonalToken",
        subject_id=token.public_id,
        after={"until": token.expires_on.isoformat()},
    )
