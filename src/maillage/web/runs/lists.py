"""The list of the runs somebody started."""

from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from maillage.foundation.jobs.enums import RunState
from maillage.foundation.jobs.models import Run
from maillage.foundation.jobs.queries import runs_of
from maillage.web.ui.formats import nice_datetime, number
from maillage.web.ui.lists import Column, Empty, Listing, ListRows
from maillage.web.ui.tags.inline import badge

LOOKS = {
    RunState.SUCCEEDED: "ok",
    RunState.FAILED: "no",
    RunState.LOST: "watch",
    RunState.CANCELLED: "plain",
}


class RunFilters(forms.Form):
    """What the list can be cut down to."""

    state = forms.ChoiceField(
        label=_("Where it stands"),
        required=False,
        choices=[("", pgettext_lazy("background work", "All")), *RunState.choices],
    )


def rows_for(owner_id: UUID, wanted: dict[str, Any]) -> ListRows[Run]:
    """Return the runs a person started, as the filters ask.

    Their titles are kept in several languages: they are searched and sorted as they are read.
    """
    runs = runs_of(owner_id).defer("arguments", "result")
    if wanted["state"]:
        runs = runs.filter(state=wanted["state"])
    text = wanted["q"].casefold()
    return ListRows(
        [run for run in runs if text in run.title.casefold()],
        sorts={
            "title": lambda run: run.title.casefold(),
            "state": lambda run: run.get_state_display(),
            "started": lambda run: run.queued_at,
        },
    )


def _state(run: Run) -> SafeString:
    return badge(run.get_state_display(), LOOKS.get(RunState(run.state), ""))


RUNS = Listing(
    name="runs",
    columns=(
        Column(
            "title",
            pgettext_lazy("background work", "What"),
            lambda run: run.title,
            sort=True,
            main=True,
            link=lambda run: reverse("runs:page", args=[run.public_id]),
        ),
        Column(
            "state",
            _("Where it stands"),
            lambda run: run.get_state_display(),
            sort=True,
            html=_state,
        ),
        Column(
            "started",
            pgettext_lazy("background work", "Started on"),
            lambda run: run.queued_at,
            sort=True,
            text=nice_datetime,
        ),
    ),
    default_sort="-started",
    filters=RunFilters,
    search=_("Search by what was done"),
    caption=lambda n: (
        ngettext("%(count)s long task", "%(count)s long tasks", n) % {"count": number(n)}
    ),
    empty=Empty(
        _("Nothing yet"),
        _(
            "When you start something long, such as the import of a spreadsheet, it goes on by "
            "itself. You find here how far it is, and what came out of it."
        ),
    ),
)
