"""The devices on which a person is signed in, and signing them out."""

from collections.abc import Iterable

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.timezone import now

from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.actions import record


def sessions_of(person: Person) -> list[UserSession]:
    """Return where a person is signed in now, the oldest first, for that person. Two queries.

    Those that have expired, or were opened with a password that has changed since, are over.
    """
    kept = list(UserSession.objects.filter(user=person).order_by("created_at", "pk"))
    keys = [one.session_key for one in kept]
    stored = Session.objects.filter(session_key__in=keys, expire_date__gt=now())
    alive = {one.session_key for one in stored if _opens(one, person)}
    return [one for one in kept if one.session_key in alive]


def _opens(stored: Session, person: Person) -> bool:
    data = stored.get_decoded()
    proof = person.get_session_auth_hash()
    return data.get(SESSION_KEY) == str(person.pk) and constant_time_compare(
        data.get(HASH_SESSION_KEY, ""), proof
    )


@transaction.atomic
def end_sessions(*, person: Person, sessions: Iterable[UserSession]) -> int:
    """Sign a person out of some of their own devices, at once; return how many."""
    ended = [one for one in sessions if one.user_id == person.pk]
    if not ended:
        return 0
    Session.objects.filter(session_key__in=[one.session_key for one in ended]).delete()
    UserSession.objects.filter(pk__in=[one.pk for one in ended]).delete()
    record(
        actor_id=person.public_id,
        act="sign out devices",
        subject_type="Person",
        subject_id=person.public_id,
        after={"devices": len(ended)},
    )
    return len(ended)
