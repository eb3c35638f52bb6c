"""Forms of the area."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate, make_aware, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maillage.foundation.notify.enums import ContactChannel
from maillage.launch.mobilisation.actions.moving import Meeting
from maillage.launch.mobilisation.countermeasures import Countermeasure
from maillage.launch.mobilisation.enums import (
    ASIDE,
    AsideReason,
    AttemptResult,
    MotiveKind,
    ObstacleKind,
    Stage,
    is_step_back,
)
from maillage.launch.mobilisation.queries import IN_PERSON
from maillage.web.ui.forms import ChoiceCards, DayInput

NEW = "new"  # a contact that is not in the log yet


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, initial=localdate, **more)


def _words(label: Any, longest: int = 200, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, **more)


def _ticked(label: Any, message: Any, **more: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, error_messages={"required": message}, **more)


class Move(forms.Form):
    """A firm comes to a stage: what is asked depends on the stage."""

    def __init__(
        self, *args: Any, stage: Stage, to: Stage, cautions: Sequence[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if to in ASIDE:
            choices = [("", gettext("Choose")), *AsideReason.choices]
            self.fields["code"] = forms.ChoiceField(label=_("Why"), choices=choices)
            self.fields["reason"] = _words(_("In its own words"), required=False)
        if is_step_back(stage, to):
            self.fields["reason"] = _words(_("Why, in a few words"))
        if to == Stage.COMMITTED:
            self.fields["commitment"] = _words(
                _("What does it commit itself to?"),
                help_text=_("A small thing: an hour, a meeting, a first action."),
            )
        self.fields["on"] = _day(_("On"))
        if cautions:
            self.fields["confirmed"] = forms.BooleanField(
                label=_("I have thought of it: go on all the same"), required=False
            )


class Met(forms.Form):
    """A firm was met: in which call or visit."""

    contact = ChoiceCards(label=_("In which call or visit?"))
    channel = forms.ChoiceField(
        label=_("How"),
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in IN_PERSON],
        initial=ContactChannel.VISIT,
    )
    subject = _words(_("About what"), required=False)
    day = _day(_("Day"), required=False)
    asked = forms.BooleanField(
        label=_("The firm asked for it"),
        required=False,
        help_text=_("Then it does not count towards what the firm accepts."),
    )

    def __init__(
        self, *args: Any, logged: Sequence[tuple[str, str]], one_too_many: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["contact"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the types
        field.choices = [*logged, (NEW, gettext("Another one: write it in the log now"))]
        field.initial = logged[0][0] if logged else NEW
        if not logged:
            field.widget = forms.HiddenInput()
        self.one_too_many = one_too_many
        if one_too_many:
            self.fields["happened"] = forms.BooleanField(
                label=_("It has already taken place: write it down all the same"), required=False
            )

    @property
    def is_new(self) -> bool:
        """Whether the contact is to be written in the log."""
        return self.cleaned_data.get("contact") == NEW

    def clean(self) -> dict[str, Any]:
        """Ask, of a contact that is not in the log, what it was about and when."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.is_new:
            return cleaned
        if not (cleaned.get("subject") or "").strip() and "subject" not in self.errors:
            self.add_error("subject", _("Say what it was about."))
        if cleaned.get("day") is None and "day" not in self.errors:
            self.add_error("day", _("Say when it took place."))
        if self.one_too_many and not cleaned.get("happened"):
            self.add_error(
                "happened",
                _(
                    "Tick this only when the contact has taken place; otherwise wait, or ask who "
                    "leads."
                ),
            )
        return cleaned

    def clean_day(self) -> Any:
        """Refuse a day still to come."""
        day = self.cleaned_data["day"]
        if day is not None and day > localdate():
            raise ValidationError(
                _("Log a contact once it has taken place: this day is still to come.")
            )
        return day

    def meeting(self) -> Meeting:
        """Return the contact to be written in the log: at noon of its day, or before now."""
        typed = self.cleaned_data
        noon = make_aware(datetime.combine(typed["day"], time(12)))
        return Meeting(
            ContactChannel(typed["channel"]),
            typed["subject"].strip(),
            min(now(), noon),
            asked=typed["asked"],
        )


class Reason(forms.Form):
    """Why a firm takes part, in one sentence."""

    reason = _words(
        _("Why it takes part, in one sentence"),
        required=False,
        help_text=_("Asked again every year. Nothing typed takes it back."),
    )


class MyReason(forms.Form):
    """Why one's own firm takes part, in one sentence."""

    reason = _words(
        _("Why do you take part, in one sentence?"),
        required=False,
        help_text=_("Asked again every year. Nothing typed takes it back."),
    )


class RelayChoice(forms.Form):
    """The body that introduced a firm."""

    relay = forms.ChoiceField(
        label=_("Body that introduced it"),
        required=False,
        help_text=_("An outside body of the directory, or one that plays a part in the network."),
    )

    def __init__(self, *args: Any, bodies: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["relay"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the types
        field.choices = [("", gettext("Nobody")), *bodies]


class NewMotive(forms.Form):
    """Why a firm would take part."""

    kind = forms.ChoiceField(label=_("Motive"), choices=MotiveKind.choices)
    words = _words(_("In the owner’s own words"), 300, required=False)
    main = forms.BooleanField(label=_("It is the main one"), required=False)


class NewObstacle(forms.Form):
    """What holds a firm back."""

    kind = forms.ChoiceField(label=_("What holds it back"), choices=ObstacleKind.choices)
    words = _words(
        _("In the owner’s own words"),
        300,
        required=False,
        help_text=_("As it was said: the firm reads it on its own page."),
    )


class NewAttempt(forms.Form):
    """What was tried against an obstacle."""

    countermeasure = ChoiceCards(label=_("What was tried"))
    detail = _words(_("In more words"), 300, required=False)
    tried_on = _day(_("On"))

    def __init__(self, *args: Any, proposed: Sequence[Countermeasure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["countermeasure"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the types
        field.choices = [(one.value, one.label) for one in proposed]


class Result(forms.Form):
    """What came of it."""

    result = ChoiceCards(label=_("What came of it?"), choices=AttemptResult.choices)
    result_on = _day(_("Known on"), required=False)
