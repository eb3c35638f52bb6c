"""What a worker fills in on a telephone."""

from datetime import datetime

from django import forms
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext_lazy as _

from maillage.run.employment.enums import AbsenceKind, LeaveKind
from maillage.run.employment.leaving import Wish
from maillage.web.ui.forms import ChoiceCards, DayInput, TimeInput


class AwayForm(forms.Form):
    """I cannot come."""

    day = forms.DateField(label=_("From which day?"), widget=DayInput, initial=localdate)
    time = forms.TimeField(
        label=_("From what time?"),
        widget=TimeInput,
        required=False,
        help_text=_("Empty: from the first slot of the day."),
    )
    expected_on = forms.DateField(
        label=_("Back on"),
        widget=DayInput,
        required=False,
        help_text=_("The first day you work again. You may not know yet."),
    )
    kind = ChoiceCards(
        label=_("Why?"),
        choices=AbsenceKind.choices,
        helps={AbsenceKind.SICKNESS: _("Never say what you suffer from: nobody asks.")},
    )

    def starts_at(self) -> datetime:
        """Return the beginning that was typed."""
        clock = self.cleaned_data["time"] or datetime.min.time()
        return datetime.combine(self.cleaned_data["day"], clock, get_current_timezone())


class LeaveForm(forms.Form):
    """I ask for leave."""

    kind = forms.ChoiceField(label=_("Kind of leave"), choices=LeaveKind.choices)
    starts_on = forms.DateField(label=_("First day"), widget=DayInput)
    ends_on = forms.DateField(label=_("Last day"), widget=DayInput)
    from_noon = forms.BooleanField(label=_("I work the first morning"), required=False)
    until_noon = forms.BooleanField(label=_("I work the last afternoon"), required=False)

    def wish(self) -> Wish:
        """Return what is asked for."""
        typed = self.cleaned_data
        return Wish(
            kind=LeaveKind(typed["kind"]),
            starts_on=typed["starts_on"],
            ends_on=typed["ends_on"],
            from_noon=typed["from_noon"],
            until_noon=typed["until_noon"],
        )


class OfferForm(forms.Form):
    """Yes or no to a slot."""

    answer = forms.ChoiceField(choices=(("yes", ""), ("no", "")))
    reason = forms.CharField(
        label=_("A word, if you like"),
        max_length=200,
        required=False,
        help_text=_("Only whoever plans reads it. You may leave it empty."),
    )
