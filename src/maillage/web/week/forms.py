"""What a firm fills in: help in three fields, a hand lent in one line."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from maillage.web.ui.forms import ChoiceCards, DayInput
from maillage.web.ui.shifts import minutes_typed


class HelpForm(forms.Form):
    """When, at what time, to do what."""

    day = forms.DateField(label=_("Which day?"), widget=DayInput, initial=localdate)
    hours = forms.CharField(
        label=_("At what time?"),
        max_length=40,
        widget=forms.TextInput(attrs={"list": "usual-hours", "autocomplete": "off"}),
        help_text=_("From when to when: 6:30-12:30."),
    )
    what = forms.ChoiceField(label=_("To do what?"))

    def __init__(self, *args: Any, occupations: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the types
        field.choices = list(occupations)

    def clean_hours(self) -> tuple[int, int]:
        """Return the times typed, in minutes from midnight."""
        return minutes_typed(self.cleaned_data["hours"])


class HandForm(forms.Form):
    """Who helped whom, when, what."""

    way = ChoiceCards(
        label=_("What happened?"),
        choices=(("gave", _("We helped another firm")), ("got", _("Another firm helped us"))),
    )
    other = forms.TypedChoiceField(label=_("Which firm?"), coerce=UUID)
    day = forms.DateField(label=_("Which day?"), widget=DayInput, initial=localdate)
    hours = forms.DecimalField(
        label=_("How many hours?"), min_value=0, max_digits=5, decimal_places=2
    )
    what = forms.CharField(label=_("What was done?"), max_length=200)

    def __init__(self, *args: Any, firms: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["other"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the types
        field.choices = [("", "—"), *((str(value), label) for value, label in firms)]
