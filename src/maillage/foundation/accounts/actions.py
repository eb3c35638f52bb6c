"""What people change about themselves."""

from django.db import transaction

from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.actions import record


@transaction.atomic
def change_person(*, person: Person, name: str, phone: str, language: str) -> Person:
    """Change how somebody is called, reached and spoken to."""
    before = {"name": person.name, "phone": person.phone, "language": person.language}
    person.name, person.phone, person.language = " ".join(name.split()), phone.strip(), language
    person.save(update_fields=["name", "phone", "language"])
    record(
        actor_id=person.public_id,
        act="change account",
        subject_type="Person",
        subject_id=person.public_id,
        before=before,
        after={"name": person.name, "phone": person.phone, "language": person.language},
    )
    return person
