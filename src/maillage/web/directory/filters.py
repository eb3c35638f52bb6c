"""What the list and the map of firms can be narrowed to."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.enums import OrganisationKind, SizeBand
from maillage.foundation.organisations.models import Territory
from maillage.foundation.organisations.places import locate
from maillage.foundation.visibility.directory import Directory, directory_of
from maillage.web.directory.wording import PLACES

_CODE_START = re.compile(r"^(\d\d)[\s.]*(\d{1,2})?[\s.]*([A-Za-z])?$")


class FirmFilters(forms.Form):
    """Filters of the list and the map; the territories are filled in by the view."""

    tier = forms.ChoiceField(
        label=_("In the network"),
        required=False,
        choices=[("", _("All")), *PLACES.items()],
    )
    kind = forms.ChoiceField(
        label=_("What it is"), required=False, choices=[("", _("All")), *OrganisationKind.choices]
    )
    activity_code = forms.CharField(
        label=_("Activity code"),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"placeholder": "10.71"}),
    )
    commune = forms.CharField(label=_("Commune"), required=False, max_length=80)
    territory = forms.ChoiceField(label=_("Territory"), required=False)
    size_band = forms.ChoiceField(
        label=_("Size"), required=False, choices=[("", _("All")), *SizeBand.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        territories = Territory.objects.values_list("public_id", "name")
        self.fields["territory"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", _("All")),
            *((str(public_id), name) for public_id, name in territories),
        ]

    def clean_activity_code(self) -> str:
        """Return the beginning of a code with its dot, as records hold it."""
        typed = str(self.cleaned_data["activity_code"]).strip()
        parts = _CODE_START.match(typed)
        if parts is None or not parts[2]:
            return typed
        return f"{parts[1]}.{parts[2]}{(parts[3] or '').upper()}"


def matching(acting: Acting, wanted: dict[str, Any]) -> Directory:
    """Return the organisations of the network that match filters, as the role in use sees them."""
    conditions = dict(wanted)
    commune = conditions.pop("commune", None)
    if commune:
        found = locate(name=commune.strip()).commune
        conditions |= {"commune": found.name} if found else {"commune": commune.strip()}
    if territory := conditions.pop("territory", None):
        conditions["territory"] = UUID(territory)
    return directory_of(acting).filtered(**conditions)
