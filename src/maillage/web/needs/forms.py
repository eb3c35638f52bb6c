"""What people fill in about a need or an offer."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.dates import MONTHS, MONTHS_AP
from django.utils.translation import gettext_lazy as _

from maillage.foundation.visibility.enums import Level
from maillage.launch.needs.enums import BEGINNINGS, NeedKind, NeedState, Strength, Topic
from maillage.launch.needs.hours import MONTHS as YEAR
from maillage.launch.needs.hours import MOST, spread
from maillage.web.ui.forms import ChoiceCards

WEEK = MOST // 2  # hours


def level_cards() -> ChoiceCards:
    """Return the choice of who sees a need; a competitor never does."""
    return ChoiceCards(
        label=_("Who sees it?"),
        choices=[
            (Level.PRIVATE.value, _("You and the animator")),
            (Level.MATCHED.value, _("The firms you were introduced to")),
            (Level.NETWORK.value, _("All members")),
        ],
        helps={
            str(Level.PRIVATE.value): _("Nobody else reads it."),
            str(Level.MATCHED.value): _("Those with whom both of you said yes."),
            str(Level.NETWORK.value): _("Never your competitors."),
        },
        initial=Level.PRIVATE.value,
    )


def _hours(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=Decimal(0), max_value=Decimal(WEEK), required=False, localize=True
    )


class Statement(forms.Form):
    """What is needed or offered, when, how strongly."""

    kind = ChoiceCards(
        label=_("Is it a need or an offer?"), choices=NeedKind.choices, initial=NeedKind.NEED
    )
    topic = forms.ChoiceField(label=_("About"), choices=Topic.choices)
    title = forms.CharField(
        label=_("What?"),
        max_length=120,
        help_text=_("For staff, the occupation: seasonal baker, accountant…"),
    )
    months = forms.MultipleChoiceField(
        label=_("In which months?"),
        choices=[(str(month), name) for month, name in MONTHS_AP.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only when hours of work are meant."),
    )
    hours = _hours(_("How many hours a week in these months?"))
    strength = ChoiceCards(
        label=_("How strong is it?"), choices=Strength.choices, initial=Strength.USEFUL
    )

    def clean(self) -> dict[str, Any]:
        """Put months and hours together: one without the other says nothing."""
        typed = super().clean() or {}
        months, hours = typed.get("months"), typed.get("hours")
        if "months" in self.fields and "hours" not in self.errors:
            if months and not hours:
                self.add_error("hours", _("Say how many hours a week in these months."))
            if hours and not months:
                self.add_error("months", _("Tick the months in which these hours are meant."))
            typed["half_hours"] = spread(hours, map(int, months)) if months and hours else []
        return typed


class MyStatement(Statement):
    """A firm states a need or an offer of its own."""

    level = level_cards()


class Detailed(forms.Form):
    """What makes a need precise: the words, and for whom it is stated."""

    detail = forms.CharField(
        label=_("In more words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    occupation = forms.RegexField(
        label=_("ROME code of the occupation"),
        regex=r"^[A-Z]\d{4}$",
        required=False,
        error_messages={"invalid": _("A ROME code is a letter and four digits, like D1102.")},
    )
    territory = forms.ChoiceField(label=_("Territory"), required=False)
    sector = forms.CharField(label=_("Sector"), max_length=80, required=False)
    job_category = forms.CharField(label=_("Job category"), max_length=80, required=False)
    public = forms.CharField(
        label=_("For whom"), max_length=80, required=False, help_text=_("Young people, seniors…")
    )

    def set_territories(self, territories: Sequence[tuple[str, str]]) -> None:
        """Offer the territories of the register."""
        field = self.fields["territory"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the types
        field.choices = [("", _("None in particular")), *territories]


class NewNeed(Statement, Detailed):
    """The animator writes down what a firm needs or offers."""

    firm = forms.CharField(label=_("Firm"), max_length=160, help_text=_("Its name."))
    state = ChoiceCards(
        label=_("How far is it?"),
        choices=[(state.value, state.label) for state in BEGINNINGS],
        helps={
            NeedState.FELT.value: _("The firm feels that something is missing."),
            NeedState.CHARACTERISED.value: _("It says what, how much and when."),
            NeedState.EXPRESSED.value: _("It asks for it."),
        },
        initial=NeedState.FELT,
    )
    field_order = ("firm", "kind", "topic", "title", "months", "hours", "strength", "state")


class ByMonth(forms.Form):
    """Hours a week, month by month."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for month, name in MONTHS.items():
            self.fields[f"hours_{month}"] = _hours(name)

    def by_month(self) -> list[forms.BoundField]:
        """Return the twelve fields."""
        return [self[f"hours_{month}"] for month in range(1, YEAR + 1)]

    def half_hours(self) -> tuple[int, ...]:
        """Return what was typed, in half-hours; nothing when no month has hours."""
        typed = [self.cleaned_data[f"hours_{month}"] or 0 for month in range(1, YEAR + 1)]
        halves = tuple(round(hours * 2) for hours in typed)
        return halves if any(halves) else ()


class Change(ByMonth, Detailed):
    """What a need says is changed, from the version that was read."""

    topic = forms.ChoiceField(label=_("About"), choices=Topic.choices)
    title = forms.CharField(label=_("What?"), max_length=120)
    occupation_label = forms.CharField(label=_("Occupation"), max_length=120, required=False)
    strength = ChoiceCards(label=_("How strong is it?"), choices=Strength.choices)
    version = forms.IntegerField(widget=forms.HiddenInput)


class Move(forms.Form):
    """A need goes to another state."""

    to = ChoiceCards(label=_("It is now"))
    reason = forms.CharField(
        label=_("Why"),
        max_length=200,
        required=False,
        help_text=_("To be said for a step back, or when it is dropped."),
    )

    def __init__(self, *args: Any, to: Sequence[NeedState], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the types
        field.choices = [(state.value, state.label) for state in to]
        field.initial = to[0].value


class WhoSees(forms.Form):
    """Who sees a need."""

    level = level_cards()


class Withdrawal(forms.Form):
    """A firm withdraws a need or an offer."""

    reason = forms.CharField(
        label=_("Why, in a few words"),
        max_length=200,
        help_text=_("Found elsewhere, no longer needed… Only the animator reads it."),
    )
