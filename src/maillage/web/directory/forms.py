"""What people fill in about organisations; what is wrong with it, the register says."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from maillage.bricks.links.enums import LinkKind
from maillage.foundation.organisations.enums import (
    ActivityScheme,
    BodyFamily,
    Channel,
    Connection,
    Equipment,
    OrganisationKind,
    RoleKind,
    SizeBand,
    TerritoryKind,
)
from maillage.foundation.organisations.models import Territory
from maillage.foundation.organisations.problems import Problem
from maillage.foundation.visibility.seen import SeenOrganisation
from maillage.web.ui.forms import ChoiceCards, DayInput

NOTHING = ("", "—")


def tell(form: forms.Form, problems: Iterable[Problem]) -> None:
    """Put each problem beside its field, or above the form when it has none."""
    for problem in problems:
        form.add_error(problem.field if problem.field in form.fields else None, str(problem))


def _line(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, strip=True, **more)


class RecordForm(forms.Form):
    """The record of an organisation."""

    name = forms.CharField(label=_("Name"))
    kind = forms.ChoiceField(label=_("What it is"), choices=OrganisationKind.choices)
    family = forms.ChoiceField(
        label=_("Family of outside body"),
        choices=[("", _("It is not an outside body")), *BodyFamily.choices],
        required=False,
    )
    legal_form = _line(_("Legal form"))
    siren = _line(_("SIREN"))
    activity_code = _line(_("Activity code"))
    activity_scheme = forms.ChoiceField(
        label=_("List of activities"), choices=ActivityScheme.choices, required=False
    )
    activity = _line(
        _("Activity, in words"), help_text=_("Left empty, it takes the words of the code.")
    )
    headcount = _line(
        _("Employees"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("The number decides the size."),
    )
    size_band = forms.ChoiceField(
        label=_("Size"), choices=[NOTHING, *SizeBand.choices], required=False
    )
    agreement = _line(_("Collective agreement (IDCC)"))
    phone = _line(_("Telephone"), widget=forms.TextInput(attrs={"type": "tel"}))
    email = _line(
        _("E-mail address"), widget=forms.TextInput(attrs={"type": "email", "inputmode": "email"})
    )
    website = _line(_("Web site"), widget=forms.TextInput(attrs={"inputmode": "url"}))
    presentation = _line(_("Presentation"), widget=forms.Textarea(attrs={"rows": 4}))
    offers = _line(_("What it offers, one line each"), widget=forms.Textarea(attrs={"rows": 3}))


class PlaceFields(forms.Form):
    """Where a site is."""

    siret = _line(_("SIRET"))
    address = _line(_("Number and street"))
    postcode = _line(_("Postcode"), widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    commune = forms.CharField(label=_("Commune"))


class NewOrganisationForm(PlaceFields, RecordForm):
    """A new organisation, with where it is."""

    although_alike = forms.BooleanField(
        label=_("It is another organisation: write it in all the same"),
        required=False,
        widget=forms.HiddenInput,
    )
    field_order = ("name", "kind", "commune", "postcode", "address", "siren", "siret")


class SiteForm(PlaceFields):
    """A site; the coordinates are those of the pin on the map."""

    name = _line(_("Name of the site"))
    latitude = _line(_("Latitude"), widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    longitude = _line(_("Longitude"), widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PersonForm(forms.Form):
    """Somebody of an organisation."""

    name = forms.CharField(label=_("Name"))
    kind = forms.ChoiceField(label=_("Role"), choices=RoleKind.choices)
    title = _line(_("Function, in words"))
    email = _line(
        _("E-mail address"), widget=forms.TextInput(attrs={"type": "email", "inputmode": "email"})
    )
    phone = _line(_("Telephone"), widget=forms.TextInput(attrs={"type": "tel"}))
    channels = forms.MultipleChoiceField(
        label=_("Can be reached by"),
        choices=Channel.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    starts_on = forms.DateField(label=_("From"), widget=DayInput)
    ends_on = forms.DateField(label=_("Until"), widget=DayInput, required=False)


class DayForm(forms.Form):
    """The day on which something ends or closes."""

    day = forms.DateField(label=_("Last day"), widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"day": localdate()})
        super().__init__(*args, **kwargs)


class ReadinessForm(forms.Form):
    """What an organisation has and can do on a screen."""

    equipment = ChoiceCards(label=_("What it works with"), choices=Equipment.choices)
    connection = ChoiceCards(label=_("Connection"), choices=Connection.choices)
    trained_people = forms.IntegerField(
        label=_("People at ease with it"), min_value=0, max_value=10_000, initial=0
    )


class CoverageForm(forms.Form):
    """Which territories an organisation serves; the choices are those of the register."""

    territories = forms.MultipleChoiceField(
        label=_("Territories it serves"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, territories: Iterable[Territory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territories"].choices = [  # type: ignore[attr-defined]  # a choice field
            (str(one.public_id), f"{one.name} ({one.get_kind_display()})") for one in territories
        ]


class LinkForm(forms.Form):
    """A link with another organisation, found by its name."""

    kind = forms.ChoiceField(label=_("Link"), choices=LinkKind.choices)
    target = forms.CharField(
        label=_("With which organisation"),
        max_length=160,
        help_text=_("The beginning of its name is enough."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "firm-names"}),
    )
    chosen = forms.ChoiceField(
        label=_("Which one?"), required=False, widget=forms.RadioSelect, choices=()
    )
    starts_on = forms.DateField(label=_("From"), widget=DayInput)
    note = _line(_("Note"), max_length=200)

    def offer(self, found: Iterable[SeenOrganisation]) -> None:
        """Offer organisations to choose from."""
        self.fields["chosen"].choices = [  # type: ignore[attr-defined]  # a choice field
            (str(seen.public_id), f"{seen.name}, {seen.commune or ''}".rstrip(", "))
            for seen in found
        ]


class TerritoryForm(forms.Form):
    """A territory and its communes."""

    name = forms.CharField(label=_("Name"))
    kind = forms.ChoiceField(label=_("What it is"), choices=TerritoryKind.choices)
    department = _line(
        _("All the communes of a department"),
        max_length=3,
        help_text=_("Its number, such as 41; or name the communes below."),
    )
    communes = _line(
        _("Communes"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("One a line: a name, with its postcode when several have it."),
    )
