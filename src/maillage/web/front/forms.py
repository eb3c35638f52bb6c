"""What visitors fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

MESSAGE_LENGTH = 2000


class Looking(forms.Form):
    """What a visitor looks for; the view gives the trades of the directory."""

    q = forms.CharField(
        label=_("What are you looking for?"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "data-focus-search": ""}),
    )
    near = forms.CharField(label=_("Near which commune"), required=False, max_length=80)
    trade = forms.CharField(label=_("Trade"), required=False, widget=forms.Select)
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("near", _("Nearest first")), ("name", _("By name"))],
    )


class Message(forms.Form):
    """A message to a firm, whose address stays hidden.

    `website` is a trap: people do not see it, programs that fill everything in do.
    """

    name = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(
        label=_("Your e-mail address"), help_text=_("The firm answers you there.")
    )
    message = forms.CharField(
        label=_("Your message"), widget=forms.Textarea(attrs={"rows": 6}), max_length=MESSAGE_LENGTH
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)
