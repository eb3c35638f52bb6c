"""What people fill in about who sees what."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.foundation.visibility.enums import Level
from maillage.foundation.visibility.queries import part_names


class LevelsForm(forms.Form):
    """One level for each part of a record."""

    def __init__(self, data: object, levels: Mapping[str, int]) -> None:
        super().__init__(data, initial=dict(levels))  # type: ignore[arg-type]  # a QueryDict or None
        for part, label in part_names().items():
            self.fields[part] = forms.TypedChoiceField(
                label=label[:1].upper() + label[1:], choices=Level.choices, coerce=int
            )


class CompetitorForm(forms.Form):
    """A competitor, as its competitor calls it."""

    name = forms.CharField(label=_("Name of the competitor"), max_length=160)
    commune = forms.CharField(label=_("Commune"), max_length=80)


class PairForm(forms.Form):
    """Two firms that compete, by the names the directory gives them."""

    one = forms.CharField(label=_("One firm"), max_length=160)
    other = forms.CharField(label=_("The other firm"), max_length=160)


class TopicForm(forms.Form):
    """A topic on which two competitors could meet."""

    topic = forms.CharField(
        label=_("Topic"),
        max_length=120,
        help_text=_("Something on which they do not compete: the environment, a shared training."),
    )


class ReasonForm(forms.Form):
    """Why one member would like to know another."""

    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence: it is shown to the other firm with your name."),
    )


class PledgeForm(forms.Form):
    """The text of the pledge."""

    text = forms.CharField(
        label=_("What people commit to"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Everybody signs a new version before they enter again."),
    )
