"""How allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.queries import is_new_installation
from maillage.web.account.wording import AGAIN, CHANGES


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are opened by invitation; the first person of an installation opens their own."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether somebody without an invitation may open an account."""
        return is_new_installation()

    def get_reauthentication_methods(self, user: Person) -> list[dict[str, Any]]:
        """Return the ways to prove once more who one is: the passkey, where there is one, first."""
        ways = super().get_reauthentication_methods(user)
        for way in ways:
            way["description"] = AGAIN[way["id"]]
        return sorted(ways, key=lambda way: list(AGAIN).index(way["id"]))

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Person,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell somebody what has changed in their account, in our words.

        Raises KeyError for a change that `CHANGES` does not know.
        """
        context = {**(context or {}), "change": CHANGES[template_prefix]}
        super().send_notification_mail("account/email/change", user, context, email)

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], **rest: Any
    ) -> Any:
        """Fill in the sentence of a change, in the language the mail is written in."""
        if change := context.get("change"):
            context = {**context, "sentence": change.sentence % context}
        return super().render_mail(template_prefix, email, context, **rest)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write to people in their language; to an address nobody has, in that of the page."""
        address = email.strip().lower()
        known = (
            Person.objects.filter(email=address).first()
            or Person.objects.filter(emailaddress__email__iexact=address).first()
        )
        with override(known.language if known else get_language()):
            super().send_mail(template_prefix, email, context)


class ProofAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Second proofs of identity, in words that people use."""

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:  # noqa: A002 -- allauth's name
        """Return how a new passkey is called until its owner says otherwise."""
        held = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)s") % {"number": held + 1} if held else _("My passkey")
