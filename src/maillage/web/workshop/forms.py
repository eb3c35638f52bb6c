"""What people choose in the workshop."""

from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from maillage.launch.needs.hours import MONTHS as YEAR
from maillage.launch.needs.hours import MOST
from maillage.launch.shared_jobs.composing import Wanted
from maillage.launch.shared_jobs.enums import ShareAnswer
from maillage.launch.shared_jobs.models import Composition
from maillage.web.ui.forms import ChoiceCards, DayInput

METRES: Final = 1000
NEAREST, FARTHEST = 5, 100  # kilometres
FEWEST, MOST_EMPLOYERS = 2, 6


class Slider(forms.NumberInput):
    """A bar to slide, with its number beside; the number alone serves without scripts."""

    input_type = "range"


def _slider(label: Any, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        widget=Slider(attrs={"class": "form-range"}),
    )


class Settings(forms.Form):
    """The rules of a search."""

    distance = _slider(_("Distance at most"), NEAREST, FARTHEST)
    employers = _slider(_("Employers of one job at most"), FEWEST, MOST_EMPLOYERS)
    contract = ChoiceCards(
        label=_("Contract"),
        choices=[
            ("annual", _("Permanent, hours over the year")),
            ("strict", _("Permanent, regular weeks")),
            ("part-time", _("Permanent, part-time")),
        ],
        helps={
            "annual": _("21 to 44 h a week by month, 32 to 36 h on average"),
            "strict": _("30 to 39 h a week, every month"),
            "part-time": _("14 to 40 h a week by month, 24 to 32 h on average"),
        },
    )
    related = forms.BooleanField(label=_("Accept related occupations"), required=False)
    keep_apart = forms.BooleanField(
        label=_("Keep apart the firms of jobs set aside"), required=False
    )
    seconds = forms.TypedChoiceField(
        label=_("Search for at most"),
        coerce=int,
        choices=[(30, _("30 seconds")), (120, _("2 minutes")), (600, _("10 minutes"))],
    )

    def wanted(self) -> Wanted:
        """Return the rules as the room takes them."""
        typed = self.cleaned_data
        return Wanted(
            contract=typed["contract"],
            max_distance_metres=typed["distance"] * METRES,
            max_employers=typed["employers"],
            related=typed["related"],
            seconds=typed["seconds"],
            keep_apart=typed["keep_apart"],
        )


def settings_of(composition: Composition | None) -> dict[str, Any]:
    """Return what the form shows first: the rules of the last search, else the usual ones."""
    wanted = Wanted()
    if composition is None:
        return {
            "distance": wanted.max_distance_metres // METRES,
            "employers": wanted.max_employers,
            "contract": wanted.contract,
            "related": wanted.related,
            "keep_apart": wanted.keep_apart,
            "seconds": wanted.seconds,
        }
    return {
        "distance": composition.max_distance_metres // METRES,
        "employers": composition.max_employers,
        "contract": composition.contract,
        "related": composition.related,
        "keep_apart": wanted.keep_apart,
        "seconds": composition.seconds_allowed,
    }


class Proposing(forms.Form):
    """A job goes to its firms."""

    answer_by = forms.DateField(label=_("Answer by"), widget=DayInput)
    write = forms.BooleanField(
        label=_("Write to the firms by mail now"),
        required=False,
        help_text=_("Each reads the proposal on its own pages in any case."),
    )


class GivingUp(forms.Form):
    """A proposal is given up."""

    because = forms.CharField(
        label=_("Why, in a few words"),
        max_length=200,
        help_text=_("Only you read it: the firms read that the proposal is given up."),
    )


class Reply(forms.Form):
    """What a firm answers to a proposal; hours only when it wants others."""

    answer = ChoiceCards(
        label=_("Your answer"),
        choices=[
            (ShareAnswer.CONFIRMED.value, _("Yes, with these hours")),
            (ShareAnswer.ADJUSTED.value, _("Yes, with other hours")),
            (ShareAnswer.REFUSED.value, _("No")),
        ],
    )
    reason = forms.CharField(
        label=_("If it is no, why"),
        max_length=200,
        required=False,
        help_text=_("Only the animator reads it."),
    )

    def __init__(self, *args: Any, half_hours: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for month, name in MONTHS.items():
            self.fields[f"hours_{month}"] = forms.DecimalField(
                label=name,
                min_value=Decimal(0),
                max_value=Decimal(MOST // 2),
                required=False,
                localize=True,
                initial=Decimal(half_hours[month - 1]) / 2,
            )

    def by_month(self) -> list[forms.BoundField]:
        """Return the twelve fields of hours."""
        return [self[f"hours_{month}"] for month in range(1, YEAR + 1)]

    def adjusted(self) -> list[int]:
        """Return the hours typed, in half-hours."""
        typed = [self.cleaned_data[f"hours_{month}"] or 0 for month in range(1, YEAR + 1)]
        return [round(hours * 2) for hours in typed]
