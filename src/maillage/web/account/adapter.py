"""How allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language, override

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.queries import is_new_installation


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are opened by invitation; the first person of an installation opens their own."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether somebody without an invitation may open an account."""
        return is_new_installation()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write to people in their language; to an address nobody has, in that of the page."""
        address = email.strip().lower()
        known = (
            Person.objects.filter(email=address).first()
            or Person.objects.filter(emailaddress__email__iexact=address).first()
        )
        with override(known.language if known else get_language()):
            super().send_mail(template_prefix, email, context)
