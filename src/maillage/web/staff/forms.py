"""Forms about workers and their contracts."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.checks import ContractWords
from maillage.run.employment.enums import ContractKind, Grade, NoWait, ShortHours
from maillage.run.employment.staff import WorkerWords
from maillage.run.employment.waiting import USUAL_DAYS
from maillage.web.staff.fields import FirmsField, HoursField, OccupationField, SkillsField
from maillage.web.ui.forms import ChoiceCards, DayInput

NONE = ("", "–")


class WorkerForm(forms.Form):
    """Who a worker is, how to reach them, where they live, what they can do."""

    name = forms.CharField(label=_("First name and name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    born_on = forms.DateField(label=_("Date of birth"), required=False, widget=DayInput)
    address = forms.CharField(label=_("Number and street"), max_length=200, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=5, required=False)
    commune = forms.CharField(
        label=_("Commune"),
        max_length=80,
        required=False,
        help_text=_("It says how far each firm is. No firm sees it."),
    )
    skills = SkillsField(required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, initial=settings.LANGUAGE_CODE
    )

    def words(self) -> WorkerWords:
        """Return what was typed."""
        return WorkerWords(**{key: self.cleaned_data[key] for key in WorkerForm.base_fields})


class ChangeWorkerForm(WorkerForm):
    """What is known of a worker is changed, from the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ContractForm(forms.Form):
    """What a contract says: everything that the law asks for."""

    kind = ChoiceCards(
        label=_("Kind of contract"),
        choices=ContractKind.choices,
        initial=ContractKind.PERMANENT,
        helps={
            ContractKind.PERMANENT.value: _("The usual one: without a last day."),
            ContractKind.FIXED_TERM.value: _("A reason and a last day, within 18 months."),
            ContractKind.SEASONAL.value: _("Work that comes back every year."),
            ContractKind.REPLACEMENT.value: _("Until somebody comes back."),
            ContractKind.APPRENTICE.value: _("Three firms at most."),
            ContractKind.SUBSIDISED.value: _("With a public aid, named below."),
        },
    )
    title = forms.CharField(label=_("Job title"), max_length=120)
    occupation = OccupationField(required=False)
    qualification = forms.CharField(label=_("Qualification"), max_length=120)
    grade = forms.ChoiceField(label=_("Level of the post"), choices=Grade.choices)
    starts_on = forms.DateField(label=_("First day"), widget=DayInput)
    ends_on = forms.DateField(label=_("Last day"), widget=DayInput, required=False)
    least_days = forms.IntegerField(
        label=_("Shortest length, when the last day is not known"),
        min_value=1,
        max_value=1000,
        required=False,
    )
    reason = forms.CharField(
        label=_("Why it is not permanent"),
        max_length=300,
        required=False,
        help_text=_("The reason, who is replaced, or the aid and until when."),
    )
    opens_on = forms.TypedMultipleChoiceField(
        label=_("Days on which the firm opens"),
        coerce=int,
        choices=[(number, capfirst(name)) for number, name in WEEKDAYS.items()],
        initial=USUAL_DAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A fixed term that follows another in the same post waits, in these days."),
    )
    no_wait = forms.ChoiceField(
        label=_("Why it follows another without waiting"),
        choices=[NONE, *NoWait.choices],
        required=False,
    )
    week_minutes = HoursField(label=_("Hours a week"), max_value=48)
    annual_minutes = HoursField(
        label=_("Hours a year, when they are counted over the year"), required=False
    )
    short_hours = forms.ChoiceField(
        label=_("Why it is under 24 hours"), choices=[NONE, *ShortHours.choices], required=False
    )
    rhythm = forms.CharField(label=_("Days and times"), max_length=300)
    hourly_pay = forms.DecimalField(
        label=_("Gross pay an hour"), min_value=0, max_digits=7, decimal_places=2
    )
    users = FirmsField(label=_("Firms where the worker may work"))
    places = forms.CharField(
        label=_("Places of work"), max_length=300, help_text=_("The communes, or the area.")
    )
    trial = forms.BooleanField(label=_("With a trial period"), required=False, initial=True)

    def __init__(self, *args: Any, firms: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["users"]
        assert isinstance(field, FirmsField)  # noqa: S101 -- for the types
        field.offer(firms)

    def words(self) -> ContractWords:
        """Return what was typed."""
        typed = {key: self.cleaned_data[key] for key in ContractForm.base_fields}
        typed["users"] = tuple(firm.pk for firm in typed["users"])
        typed["opens_on"] = tuple(typed["opens_on"]) or USUAL_DAYS
        return ContractWords(**typed)


def contract_values(words: ContractWords) -> dict[str, Any]:
    """Return what a contract says as its form shows it."""
    values = {key: getattr(words, key) for key in ContractForm.base_fields}
    rows = Organisation.objects.filter(pk__in=words.users)
    values["users"] = [str(one) for one in rows.values_list("public_id", flat=True)]
    return values


class DeclareForm(forms.Form):
    """On which day a hiring was declared."""

    day = forms.DateField(label=_("Declared on"), widget=DayInput, initial=localdate)


class TrialForm(forms.Form):
    """A trial period is renewed."""

    agreed_on = forms.DateField(
        label=_("Agreed in writing with the worker on"), widget=DayInput, initial=localdate
    )
    allowed_by = forms.CharField(
        label=_("Agreement of the branch that allows it, and its article"), max_length=200
    )


class OpinionForm(forms.Form):
    """What a firm says of a worker before the trial period ends."""

    in_favour = ChoiceCards(
        label=_("Would the firm go on with this worker?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
    )
    words = forms.CharField(
        label=_("In your words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("About the work only. The group reads it; other firms do not."),
    )
