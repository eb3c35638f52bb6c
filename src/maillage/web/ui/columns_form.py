"""A form that says what each column of a file holds, with its first cells beside."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

SHOWN: Final = 3  # first cells of a column
LONGEST: Final = 40  # characters of a cell
LOOKED_AT: Final = 40  # rows
ACCEPTED: Final = ".csv,.txt,.tsv,.xlsx,.xlsm"


class ColumnsForm(forms.Form):
    """What each column holds: one choice per column, among the fields that are offered.

    `rows` are those that were kept, with their `cells`.
    """

    def __init__(
        self,
        *,
        titles: Sequence[str],
        fields: Sequence[str],
        rows: Sequence[Mapping[str, Any]],
        offered: Mapping[str, str],
        data: Any = None,
    ) -> None:
        super().__init__(data)
        choices = [("", _("Not read")), *offered.items()]
        for at, (title, field) in enumerate(zip(titles, fields, strict=True)):
            cells = [row["cells"][at] for row in rows[:LOOKED_AT]]
            first = [cell[:LONGEST] for cell in dict.fromkeys(cells) if cell][:SHOWN]
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=title,
                choices=choices,
                required=False,
                initial=field,
                help_text=_("First cells: %(cells)s") % {"cells": " · ".join(first)}
                if first
                else _("Empty in the first lines"),
            )

    @property
    def chosen(self) -> list[str]:
        """What each column holds, in order."""
        return [self.cleaned_data[name] for name in self.fields]
