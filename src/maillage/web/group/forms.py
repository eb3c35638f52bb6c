"""Forms of the area: the kind, the group, its managers, what it sent, what is done."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from maillage.foundation.organisations.agreements import read_agreement
from maillage.launch.shared_jobs.reports.periods import month_name
from maillage.run.group.enums import FilingAnswer, FilingKind, LegalForm
from maillage.run.group.kinds import Answers
from maillage.web.ui.forms import ChoiceCards, DayInput

YES_NO = [("yes", _("Yes")), ("no", _("No"))]


def _words(label: Any, longest: int = 200, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, **more)


def _text(label: Any, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=1000, widget=area, required=False, **more)


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, **more)


def _asked(label: Any, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=help_text, choices=YES_NO, widget=forms.RadioSelect, initial="no"
    )


class KindQuestions(forms.Form):
    """Five questions in plain words: the kind of group follows."""

    one_agreement = _asked(
        _("Do all your firms apply the same collective agreement?"),
        _("It is written on pay slips. Public bodies do not count."),
    )
    public_bodies = _asked(_("Will a town hall or another public body be a member?"))
    replaces = _asked(
        _("Is it nearly always to replace somebody who is away?"),
        _("Farmers, shopkeepers, liberal professions: eight hours in ten at least."),
    )
    own_members_only = _asked(
        _("Do you already have a cooperative or a health company, that would lend to its members?")
    )
    integrates = _asked(
        _("Do you lead people far from work to a qualification, with the GEIQ label?")
    )

    def answers(self) -> Answers:
        """Return what was answered."""
        return Answers(**{name: value == "yes" for name, value in self.cleaned_data.items()})


class GroupForm(forms.Form):
    """The group itself."""

    name = _words(_("Name of the group"), 160)
    legal_form = forms.ChoiceField(label=_("Legal form"), choices=LegalForm.choices)
    address = _words(_("Seat: number and street"), 200, required=False)
    postcode = forms.RegexField(r"^\d{5}$", label=_("Postcode"), required=False)
    commune = _words(_("Commune"), 80, required=False)
    created_on = _day(_("Created on"), help_text=_("The day of the founding meeting."))
    statutes_on = _day(_("Statutes signed on"), required=False)
    published_in = _words(
        _("Journal officiel, or number in the register"),
        120,
        required=False,
        help_text=_("As the receipt gives it."),
    )
    starts_on = _day(_("First worker lent on"), required=False)
    agreement = _words(
        _("Collective agreement of the group (IDCC)"),
        8,
        required=False,
        help_text=_("Left empty until the members choose it."),
    )
    planned_staff = _text(_("Workers planned"), help_text=_("How many, with which qualification."))
    guarantee = _text(_("How debts are guaranteed"), help_text=_("Asked with public bodies."))
    area = _words(_("Area served"), required=False, help_text=_("Asked for replacements."))
    exit_terms = _text(
        _("How a member leaves"), help_text=_("Notice and settlement, as your statutes say.")
    )
    year_end_month = forms.TypedChoiceField(
        label=_("Last month of the financial year"), coerce=int, initial=12
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["year_end_month"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 -- for the types
        field.choices = [(rank, month_name(rank - 1)) for rank in range(1, 13)]

    def clean_agreement(self) -> str:
        """Read the number of the agreement."""
        code, problem = read_agreement(self.cleaned_data["agreement"])
        if problem is not None:
            raise forms.ValidationError(_("An IDCC number has four digits at most, like 843."))
        return code


class ManagerForm(forms.Form):
    """A manager, as the authority asks."""

    name = _words(_("Name"), 120)
    function = _words(_("Function"), 80, help_text=_("Chair, treasurer, director…"))
    address = _words(
        _("Home address"), 300, help_text=_("Read by the animator and the board only.")
    )


class FilingForm(forms.Form):
    """What was sent."""

    kind = forms.ChoiceField(label=_("What was sent"), choices=FilingKind.choices)
    sent_on = _day(_("Sent on"), initial=localdate)
    registered_number = _words(_("Number of the registered letter"), 40)


class AnswerForm(forms.Form):
    """What the authority answered."""

    answer = ChoiceCards(
        label=_("What did it answer?"),
        choices=[one for one in FilingAnswer.choices if one[0]],
        helps={
            FilingAnswer.ACCEPTED: _("Or its month went by in silence, for a declaration."),
            FilingAnswer.OPPOSED: _("Or its month went by in silence, for an approval."),
        },
    )
    answered_on = _day(_("On"), initial=localdate)


class DoneForm(forms.Form):
    """A line of the clock is done."""

    on = _day(_("Done on"), initial=localdate)
    proof = _words(_("What shows it?"), 300, help_text=_("A number, a mail, minutes, a file…"))


class ReplacementForm(forms.Form):
    """The hours of a year, to see whether enough of them are replacements."""

    hours = forms.DecimalField(label=_("Hours worked in the year"), min_value=1, decimal_places=2)
    replacements = forms.DecimalField(
        label=_("Of which replacements"), min_value=0, decimal_places=2
    )
