"""What is typed about hours."""

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.run.hours.declaring import Told
from maillage.run.hours.models import HourEntry
from maillage.web.ui.forms import TimeInput
from maillage.web.ui.shifts import clock_of, minutes_of


class TimesForm(forms.Form):
    """From when to when, and the break; an end before the beginning is that of the next day."""

    starts_at = forms.TimeField(label=_("From what time"), widget=TimeInput)
    ends_at = forms.TimeField(label=_("To what time"), widget=TimeInput)
    pause = forms.IntegerField(label=_("Unpaid break, in minutes"), min_value=0, initial=0)
    why = forms.CharField(label=_("Why"), max_length=200, required=False)

    @staticmethod
    def initial_of(entry: HourEntry) -> dict[str, object]:
        """Return what an entry says, to be corrected."""
        return {
            "starts_at": clock_of(entry.start_minute),
            "ends_at": clock_of(entry.end_minute),
            "pause": entry.break_minutes,
            "why": entry.why,
        }

    def told(self) -> Told:
        """Return the times that were typed."""
        typed = self.cleaned_data
        return Told(*minutes_of(typed["starts_at"], typed["ends_at"]), typed["pause"])


class SettleForm(TimesForm):
    """The times that hold after a dispute."""

    agreed = forms.BooleanField(
        label=_("The firm agrees with these times"),
        required=False,
        help_text=_("Otherwise it reads them again and confirms."),
    )
    pays_all = forms.BooleanField(
        label=_("The worker is paid as declared; the firm bears these times only"), required=False
    )


class AdjustForm(forms.Form):
    """Minutes more or fewer, once a month is closed."""

    presence = forms.IntegerField(label=_("Minutes paid to the worker, more or fewer"), initial=0)
    billed = forms.IntegerField(label=_("Minutes billed to the firm, more or fewer"), initial=0)
    why = forms.CharField(label=_("Why"), max_length=200)
