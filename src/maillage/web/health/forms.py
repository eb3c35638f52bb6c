"""What the board fills in: a threshold, a plan, how the members voted."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from maillage.foundation.networks.actions.decisions import Minutes
from maillage.web.ui.forms import DayInput

MOST_VOTES = 30_000


def _votes(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=MOST_VOTES, required=False, initial=0
    )


class VoteForm(forms.Form):
    """When the members decided, and by how many."""

    taken_on = forms.DateField(label=_("Taken on"), widget=DayInput, initial=localdate)
    votes_for = _votes(_("Votes for"))
    votes_against = _votes(_("Votes against"))
    abstentions = _votes(_("Abstentions"))
    minutes = forms.CharField(
        label=_("What the minutes say"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Without a vote, say how the members agreed."),
    )

    def as_minutes(self) -> Minutes:
        """Return the vote as it is recorded; its title is given by what is decided."""
        typed = self.cleaned_data
        return Minutes(
            title="",
            taken_on=typed["taken_on"],
            minutes=typed["minutes"],
            votes_for=typed["votes_for"] or 0,
            votes_against=typed["votes_against"] or 0,
            abstentions=typed["abstentions"] or 0,
        )


class ThresholdForm(VoteForm):
    """The threshold that the members voted."""

    value = forms.DecimalField(label=_("Threshold"), min_value=0, max_digits=9, decimal_places=2)
    field_order = ("value",)


class PlanForm(forms.Form):
    """The plan that will be put to the members."""

    plan = forms.CharField(
        label=_("What do we do about it?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Three lines are enough: what, by whom, before when. Name no worker."),
    )
