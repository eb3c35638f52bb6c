"""What a worker fills in on a telephone."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext_lazy as _

from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.enums import AbsenceKind, LeaveKind
from maillage.run.employment.leaving import Wish
from maillage.run.hours.declaring import Told
from maillage.run.hours.enums import ExpenseKind
from maillage.run.hours.expenses import Spent
from maillage.run.hours.models import HourEntry
from maillage.web.ui.forms import ChoiceCards, DayInput, TimeInput
from maillage.web.ui.shifts import clock_of, minutes_of


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


class HoursForm(forms.Form):
    """What was worked, when it was not as planned."""

    starts_at = forms.TimeField(label=_("From what time"), widget=TimeInput)
    ends_at = forms.TimeField(label=_("To what time"), widget=TimeInput)
    pause = forms.IntegerField(label=_("Unpaid break, in minutes"), min_value=0, initial=0)
    not_worked = forms.BooleanField(label=_("I did not work these hours"), required=False)
    why = forms.CharField(label=_("Why, in a few words"), max_length=200)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)

    @staticmethod
    def initial_of(entry: HourEntry) -> dict[str, object]:
        """Return what is written down, to be corrected."""
        return {
            "starts_at": clock_of(entry.start_minute),
            "ends_at": clock_of(entry.end_minute),
            "pause": entry.break_minutes,
            "why": entry.why,
            "key": uuid4(),
        }

    def told(self) -> Told:
        """Return the times that were typed; an end before the beginning is the next day's."""
        return told_of(self.cleaned_data)


class OtherHoursForm(forms.Form):
    """Hours that nobody had planned."""

    organisation = forms.ChoiceField(label=_("In which firm"))
    day = forms.DateField(label=_("Which day"), widget=DayInput, initial=localdate)
    starts_at = forms.TimeField(label=_("From what time"), widget=TimeInput)
    ends_at = forms.TimeField(label=_("To what time"), widget=TimeInput)
    pause = forms.IntegerField(label=_("Unpaid break, in minutes"), min_value=0, initial=0)
    why = forms.CharField(label=_("Why, in a few words"), max_length=200)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, firms: Sequence[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.firms = {str(firm.public_id): firm for firm in firms}
        self.fields["organisation"].choices = _named(firms)  # type: ignore[attr-defined]

    @property
    def firm(self) -> Organisation:
        """The firm that was chosen."""
        return self.firms[self.cleaned_data["organisation"]]

    def told(self) -> Told:
        """Return the times that were typed; an end before the beginning is the next day's."""
        return told_of(self.cleaned_data)


class ExpenseForm(forms.Form):
    """What was spent, and for which firms."""

    kind = ChoiceCards(label=_("What is it?"), choices=ExpenseKind.choices)
    day = forms.DateField(label=_("Which day"), widget=DayInput, initial=localdate)
    kilometres = forms.DecimalField(
        label=_("Kilometres"), required=False, min_value=0, decimal_places=1, max_digits=6
    )
    amount = forms.DecimalField(
        label=_("Amount, in euros"), required=False, min_value=0, decimal_places=2, max_digits=8
    )
    label = forms.CharField(label=_("What for"), max_length=120, required=False)
    receipt = forms.FileField(
        label=_("Picture of the receipt"),
        required=False,
        help_text=_("A JPEG or PNG picture, or a PDF, of 5 MB at most."),
    )
    firms = forms.MultipleChoiceField(
        label=_("For which firms"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Several share it evenly."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, firms: Sequence[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(firm.public_id): firm for firm in firms}
        self.fields["firms"].choices = _named(firms)  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[Organisation]:
        """The firms that were chosen."""
        return [self.known[key] for key in self.cleaned_data["firms"]]

    def spent(self) -> Spent:
        """Return what was typed."""
        typed = self.cleaned_data
        receipt = typed["receipt"]
        return Spent(
            kind=ExpenseKind(typed["kind"]),
            day=typed["day"],
            label=typed["label"],
            amount=typed["amount"],
            kilometres=typed["kilometres"],
            receipt=receipt.read() if receipt else b"",
        )


def told_of(typed: Mapping[str, Any]) -> Told:
    """Return the times of a form; an end before the beginning is that of the next day."""
    return Told(*minutes_of(typed["starts_at"], typed["ends_at"]), typed["pause"])


def _named(firms: Sequence[Organisation]) -> list[tuple[str, str]]:
    return [(str(firm.public_id), firm.name) for firm in firms]
