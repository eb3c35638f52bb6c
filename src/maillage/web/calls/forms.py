"""What whoever plans fills in when the telephone rings."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext_lazy as _

from maillage.run.employment.enums import AbsenceKind
from maillage.web.ui.forms import DayInput, TimeInput
from maillage.web.ui.shifts import minutes_typed


def choose(form: forms.Form, name: str, rows: Iterable[tuple[Any, str]]) -> None:
    """Fill a field of choices, with an empty first line."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the types
    field.choices = [("", "—"), *((str(value), label) for value, label in rows)]


class AwayForm(forms.Form):
    """Somebody is away."""

    worker = forms.TypedChoiceField(label=_("Who is away?"), coerce=UUID)
    day = forms.DateField(label=_("From which day?"), widget=DayInput, initial=localdate)
    time = forms.TimeField(
        label=_("From what time?"),
        widget=TimeInput,
        required=False,
        help_text=_("Empty: from the first slot of the day."),
    )
    expected_on = forms.DateField(
        label=_("Expected back on"),
        widget=DayInput,
        required=False,
        help_text=_("The first day of work again. Empty: nobody knows; seven days are opened."),
    )
    kind = forms.ChoiceField(
        label=_("Why?"),
        choices=AbsenceKind.choices,
        help_text=_("Never what the person suffers from: no diagnosis is kept."),
    )

    def __init__(self, *args: Any, workers: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "worker", workers)

    def starts_at(self) -> datetime:
        """Return the beginning that was typed."""
        clock = self.cleaned_data["time"] or datetime.min.time()
        return datetime.combine(self.cleaned_data["day"], clock, get_current_timezone())


class HelpForm(forms.Form):
    """A firm telephones: it has too much work."""

    organisation = forms.TypedChoiceField(label=_("Which firm?"), coerce=UUID)
    day = forms.DateField(label=_("Which day?"), widget=DayInput, initial=localdate)
    hours = forms.CharField(
        label=_("At what time?"),
        max_length=40,
        help_text=_("From when to when: 6:30-12:30."),
    )
    what = forms.ChoiceField(label=_("To do what?"))

    def __init__(
        self,
        *args: Any,
        firms: Sequence[tuple[UUID, str]],
        occupations: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "organisation", firms)
        choose(self, "what", occupations)

    def clean_hours(self) -> tuple[int, int]:
        """Return the times typed, in minutes from midnight."""
        return minutes_typed(self.cleaned_data["hours"])


class GiveUpForm(forms.Form):
    """Nobody was found."""

    because = forms.CharField(
        label=_("Why was nobody found?"),
        max_length=300,
        help_text=_("The firm reads this sentence."),
    )


class LaterForm(forms.Form):
    """Somebody comes back later than expected."""

    expected_on = forms.DateField(label=_("Expected back on"), widget=DayInput)


class HandForm(forms.Form):
    """A firm helped another."""

    giver = forms.TypedChoiceField(label=_("Who helped?"), coerce=UUID)
    receiver = forms.TypedChoiceField(label=_("Who was helped?"), coerce=UUID)
    day = forms.DateField(label=_("Which day?"), widget=DayInput, initial=localdate)
    hours = forms.DecimalField(
        label=_("How many hours?"), min_value=0, max_digits=5, decimal_places=2
    )
    what = forms.CharField(label=_("What was done?"), max_length=200)

    def __init__(self, *args: Any, firms: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "giver", firms)
        choose(self, "receiver", firms)
