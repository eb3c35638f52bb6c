"""What the animator fills in about a survey."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from maillage.bricks.questionnaires.definition import said
from maillage.bricks.questionnaires.enums import AnswerChannel
from maillage.bricks.questionnaires.presets import contents
from maillage.bricks.questionnaires.queries import askable
from maillage.web.ui.forms import ChoiceCards, DayInput

# Ways in which the animator enters the answers of a firm.
ENTERED = (AnswerChannel.PHONE, AnswerChannel.VISIT, AnswerChannel.PAPER)
EVERYBODY, MEMBERS, OTHERS = "all", "member", "listed"


class NewSurvey(forms.Form):
    """A survey is opened."""

    questions = forms.ChoiceField(label=_("Questions"))
    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        help_text=_("For you: firms read the title of the questions."),
    )
    opens_on = forms.DateField(label=_("Opens on"), widget=DayInput)
    closes_on = forms.DateField(label=_("Last day"), widget=DayInput, required=False)
    anonymous = forms.BooleanField(
        label=_("Nobody can tell which firm answered"),
        required=False,
        help_text=_("One link for all, no list of firms, no prospects, no reminders."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opens_on"].initial = localdate()
        field = self.fields["questions"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the types
        own = [(str(one.questionnaire.public_id), said(one.content["title"])) for one in askable()]
        come_with = [(key, said(one["title"])) for key, one in contents().items()]
        field.choices = (
            [(_("Yours"), own), (_("Those that come with Maillage"), come_with)]
            if own
            else come_with
        )


class Sample(forms.Form):
    """Which firms are asked."""

    who = ChoiceCards(
        label=_("Firms to ask"),
        choices=[
            (EVERYBODY, _("All the firms of the directory")),
            (MEMBERS, _("Members")),
            (OTHERS, _("Known firms that are not members")),
        ],
        initial=EVERYBODY,
    )
    commune = forms.CharField(label=_("Only in this commune"), max_length=80, required=False)
    activity_code = forms.CharField(
        label=_("Only with this activity code"),
        max_length=10,
        required=False,
        help_text=_("Its beginning is enough: 10 for food, 43 for building trades."),
    )


class LastDay(forms.Form):
    """The survey takes answers until this day."""

    closes_on = forms.DateField(label=_("Last day"), widget=DayInput)


class Entering(forms.Form):
    """The animator answers for a firm."""

    channel = ChoiceCards(
        label=_("How does the firm answer?"),
        choices=[(channel.value, channel.label) for channel in ENTERED],
        initial=AnswerChannel.PHONE,
    )


class Refusal(forms.Form):
    """A firm would rather not answer."""

    because = forms.CharField(label=_("Its reason, in its words"), max_length=200, required=False)
