"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from maillage.foundation.accounts.models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are opened by invitation; the first person of an installation opens their own."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether somebody without an invitation may open an account."""
        return not Person.objects.exists()
