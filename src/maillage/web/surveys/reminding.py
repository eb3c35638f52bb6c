"""Writing to the firms that have not answered: who, who not and why, then one button."""

from uuid import UUID

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from maillage.launch.surveys.actions import SurveyError
from maillage.launch.surveys.models import Survey
from maillage.launch.surveys.reminders import Planned, counted, plan_of, start_round
from maillage.web.surveys.reading import access_survey
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date, number
from maillage.web.ui.gates import in_network
from maillage.web.ui.lists import Column, Empty, Listing, ListRows
from maillage.web.ui.parts import Figure
from maillage.web.ui.toasts import refused


class WaveFilter(forms.Form):
    """Which wave is written to; all of them when none is chosen."""

    wave = forms.TypedChoiceField(
        label=gettext_lazy("Wave"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: object, waves: int, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as any form
        field = self.fields["wave"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 -- for the types
        field.choices = [("", _("All"))] + [(rank, number(rank)) for rank in range(1, waves + 1)]


def _listing(slug: str, survey: Survey) -> Listing:
    return Listing(
        name="silent",
        columns=(
            Column(
                "name",
                gettext_lazy("Firm"),
                lambda row: row.invitee.organisation.name,
                sort=True,
                main=True,
                link=lambda row: reverse(
                    "surveys:firm", args=[slug, survey.public_id, row.invitee.public_id]
                ),
            ),
            Column("wave", gettext_lazy("Wave"), lambda row: row.invitee.wave, numeric=True),
            Column(
                "written",
                gettext_lazy("Last written to"),
                lambda row: row.invitee.written_at and localdate(row.invitee.written_at),
                text=lambda day: nice_date(day) if day else _("never"),
            ),
            Column("fate", gettext_lazy("What becomes of it"), _fate, sort=True),
        ),
        default_sort="fate",
        caption=lambda n: (
            ngettext("%(count)s firm has not answered", "%(count)s firms have not answered", n)
            % {"count": number(n)}
        ),
        empty=Empty(
            gettext_lazy("Nobody to write to"),
            gettext_lazy("Every firm that is asked has answered, or none is asked yet."),
        ),
    )


def _fate(row: Planned) -> str:
    if row.why_not:
        return row.why_not
    return _("Will get its link") if row.first else _("Will get a reminder")


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("run_surveys")
def remind(request: NetworkRequest, survey_id: UUID) -> HttpResponseBase:
    """Show who would be written to; a POST starts the round."""
    survey = access_survey(survey_id)
    slug = request.network.slug
    form = WaveFilter(request.POST or request.GET, waves=survey.wave)
    wave = form.cleaned_data["wave"] if form.is_valid() else None
    if request.method == "POST":
        try:
            run = start_round(acting=request.acting, survey=survey, wave=wave)
        except SurveyError as error:
            refused(request, str(error))
            return redirect("surveys:remind", slug, survey_id)
        return redirect("runs:page", run.public_id)
    plan = plan_of(survey, request.network, wave=wave)
    written, left = counted(plan)
    sorts = {
        "name": lambda row: row.invitee.organisation.folded_name,
        "fate": lambda row: (bool(row.why_not), row.invitee.organisation.folded_name),
    }
    page = _listing(slug, survey).read(request, lambda _wanted: ListRows(plan, sorts=sorts))
    context = {
        "network": request.network,
        "survey": survey,
        "wave": wave,
        "waves": range(1, survey.wave + 1),
        "written": written,
        "figures": [
            Figure(number(written), _("will be written to")),
            Figure(number(left), _("will not, for the reason beside them")),
        ],
    }
    return page.respond("surveys/remind.html", context)
