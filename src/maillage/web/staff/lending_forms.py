"""Forms about lending agreements, amendments, departures."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from maillage.foundation.organisations.models import Organisation, Site
from maillage.run.employment.enums import EndReason
from maillage.run.employment.law import BY_AGREEMENT
from maillage.run.employment.lending import LendingWords
from maillage.run.employment.models import LendingAgreement
from maillage.web.staff.fields import FirmField, HoursField, OccupationField
from maillage.web.ui.forms import ChoiceCards, DayInput

USUAL_NOTICE = 90


class LendingForm(forms.Form):
    """A worker is lent to a firm: where, for what, how much, at which price."""

    organisation = FirmField(label=_("Firm"))
    site = forms.ChoiceField(
        label=_("Site"), required=False, help_text=_("Its main site when nothing is chosen.")
    )
    post = forms.CharField(label=_("Post"), max_length=120)
    occupation = OccupationField()
    starts_on = forms.DateField(label=_("From"), widget=DayInput)
    ends_on = forms.DateField(label=_("Last day"), widget=DayInput, required=False)
    week_minutes = HoursField(label=_("Hours a week that the firm commits to"), max_value=48)
    rhythm = forms.CharField(label=_("Days and times"), max_length=300)
    cost_terms = forms.CharField(label=_("Price and how it changes"), max_length=500)
    notice_days = forms.IntegerField(
        label=_("Days of notice"), min_value=0, max_value=365, initial=USUAL_NOTICE
    )

    def __init__(self, *args: Any, firms: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, FirmField)  # noqa: S101 -- for the types
        field.offer(firms)
        rows = Site.objects.filter(organisation__in=firms, closed_on=None)
        self.sites = {str(site.public_id): site for site in rows.select_related("organisation")}
        choice = self.fields["site"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 -- for the types
        choice.choices = [("", "–"), *((key, _named(site)) for key, site in self.sites.items())]

    def words(self) -> LendingWords:
        """Return what was typed."""
        typed = {key: self.cleaned_data[key] for key in LendingForm.base_fields}
        typed["site"] = self.sites.get(typed["site"])
        return LendingWords(**typed)


def _named(site: Site) -> str:
    name = f"{site.name}, {site.commune}" if site.name else site.commune
    return f"{site.organisation.name}, {name}"


def lending_values(lending: LendingAgreement) -> dict[str, Any]:
    """Return what an agreement says as its form shows it."""
    values: dict[str, Any] = {key: getattr(lending, key) for key in LendingForm.base_fields}
    values["organisation"] = str(lending.organisation.public_id)
    values["site"] = str(lending.site.public_id) if lending.site is not None else ""
    return values


class NoticeForm(forms.Form):
    """A firm gave notice."""

    given_on = forms.DateField(label=_("Notice given on"), widget=DayInput, initial=localdate)


class EndLendingForm(forms.Form):
    """A lending agreement ends."""

    ended_on = forms.DateField(label=_("Last day"), widget=DayInput)
    reason = forms.CharField(label=_("Why"), max_length=200)


class HoursForm(forms.Form):
    """Other hours, for a time."""

    starts_on = forms.DateField(label=_("From"), widget=DayInput)
    ends_on = forms.DateField(label=_("Last day"), widget=DayInput)
    week_minutes = HoursField(label=_("Hours a week"), max_value=48)
    reason = forms.CharField(label=_("Why"), max_length=200)
    allowed_by = forms.CharField(
        label=_("Agreement of the branch that allows it, and its article"), max_length=200
    )
    replaces = forms.CharField(
        label=_("Who is away, if it makes up for somebody"),
        max_length=120,
        required=False,
        help_text=_("It then does not count among the changes of the year."),
    )


class RenewForm(forms.Form):
    """A contract that was to end goes on."""

    ends_on = forms.DateField(label=_("New last day"), widget=DayInput)
    reason = forms.CharField(label=_("Why"), max_length=300)


class UsersForm(forms.Form):
    """A firm enters or leaves the list of a contract."""

    firm = FirmField(label=_("Firm"))
    joins = ChoiceCards(
        label=_("What changes"),
        choices=[("yes", _("The firm joins the list")), ("no", _("The firm leaves the list"))],
        initial="yes",
    )
    takes_effect_on = forms.DateField(label=_("From"), widget=DayInput)

    def __init__(self, *args: Any, firms: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["firm"]
        assert isinstance(field, FirmField)  # noqa: S101 -- for the types
        field.offer(firms)


class EndForm(forms.Form):
    """A contract ends."""

    ended_on = forms.DateField(label=_("Last day"), widget=DayInput)
    reason = forms.ChoiceField(label=_("How it ends"), choices=EndReason.choices)
    hired_by = FirmField(
        label=_("Member that hires the worker"),
        required=False,
        help_text=_("It is a success of the group and of this firm, and counted so."),
    )
    replace = forms.BooleanField(
        label=_("Open the search for a replacement"), required=False, initial=True
    )

    def __init__(self, *args: Any, firms: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["hired_by"]
        assert isinstance(field, FirmField)  # noqa: S101 -- for the types
        field.offer(firms)


class LeavingForm(forms.Form):
    """A firm leaves the group on a day."""

    firm = FirmField(label=_("Firm"))
    day = forms.DateField(label=_("Last day in the group"), widget=DayInput)

    def __init__(self, *args: Any, firms: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["firm"]
        assert isinstance(field, FirmField)  # noqa: S101 -- for the types
        field.offer(firms)


class LeavesForm(forms.Form):
    """The departure of a firm is kept."""

    day = forms.DateField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why it leaves"), max_length=200)


class FigureForm(forms.Form):
    """A collective agreement sets another figure."""

    rule = forms.ChoiceField(label=_("Rule"), choices=list(BY_AGREEMENT.items()))
    value = forms.IntegerField(label=_("Figure"), min_value=0, max_value=200_000)
    reference = forms.CharField(label=_("Agreement and article"), max_length=200)
    starts_on = forms.DateField(label=_("From"), widget=DayInput, initial=localdate)
    ends_on = forms.DateField(label=_("Last day"), widget=DayInput, required=False)
