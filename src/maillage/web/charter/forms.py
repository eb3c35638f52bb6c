"""What people fill in about the charter."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from maillage.bricks.agreements.clauses import LONGEST_TEXT, LONGEST_TITLE, Clause
from maillage.bricks.agreements.models import AgreementVersion
from maillage.bricks.agreements.refusals import AgreementError
from maillage.bricks.agreements.scans import HEAVIEST, media_type_of
from maillage.launch.charter.overrides import LONGEST_REASON
from maillage.launch.charter.rules import Rule, Timetables
from maillage.web.ui.forms import ChoiceCards, DayInput

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

BETWEEN = ":"  # a rule and its parameter


def language_cards() -> ChoiceCards:
    """Return the choice of the language that is signed."""
    return ChoiceCards(label=_("In which language is it signed?"), choices=settings.LANGUAGES)


class Beginning(forms.Form):
    """The language of the first version."""

    language = language_cards()


class ClauseForm(forms.Form):
    """One clause of a draft."""

    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    text = forms.CharField(
        label=_("What it says"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("An empty line begins a paragraph."),
    )
    consent = forms.BooleanField(
        label=_("When this clause changes, firms sign again"), required=False
    )
    effect = ChoiceCards(
        label=_("What does the software do of it?"),
        required=False,
        choices=[
            ("", _("Nothing: people see to it")),
            (Rule.NO_SHARED_WORKER.value, Rule.NO_SHARED_WORKER.label),
            *(
                (f"{Rule.TIMETABLES.value}{BETWEEN}{one.value}", one.label)
                for one in (Timetables.BUSY_FREE, Timetables.WORKPLACES)
            ),
            (Rule.CONFIDENTIALITY.value, Rule.CONFIDENTIALITY.label),
        ],
        helps={
            "": _("The text is signed, and no more."),
            Rule.NO_SHARED_WORKER.value: _(
                "Shared jobs never bring two recorded competitors together."
            ),
            f"{Rule.TIMETABLES.value}{BETWEEN}{Timetables.BUSY_FREE.value}": _(
                "In the timetable of a shared worker."
            ),
            f"{Rule.TIMETABLES.value}{BETWEEN}{Timetables.WORKPLACES.value}": _(
                "In the timetable of a shared worker."
            ),
            Rule.CONFIDENTIALITY.value: _("Each firm chooses who sees its data."),
        },
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def clause(self, key: str) -> Clause:
        """Return what was typed, as the clause of a key."""
        typed = self.cleaned_data
        rule, _between, parameter = typed["effect"].partition(BETWEEN)
        return Clause(
            key=key,
            title=typed["title"],
            text=typed["text"],
            consent=typed["consent"],
            rule=rule,
            parameter=parameter,
        )


def typed_of(clause: Clause) -> dict[str, Any]:
    """Return a clause as the fields of its form."""
    effect = f"{clause.rule}{BETWEEN}{clause.parameter}" if clause.parameter else clause.rule
    return {
        "title": clause.title,
        "text": clause.text,
        "consent": clause.consent,
        "effect": effect,
    }


class Publication(forms.Form):
    """What changes, said to the firms when a version is published."""

    summary = forms.CharField(
        label=_("What changes, in a sentence for the firms"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class SignForm(forms.Form):
    """Who signs, in the name of whom, and that they mean it.

    `version` is the number of the one that was shown, `said_in` the language of the sentence.
    """

    name = forms.CharField(
        label=_("First name and name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    role = forms.CharField(
        label=_("Who you are in the firm"), max_length=80, help_text=_("Head, manager, partner…")
    )
    consent = forms.BooleanField(
        error_messages={"required": _("Tick the sentence: without it, nothing is signed.")}
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    said_in = forms.ChoiceField(choices=settings.LANGUAGES, widget=forms.HiddenInput)

    def __init__(self, *args: Any, sentence: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consent"].label = sentence


class PaperForm(forms.Form):
    """The paper that a firm signed."""

    file = forms.FileField(
        label=_("The signed paper"),
        help_text=_("A PDF, or a photograph (JPEG, PNG): 8 MB at most."),
        error_messages={
            "required": _("Choose the file of the signed paper."),
            "empty": _("This file is empty: there is nothing to read."),
        },
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    version = forms.TypedChoiceField(label=_("Which version was signed?"), coerce=int)
    name = forms.CharField(label=_("Who signed: first name and name"), max_length=120)
    role = forms.CharField(label=_("Who they are in the firm"), max_length=80)
    signed_on = forms.DateField(label=_("Signed on"), widget=DayInput, initial=localdate)

    def __init__(self, *args: Any, versions: Sequence[AgreementVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["version"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 -- for the types
        field.choices = [
            (one.number, _("Version %(number)s") % {"number": one.number}) for one in versions
        ]

    def clean_file(self) -> bytes:
        """Return what the file holds; refuse one too heavy before anything of it is read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        content = b"" if (file.size or 0) > HEAVIEST else file.read()
        try:
            media_type_of(content or b"\0" * (HEAVIEST + 1))
        except AgreementError as error:
            raise forms.ValidationError(str(error)) from error
        return bytes(content)


class Pair(forms.Form):
    """Two versions to look at side by side."""

    old = forms.ChoiceField(label=_("Older version"))
    new = forms.ChoiceField(label=_("Newer version"))

    def __init__(self, *args: Any, choices: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("old", "new"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the types
            field.choices = list(choices)


class Asking(forms.Form):
    """Why two competitors would share a worker."""

    reason = forms.CharField(
        label=_("Why, and for which work"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The other firm reads it, and the animator. Nobody else does."),
    )
