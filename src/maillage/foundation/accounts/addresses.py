"""The e-mail address of a person, and whether it was proven by a code."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save
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
    """Mark the address of a person as proven, for those made on the machine itself."""
    keep_address(person)
    EmailAddress.objects.filter(user=person, email=person.email).update(verified=True, primary=True)


@receiver(post_save, sender=Person)
def prove_address_of_superuser(
    sender: type,  # noqa: ARG001 -- Django passes it by name
    instance: Person,
    *,
    created: bool,
    raw: bool = False,
    **_rest: Any,
) -> None:
    """Trust the address of whoever looks after the installation, made on its own machine."""
    if created and instance.is_superuser and not raw:
        prove_address(instance)


@receiver(user_logged_in)
def keep_address_at_sign_in(sender: type, user: Person, **_rest: Any) -> None:  # noqa: ARG001 -- Django passes it by name
    """Make sure the pages of the account, which only read, find the address."""
    keep_address(user)
