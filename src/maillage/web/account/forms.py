"""What people fill in about themselves."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from maillage.foundation.accounts.models import Person
from maillage.foundation.notify.enums import DigestFrequency
from maillage.foundation.organisations.checking import read_phone
from maillage.foundation.organisations.problems import SENTENCES


class AboutMe(forms.Form):
    """How I am called, reached and spoken to."""

    name = forms.CharField(label=_("Name"), max_length=120)
    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def clean_phone(self) -> str:
        """Write a telephone number as it is kept; refuse what cannot be one."""
        typed = " ".join(self.cleaned_data["phone"].split())
        read = read_phone(typed) if typed else ""
        if read is None:
            raise forms.ValidationError(str(SENTENCES["phone_format"]) % {"value": typed})
        return read


class Summaries(forms.Form):
    """How often I am told by mail what is new."""

    frequency = forms.ChoiceField(label=_("Summary by e-mail"), choices=DigestFrequency)


class NewAccount(forms.Form):
    """Somebody who was invited completes an account; a code by e-mail replaces a password."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    password = forms.CharField(
        label=_("Choose a password"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_(
            "Ten characters or more; three words you will remember do well. Without a password, we"
            " send you a code each time."
        ),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"name": person.name})
        super().__init__(*args, **kwargs)
        self.email = person.email

    def clean_password(self) -> str:
        """Refuse a password that is easily guessed."""
        password: str = self.cleaned_data["password"]
        if not password:
            return ""
        person = Person(email=self.email, name=self.cleaned_data.get("name", ""))
        try:
            validate_password(password, person)
        except ValidationError as error:
            raise forms.ValidationError(list(error.messages)) from None
        return password


class NewPasskey(AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Somebody adds a passkey: how they will know it again, and what it replaces."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["name"]
        name.label = _("Name of this passkey")
        name.help_text = _("To know it again: “my telephone”, “computer of the workshop”.")
        alone = self.fields["passwordless"]
        alone.label = _("It is enough to sign in, without a password")
        alone.help_text = _(
            "The telephone or the key must then ask for a finger, a face or a code."
        )
        alone.initial = True


class PasskeyName(EditWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Somebody calls a passkey otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this passkey")
