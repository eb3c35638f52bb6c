"""Forms of the area."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate, localtime, make_aware, now
from django.utils.translation import gettext_lazy as _

from maillage.foundation.notify.enums import ContactChannel
from maillage.foundation.notify.pressure import Ceiling
from maillage.foundation.notify.queries import HAND_LOGGED
from maillage.web.ui.forms import ChoiceCards, DayInput, TimeInput

MOST_CONTACTS = 60
MOST_DAYS = 366


class SearchForm(forms.Form):
    """The firm one looks for."""

    q = forms.CharField(
        label=_("Name of the firm"),
        max_length=160,
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "data-focus-search": ""}
        ),
    )


class RecordForm(forms.Form):
    """A letter, a call or a visit that took place."""

    channel = forms.ChoiceField(
        label=_("How"),
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in HAND_LOGGED],
        initial=ContactChannel.CALL,
    )
    subject = forms.CharField(label=_("About what"), max_length=200)
    day = forms.DateField(label=_("Day"), widget=DayInput, initial=localdate)
    hour = forms.TimeField(label=_("Time"), required=False, widget=TimeInput)
    asked = forms.BooleanField(
        label=_("The firm asked for it"),
        required=False,
        help_text=_("Then it does not count towards what the firm accepts."),
    )

    def __init__(self, *args: Any, one_too_many: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if one_too_many:
            self.fields["happened"] = forms.BooleanField(
                label=_("It has already taken place: write it down all the same"),
                error_messages={
                    "required": _(
                        "Tick this only when the contact has taken place; otherwise wait, "
                        "or ask who leads."
                    )
                },
            )

    def moment(self) -> datetime:
        """Return when it took place: at noon, or now when noon is still to come, without a time."""
        day, hour = self.cleaned_data["day"], self.cleaned_data["hour"]
        if hour is None and day == localdate():
            return min(now(), make_aware(datetime.combine(day, time(12))))
        return make_aware(datetime.combine(day, hour or time(12)))

    def clean_day(self) -> Any:
        """Refuse a day still to come."""
        day = self.cleaned_data["day"]
        if day > localtime().date():
            raise ValidationError(
                _("Log a contact once it has taken place: this day is still to come.")
            )
        return day


class WriteForm(forms.Form):
    """A mail to a firm."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    text = forms.CharField(
        label=_("Message"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Your name and your network are added below."),
    )


class PolicyForm(forms.Form):
    """How often a firm may be contacted, and who leads."""

    mode = ChoiceCards(
        label=_("How often may it be contacted?"),
        choices=[
            ("usual", _("As often as the network usually does")),
            ("chosen", _("A limit of its own")),
        ],
    )
    contacts = forms.IntegerField(
        label=_("Contacts at most"),
        required=False,
        min_value=0,
        max_value=MOST_CONTACTS,
        help_text=_("0 = never."),
    )
    days = forms.IntegerField(
        label=_("In how many days"), required=False, min_value=1, max_value=MOST_DAYS
    )
    lead = forms.ChoiceField(label=_("Who leads the contact"), required=False)

    def __init__(self, *args: Any, leaders: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lead = self.fields["lead"]
        if isinstance(lead, forms.ChoiceField):
            lead.choices = [("", _("Nobody")), *leaders]

    def clean(self) -> dict[str, Any]:
        """Ask for both numbers when a limit is chosen."""
        cleaned = self.cleaned_data
        if cleaned.get("mode") == "chosen":
            for name in ("contacts", "days"):
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Give a number."))
        return cleaned

    def ceiling(self) -> Ceiling | None:
        """Return the ceiling that was chosen, None for the usual one."""
        if self.cleaned_data["mode"] == "usual":
            return None
        return Ceiling(self.cleaned_data["contacts"], self.cleaned_data["days"])


class QuietForm(forms.Form):
    """Days in which a firm wants to be left alone."""

    starts_on = forms.DateField(label=_("First day"), widget=DayInput, initial=localdate)
    ends_on = forms.DateField(label=_("Last day"), widget=DayInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=120,
        required=False,
        help_text=_("Those who want to contact the firm read it."),
    )
