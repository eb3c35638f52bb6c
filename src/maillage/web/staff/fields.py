"""Fields that the forms of the area share: hours a week, firms, occupations with their level."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.foundation.networks.models import Network
from maillage.foundation.networks.queries import members_on
from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.models import WorkerSkill
from maillage.run.employment.staff import Skill

HOUR: Final = 60  # minutes
OCCUPATION: Final = re.compile(r"[A-N]\d{4}")
USUAL_LEVEL: Final = 2
# “D1106 Vente en alimentation 3”: a code, a name, a level that may be left out.
LINE: Final = re.compile(r"\s*(?P<code>[A-Na-n]\d{4})\s+(?P<label>.*?)(?:\s+(?P<level>[1-3]))?\s*")


class HoursField(forms.DecimalField):
    """Hours, as people type them (35, 17.5), kept in minutes."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"min_value": 0, "max_value": 2000, "decimal_places": 2, **kwargs}
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show minutes as hours; what was typed stays as it is."""
        if isinstance(value, int):
            hours = Decimal(value) / HOUR
            return hours.quantize(Decimal(1)) if value % HOUR == 0 else round(hours, 2)
        return value

    def clean(self, value: Any) -> Any:
        """Return minutes, None for nothing."""
        hours = super().clean(value)
        return None if hours is None else round(hours * HOUR)


class OccupationField(forms.CharField):
    """A code of the national list of occupations (ROME)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {
            "label": gettext_lazy("Occupation (ROME code)"),
            "max_length": 5,
            "help_text": gettext_lazy("A letter and four digits, D1106 for selling food."),
            **kwargs,
        }
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        """Return the code in capitals; refuse what is none."""
        code = super().clean(value).upper()
        if code and not OCCUPATION.fullmatch(code):
            raise forms.ValidationError(_("A ROME code is a letter and four digits."))
        return str(code)


class SkillsField(forms.CharField):
    """Occupations of a worker, one a line: code, name, level."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {
            "label": gettext_lazy("Occupations"),
            "help_text": gettext_lazy(
                "One a line: ROME code, name, level from 1 (beginner) to 3 (expert)."
                " D1106 Selling food 3"
            ),
            **kwargs,
        }
        super().__init__(**kwargs)

    def clean(self, value: Any) -> tuple[Skill, ...]:
        """Return the occupations; refuse the first line that is none."""
        skills = []
        for rank, line in enumerate(super().clean(value).splitlines(), 1):
            if not line.strip():
                continue
            found = LINE.fullmatch(line)
            if found is None or not found["label"]:
                sentence = _("Line %(rank)s: write a ROME code, a name, a level from 1 to 3.")
                raise forms.ValidationError(sentence % {"rank": rank})
            level = int(found["level"] or USUAL_LEVEL)
            skills.append(Skill(found["code"].upper(), found["label"][:120], level))
        return tuple(skills)


def skills_as_lines(skills: Iterable[WorkerSkill]) -> str:
    """Return occupations as the form takes them."""
    return "\n".join(f"{one.occupation} {one.occupation_label} {one.level}" for one in skills)


class FirmsField(forms.MultipleChoiceField):
    """Member firms, ticked; the value is that of the organisations."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, firms: Sequence[Organisation]) -> None:
        """Give the firms to choose among."""
        self.firms = {str(firm.public_id): firm for firm in firms}
        self.choices = [(key, firm.name) for key, firm in self.firms.items()]

    def clean(self, value: Any) -> list[Organisation]:
        """Return the firms that were ticked."""
        return [self.firms[key] for key in super().clean(value)]


class FirmField(forms.ChoiceField):
    """One member firm; the value is that of the organisation."""

    def offer(self, firms: Sequence[Organisation]) -> None:
        """Give the firms to choose among."""
        self.firms = {str(firm.public_id): firm for firm in firms}
        self.choices = [("", "–"), *((key, firm.name) for key, firm in self.firms.items())]

    def clean(self, value: Any) -> Organisation | None:
        """Return the firm that was chosen, None for none."""
        return self.firms.get(super().clean(value))


def member_firms(network: Network, day: Any) -> list[Organisation]:
    """Return the members of a group on a day, by name, for who keeps workers."""
    periods = members_on(network, day).filter(membership__organisation__closed_on=None)
    rows = periods.select_related("membership__organisation")
    firms = [period.membership.organisation for period in rows]
    return sorted(firms, key=lambda firm: (firm.folded_name, firm.pk))


def lines_of(skills: Any) -> str:
    """Return the names of occupations for a cell of a list."""
    return ", ".join(one.occupation_label for one in skills)
