"""Links that let people into the demonstration as somebody of its cast.

They work only where the installation says so (MAILLAGE_DEMO_LINKS), for one day.
"""

from datetime import timedelta

from django.core import signing

from maillage.foundation.accounts.models import Person

SALT = "maillage.demonstration"
LIFE = timedelta(days=1)


def token_for(person: Person) -> str:
    """Return a token that stands for a person of the demonstration, for one day."""
    return signing.dumps(str(person.public_id), salt=SALT)


def person_of(token: str) -> Person | None:
    """Return the person of a token, None when it is forged or older than a day."""
    try:
        public_id = signing.loads(token, salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        return None
    return Person.objects.filter(public_id=public_id, is_active=True).first()
