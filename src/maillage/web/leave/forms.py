"""What whoever runs the network fills in about leave, absences and papers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maillage.bricks.agreements.scans import HEAVIEST
from maillage.run.employment.enums import DocumentRule, LeaveKind, WeeklyKind
from maillage.web.ui.forms import ChoiceCards, DayInput, TimeInput

MIDNIGHT = 24 * 60
WEEKDAYS = (
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
)


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, **more)


class NewLeave(forms.Form):
    """A leave that somebody asked for by word of mouth."""

    worker = forms.TypedChoiceField(label=_("Who?"), coerce=UUID)
    kind = forms.ChoiceField(label=_("Kind of leave"), choices=LeaveKind.choices)
    starts_on = _day(_("First day"))
    ends_on = _day(_("Last day"))
    from_noon = forms.BooleanField(label=_("The first morning is worked"), required=False)
    until_noon = forms.BooleanField(label=_("The last afternoon is worked"), required=False)

    def __init__(self, *args: Any, workers: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["worker"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 -- for the types
        field.choices = [("", "—"), *((str(public_id), name) for public_id, name in workers)]


class AnswerForm(forms.Form):
    """Yes or no to a leave, with a sentence for the worker."""

    answer = ChoiceCards(
        label=_("Your answer"), choices=(("grant", _("Grant it")), ("refuse", _("Refuse it")))
    )
    sentence = forms.CharField(
        label=_("A sentence for the worker"),
        max_length=200,
        required=False,
        help_text=_("To refuse, say why. To grant, it may stay empty."),
    )
    open_slots = forms.BooleanField(
        label=_("When granted, take these slots out of the plan"), required=False, initial=True
    )


class PaperOfAbsence(forms.Form):
    """Which paper of an absence came, or the return, and on which day."""

    what = ChoiceCards(label=_("What?"), choices=())
    on = _day(_("On"), initial=localdate)

    def __init__(self, *args: Any, choices: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the types
        field.choices = list(choices)


class CertificateForm(forms.Form):
    """A licence or certificate."""

    title = forms.CharField(
        label=_("Licence or certificate"),
        max_length=120,
        help_text=_("The same words for everybody: those that expire together are then grouped."),
    )
    number = forms.CharField(label=_("Number"), max_length=60, required=False)
    expires_on = _day(_("Valid until"), required=False)


class WeeklyForm(forms.Form):
    """A time that comes back every week."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=WeeklyKind.choices)
    weekday = forms.TypedChoiceField(label=_("Day"), choices=WEEKDAYS, coerce=int)
    start = forms.TimeField(label=_("From"), widget=TimeInput)
    end = forms.TimeField(
        label=_("To"), widget=TimeInput, help_text=_("0:00 is midnight, the end of the day.")
    )
    starts_on = _day(_("Since"), initial=localdate)
    ends_on = _day(_("Last day"), required=False)

    def minutes(self) -> tuple[int, int]:
        """Return the beginning and the end, in minutes from midnight."""
        start, end = self.cleaned_data["start"], self.cleaned_data["end"]
        return start.hour * 60 + start.minute, end.hour * 60 + end.minute or MIDNIGHT


class AuthorisationForm(forms.Form):
    """A paper that lifts a rule."""

    rule = forms.ChoiceField(label=_("What does it allow?"), choices=DocumentRule.choices)
    title = forms.CharField(
        label=_("Document"),
        max_length=200,
        help_text=_("Written consent of the worker, decision of the labour inspector…"),
    )
    starts_on = _day(_("From"), initial=localdate)
    ends_on = _day(_("Last day"), required=False)
    file = forms.FileField(
        label=_("The document itself"),
        help_text=_("A PDF, or a photograph (JPEG, PNG): 8 MB at most."),
        error_messages={"empty": _("This file is empty: there is nothing to read.")},
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def clean_file(self) -> bytes:
        """Return what the file holds; refuse one too heavy before anything of it is read."""
        upload = self.cleaned_data["file"]
        assert isinstance(upload, UploadedFile)  # noqa: S101 -- for the types
        if (upload.size or 0) > HEAVIEST:
            raise forms.ValidationError(
                gettext("This file is too heavy: 8 MB at most. Scan it again with less detail.")
            )
        return bytes(upload.read())
