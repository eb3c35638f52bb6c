"""The e-mail address of a person, and whether it was proven by a code."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from maillage.foundation.accounts.models import Person


def has_proven(person: Person, email: str) -> bool:
    """Whether a person has shown, by a code, that this address is theirs."""
    proven = EmailAddress.objects.filter(user=person, email__iexact=email.strip(), verified=True)
    return bool(proven.exists())


def keep_address(person: Person) -> EmailAddress:
    """Write the address of a person where allauth keeps addresses, not proven when it is new."""
    address, _new = EmailAddress.objects.get_or_create(
        user=person, email=person.email, defaults={"primary": True}
    )
    return address


def prove_address(person: Person) -> None:
    """Mark the address of a person as proven, for those whom the demonstration makes up."""
    keep_address(person)
    EmailAddress.objects.filter(user=person, email=person.email).update(verified=True, primary=True)


@receiver(user_logged_in)
def keep_address_at_sign_in(sender: type, user: Person, **_rest: Any) -> None:  # noqa: ARG001 -- Django passes it by name
    """Make sure the pages of the account, which only read, find the address."""
    keep_address(user)
