"""What workers say, and what the board answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext_lazy as _

from maillage.run.voice.enums import Audience, Company
from maillage.web.ui.forms import ChoiceCards, DayInput, TimeInput

LONGEST = 4000


def _text(label: Any, rows: int = 6, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST, widget=area, **more)


class GrievanceForm(forms.Form):
    """Something that is wrong, and who is to read it."""

    audience = ChoiceCards(
        label=_("Who is to read it?"),
        choices=Audience.choices,
        helps={
            Audience.DELEGATES: _("Elected by the workers; no employer among them."),
            Audience.BOARD: _("Heads of firms who run the group with you as employees."),
            Audience.BOTH: _("The animator does not read it."),
            Audience.EVERYBODY: _("Whoever plans your weeks reads it too."),
        },
    )
    subject = forms.CharField(label=_("What is it about, in a few words?"), max_length=120)
    text = _text(_("What is wrong?"))


class WordForm(forms.Form):
    """One more word in a grievance."""

    text = _text(_("Your words"), rows=4)


class CardForm(forms.Form):
    """What a worker shows of themself to colleagues."""

    says = forms.CharField(
        label=_("A word about yourself"),
        max_length=200,
        required=False,
        help_text=_("Where you work from, what you like, whether you share rides…"),
    )
    reach = forms.CharField(
        label=_("How to reach you"),
        max_length=120,
        required=False,
        help_text=_("A telephone number, an address: only if you wish."),
    )


class MeetingForm(forms.Form):
    """A meeting that a worker wishes."""

    company = ChoiceCards(label=_("With whom?"), choices=Company.choices)
    topic = forms.CharField(label=_("About what?"), max_length=200)


class ElectionForm(forms.Form):
    """A worker whom the workers elected."""

    worker = forms.TypedChoiceField(label=_("Who was elected?"), coerce=UUID)
    starts_on = forms.DateField(label=_("Elected on"), widget=DayInput, initial=localdate)
    ends_on = forms.DateField(
        label=_("Last day of the mandate"),
        widget=DayInput,
        required=False,
        help_text=_("Four years at most, unless an agreement says less (L2314-33)."),
    )

    def __init__(self, *args: Any, workers: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["worker"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 -- for the types
        field.choices = [("", "—"), *((str(public_id), name) for public_id, name in workers)]


class MeetingAnswer(forms.Form):
    """When and where a meeting is, or why there is none."""

    choice = ChoiceCards(
        label=_("Your answer"), choices=(("fix", _("It takes place")), ("decline", _("Decline")))
    )
    day = forms.DateField(label=_("Day"), widget=DayInput, required=False)
    hour = forms.TimeField(label=_("At"), widget=TimeInput, required=False)
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    answer = forms.CharField(
        label=_("A sentence for those who asked"),
        max_length=300,
        required=False,
        help_text=_("To decline, say why."),
    )

    def clean(self) -> dict[str, Any]:
        """A meeting that takes place has a day and an hour."""
        typed: dict[str, Any] = super().clean() or {}
        for field in ("day", "hour"):
            if typed.get("choice") == "fix" and not typed.get(field) and field not in self.errors:
                self.add_error(field, _("Say when."))
        return typed

    def moment(self) -> datetime:
        """Return when the meeting is."""
        return make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"]))
