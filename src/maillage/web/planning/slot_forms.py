"""What people type about what firms need: a slot, times or a half-day, days of closure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from typing import Any, Final

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.foundation.networks.models import Network
from maillage.foundation.networks.queries import members_on
from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.models import WorkerSkill
from maillage.run.planning.models import Slot, SlotSeries
from maillage.run.planning.slots import HALF_DAYS, Asked
from maillage.web.planning.weeks import times
from maillage.web.ui.forms import DayInput, TimeInput
from maillage.web.ui.shifts import clock_of

HOUR: Final = 60
TIMES: Final = "times"


class Firm(forms.Form):
    """A member firm."""

    organisation = forms.ChoiceField(label=gettext_lazy("Firm"))

    def __init__(self, network: Network, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = members_on(network, localdate()).select_related("membership__organisation")
        self.firms = {
            str(row.membership.organisation.public_id): row.membership.organisation
            for row in members.order_by("membership__organisation__folded_name")
        }
        field = self.fields["organisation"]
        field.choices = [(key, firm.name) for key, firm in self.firms.items()]  # type: ignore[attr-defined]

    @property
    def firm(self) -> Organisation:
        """The firm that was chosen."""
        return self.firms[self.cleaned_data["organisation"]]


class Needed(Firm):
    """What a firm needs: an occupation that somebody of the group has, times, people."""

    occupation = forms.ChoiceField(label=gettext_lazy("Occupation"))
    part = forms.ChoiceField(label=gettext_lazy("When in the day"), required=False)
    starts_at = forms.TimeField(
        label=gettext_lazy("From what time"), widget=TimeInput, initial=time(8), required=False
    )
    ends_at = forms.TimeField(
        label=gettext_lazy("To what time"), widget=TimeInput, initial=time(12), required=False
    )
    people = forms.IntegerField(
        label=gettext_lazy("How many people"), min_value=1, max_value=50, initial=1
    )
    importance = forms.IntegerField(
        label=gettext_lazy("How important"),
        min_value=1,
        max_value=5,
        initial=3,
        help_text=gettext_lazy("From 1, it can wait, to 5, the firm stops without it."),
    )

    def __init__(self, network: Network, *args: Any, **kwargs: Any) -> None:
        super().__init__(network, *args, **kwargs)
        rows = WorkerSkill.objects.filter(worker__network=network).order_by("occupation_label")
        self.labels = dict(rows.values_list("occupation", "occupation_label"))
        field = self.fields["occupation"]
        field.choices = list(self.labels.items())  # type: ignore[attr-defined]
        halves = {
            "morning": _("The morning, %(times)s"),
            "afternoon": _("The afternoon, %(times)s"),
        }
        self.fields["part"].choices = [  # type: ignore[attr-defined]
            (TIMES, _("The times below")),
            *((key, halves[key] % {"times": times(*span)}) for key, span in HALF_DAYS.items()),
        ]

    def clean(self) -> dict[str, Any]:
        """Take the times of a half-day where one is chosen, else those typed."""
        data = super().clean() or {}
        half = HALF_DAYS.get(data.get("part", ""))
        if half is not None:
            data["starts_at"], data["ends_at"] = map(clock_of, half)
            return data
        for name in ("starts_at", "ends_at"):
            if data.get(name) is None and name not in self.errors:
                self.add_error(name, _("Give the time, or choose a half-day."))
        return data

    @property
    def asked(self) -> Asked:
        """What was typed, for the plan."""
        data = self.cleaned_data
        start, end = data["starts_at"], data["ends_at"]
        return Asked(
            organisation=self.firm,
            occupation=data["occupation"],
            occupation_label=self.labels[data["occupation"]],
            start_minute=start.hour * 60 + start.minute,
            end_minute=end.hour * 60 + end.minute,
            people=data["people"],
            importance=data["importance"],
        )


class Weekly(Needed):
    """A slot that comes back."""

    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days"),
        coerce=int,
        choices=[(number, name.capitalize()) for number, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    every = forms.IntegerField(
        label=gettext_lazy("Every how many weeks"), min_value=1, max_value=8, initial=1
    )
    starts_on = forms.DateField(label=gettext_lazy("Since"), widget=DayInput)
    ends_on = forms.DateField(label=gettext_lazy("Last day"), widget=DayInput, required=False)
    field_order = (
        "organisation", "occupation", "weekdays", "part", "starts_at", "ends_at", "people",
        "importance", "every", "starts_on", "ends_on",
    )  # fmt: skip


class OneDay(Needed):
    """A slot of one day."""

    day = forms.DateField(label=gettext_lazy("Day"), widget=DayInput)
    field_order = ("organisation", "occupation", "day", "part", "starts_at", "ends_at")


class Closed(Firm):
    """Days on which a firm takes nobody."""

    starts_on = forms.DateField(label=gettext_lazy("First day"), widget=DayInput)
    ends_on = forms.DateField(label=gettext_lazy("Last day"), widget=DayInput)
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=120, required=False)


class Reshaped(Needed):
    """Another shape for a slot: its firm stays."""

    def __init__(self, network: Network, row: Slot | SlotSeries, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {**shape_of(row), **(kwargs.get("initial") or {})}
        super().__init__(network, *args, **kwargs)
        self.row = row
        del self.fields["organisation"]
        self.labels.setdefault(row.occupation, row.occupation_label)
        self.fields["occupation"].choices = list(self.labels.items())  # type: ignore[attr-defined]

    level = forms.IntegerField(
        label=gettext_lazy("Level of skill"), min_value=1, max_value=5, initial=1
    )

    @property
    def firm(self) -> Organisation:
        """The firm of the slot."""
        return self.row.organisation

    @property
    def asked(self) -> Asked:
        """What was typed, for the plan; an unpaid break stays as it was."""
        return replace(
            super().asked, level=self.cleaned_data["level"], break_minutes=self.row.break_minutes
        )


class ReshapedSeries(Reshaped):
    """Another shape for a slot that comes back, from a day on."""

    since = forms.DateField(label=gettext_lazy("From which day on"), widget=DayInput)
    ends_on = forms.DateField(label=gettext_lazy("Last day"), widget=DayInput, required=False)
    field_order = ("since", "occupation", "part", "starts_at", "ends_at")


def shape_of(row: Slot | SlotSeries) -> Mapping[str, object]:
    """Return what a form shows of a slot as it is."""
    return {
        "occupation": row.occupation,
        "level": row.level,
        "part": TIMES,
        "starts_at": clock_of(row.start_minute),
        "ends_at": clock_of(row.end_minute),
        "people": row.people,
        "importance": row.importance,
    }
