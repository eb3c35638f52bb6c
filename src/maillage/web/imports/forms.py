"""What people give: a file, and what its columns hold."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from maillage.foundation.organisations.imports.columns import FIELDS, NOT_READ
from maillage.foundation.organisations.imports.receiving import refuse_heavy
from maillage.foundation.organisations.imports.refusals import ImportRefusedError

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


class FileForm(forms.Form):
    """The spreadsheet of firms."""

    file = forms.FileField(
        label=_("Spreadsheet of firms"),
        help_text=_(
            "An Excel workbook (.xlsx) or a CSV file, with a line of headings and one firm per"
            " line: 20 MB and 50,000 lines at most."
        ),
        error_messages={
            "required": _("Choose the file to import."),
            "empty": _("This file is empty: there is nothing to read."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xlsm"}),
    )

    def clean_file(self) -> "UploadedFile[Any]":
        """Refuse a file too heavy before anything of it is read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        try:
            refuse_heavy(file.name or "", file.size or 0)
        except ImportRefusedError as error:
            raise forms.ValidationError(str(error)) from error
        return file


class ColumnsForm(forms.Form):
    """What each column of a file holds: one choice per column."""

    def __init__(self, titles: Sequence[str], fields: Sequence[str], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # the POST of a request, or nothing
        self.titles = titles
        choices = [
            ("", NOT_READ),
            *((name, capfirst(str(label))) for name, label in FIELDS.items()),
        ]
        for at, (title, field) in enumerate(zip(titles, fields, strict=True)):
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=title or _("Column without a heading"),
                choices=choices,
                required=False,
                initial=field,
            )

    @property
    def chosen(self) -> list[str]:
        """What each column holds, in order."""
        return [self.cleaned_data[f"column_{at}"] for at in range(len(self.titles))]
