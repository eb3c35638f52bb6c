"""What forms share: fields for days and times, choices shown as cards, the status of an answer."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django import forms
from django.utils.functional import Promise


class DayInput(forms.DateInput):
    """A day, picked in the calendar of the device."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """A time of day, picked on the clock of the device."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class ChoiceCards(forms.ChoiceField):
    """One choice among a few, each on its own card with a line that explains it."""

    widget = forms.RadioSelect

    def __init__(self, *, helps: Mapping[str, str | Promise] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choice_help = dict(helps or {})


def invalid_status(form: forms.BaseForm) -> int:
    """Return the HTTP status of a page that shows `form`: 422 when it refuses what was typed."""
    refused = form.is_bound and not form.is_valid()
    return HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
