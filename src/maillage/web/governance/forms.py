"""What people fill in about their network."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from maillage.foundation.networks.actions.keeping import MOST_OBJECTIVES
from maillage.foundation.networks.enums import (
    BodyInvolvementKind,
    Composition,
    NetworkRoleKind,
    Tier,
)
from maillage.foundation.networks.presets import presets, said
from maillage.foundation.organisations.enums import RoleKind
from maillage.web.ui.forms import ChoiceCards, DayInput

MOST_VOTES = 30_000
TIER_HELPS: dict[str, Promise] = {
    Tier.CORE: _("Decides, proposes, gives time and money."),
    Tier.PERIPHERY: _("Takes part in what interests it, and endorses."),
    Tier.OBSERVER: _("Looks on before it decides."),
}
ROLE_HELPS: dict[str, Promise] = {
    NetworkRoleKind.ANIMATOR: _("Runs the network and sees every record."),
    NetworkRoleKind.TREASURER: _("Keeps the accounts."),
    NetworkRoleKind.BOARD: _("Decides with the others and records decisions."),
    NetworkRoleKind.ADVISER: _("Follows firms; writes down each contact."),
    NetworkRoleKind.TRAINER: _("Trains people; writes down each contact."),
    NetworkRoleKind.FUNDER: _("Reads figures without names, never a firm’s record."),
}


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, **more)


def _votes(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=MOST_VOTES, required=False, initial=0
    )


class NewNetworkForm(forms.Form):
    """A new network: its kind first, then its name."""

    preset = ChoiceCards(label=_("What is the network for?"), choices=())
    name = forms.CharField(label=_("Name of the network"), max_length=120)
    composition = forms.ChoiceField(
        label=_("Which firms does it bring together?"),
        choices=[("", _("As usual for this kind of network")), *Composition.choices],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["preset"]
        if isinstance(field, ChoiceCards):
            kinds = sorted(presets().values(), key=lambda kind: said(kind.name).casefold())
            field.choices = [(kind.key, said(kind.name)) for kind in kinds]
            field.choice_help = {kind.key: said(kind.summary) for kind in kinds}


class FirstNetworkForm(NewNetworkForm):
    """The first network of an association that is not here yet."""

    association = forms.CharField(
        label=_("Name of your association"),
        max_length=160,
        help_text=_("The one that keeps the book of firms; its networks share it."),
    )
    field_order = ("association", "preset", "name", "composition")


class EntryForm(forms.Form):
    """An organisation enters, returns or takes another place."""

    tier = ChoiceCards(
        label=pgettext_lazy("of a member", "Place"), choices=Tier.choices, helps=TIER_HELPS
    )
    starts_on = _day(_("From"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"starts_on": localdate(), "tier": Tier.PERIPHERY} | (
            kwargs.get("initial") or {}
        )
        super().__init__(*args, **kwargs)


class ExitForm(forms.Form):
    """An organisation leaves."""

    last_day = _day(_("Last day"), initial=localdate)
    reason = forms.CharField(
        label=_("Reason for leaving"),
        max_length=200,
        required=False,
        help_text=_("Only those who manage members read it."),
    )


class LastDayForm(forms.Form):
    """Something ends."""

    last_day = _day(_("Last day"), initial=localdate)


class AppointForm(forms.Form):
    """Somebody is given a role in the network, and invited when they are not here yet."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    role = ChoiceCards(
        label=pgettext_lazy("of a person", "Role"),
        choices=NetworkRoleKind.choices,
        helps=ROLE_HELPS,
    )
    body = forms.ChoiceField(
        label=_("Outside body that sends them"),
        required=False,
        choices=(),
        help_text=_("An adviser, a trainer or a funder speaks for it: firms read its name."),
    )

    def __init__(self, *args: Any, bodies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", pgettext_lazy("outside body", "None")), *bodies]


class FirmInvitationForm(forms.Form):
    """Somebody of a firm is invited."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    role = forms.ChoiceField(label=_("What they are in the firm"), choices=RoleKind.choices)


class ObjectiveForm(forms.Form):
    """What members want to reach."""

    title = forms.CharField(
        label=_("Objective"), max_length=160, help_text=_("In one line, as you would say it.")
    )
    detail = forms.CharField(
        label=_("What it means for a firm"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    due_on = _day(_("To be reached by"), required=False)
    first_step = forms.CharField(
        label=_("First step, within three months"),
        max_length=200,
        required=False,
        help_text=_("Needed when the objective is more than a year away."),
    )


class ObjectiveForMemberForm(ObjectiveForm):
    """An objective written down by somebody else than the member who wants it."""

    member = forms.CharField(
        label=_("Which member asked for it?"),
        max_length=160,
        required=False,
        help_text=_("Without a member, the objective is marked as a sponsor’s."),
    )


class MemberYesForm(forms.Form):
    """The yes that a member gave in person."""

    member = forms.CharField(label=_("Which member said yes?"), max_length=160)
    version = forms.IntegerField(widget=forms.HiddenInput)


class DecisionForm(forms.Form):
    """What the members decided."""

    title = forms.CharField(label=_("What was decided"), max_length=200)
    taken_on = _day(_("Taken on"), initial=localdate)
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


class ProofForm(forms.Form):
    """A start condition is met."""

    proof = forms.CharField(
        label=_("What shows it?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class SolveForm(forms.Form):
    """A start condition is not met yet."""

    title = forms.CharField(label=_("What is to be done"), max_length=200)
    due_on = _day(_("To be done before"))


class InvolvementForm(forms.Form):
    """An outside body plays a part; the bodies are those of the directory."""

    body = forms.ChoiceField(label=_("Outside body"), choices=())
    kind = forms.ChoiceField(label=_("Part it plays"), choices=BodyInvolvementKind.choices)
    starts_on = _day(_("From"), initial=localdate)

    def __init__(self, *args: Any, bodies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        if isinstance(field, forms.ChoiceField):
            field.choices = bodies


class SettingsForm(forms.Form):
    """What the network is called and how it works."""

    name = forms.CharField(label=_("Name"), max_length=120)
    presentation = forms.CharField(
        label=_("Presentation"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two or three sentences, read by members and visitors."),
    )
    objective_cap = forms.IntegerField(label=_("Objectives at a time, at most"))
    strong_sign_in = forms.BooleanField(
        label=_("Ask animators and treasurers for a second proof of identity"), required=False
    )
    listed = forms.BooleanField(
        label=_("Show the network to everybody"),
        required=False,
        help_text=_("Only firms that chose to have a public page are shown there."),
    )
    # What the page showed when it was read, signed: what nobody touched is not written back.
    read = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_objective_cap(self) -> int:
        """Refuse a number out of reach, beside whatever else is wrong."""
        cap: int = self.cleaned_data["objective_cap"]
        if not 1 <= cap <= MOST_OBJECTIVES:
            raise forms.ValidationError(
                gettext("Choose from 1 to %(most)s objectives at a time.")
                % {"most": MOST_OBJECTIVES}
            )
        return cap


class CloseForm(forms.Form):
    """The network is closed for good."""

    name_typed = forms.CharField(label=_("Name of the network"), max_length=120)
