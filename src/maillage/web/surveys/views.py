"""Surveys: the list, opening one, how far it is, whom it asks."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from maillage.bricks.questionnaires.actions import QuestionnaireError
from maillage.bricks.questionnaires.definition import read, said
from maillage.bricks.questionnaires.enums import AnswerChannel
from maillage.foundation.visibility.directory import directory_of
from maillage.launch.surveys.actions import (
    SurveyError,
    ask_firms,
    change_last_day,
    is_open,
    open_survey,
)
from maillage.launch.surveys.links import path_of
from maillage.launch.surveys.models import Survey
from maillage.launch.surveys.queries import progress_of
from maillage.web.surveys.forms import EVERYBODY, LastDay, NewSurvey, Sample
from maillage.web.surveys.reading import access_survey
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date, number
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.lists import Column, Empty, Listing, QuerySetRows
from maillage.web.ui.parts import Bar, Figure
from maillage.web.ui.toasts import said as told

FORM = ["GET", "HEAD", "POST"]


def surveys_listing(slug: str, *, runs: bool) -> Listing:
    """Return the list of the surveys of a network: who runs them opens them, others read them."""
    leads_to = "surveys:survey" if runs else "surveys:results"
    return Listing(
        name="surveys",
        columns=(
            Column(
                "title",
                gettext_lazy("Survey"),
                lambda row: row.title,
                sort=True,
                main=True,
                link=lambda row: reverse(leads_to, args=[slug, row.public_id]),
            ),
            Column(
                "opens_on",
                gettext_lazy("Opens on"),
                lambda row: row.opens_on,
                sort=True,
                text=nice_date,
            ),
            Column(
                "closes_on",
                gettext_lazy("Last day"),
                lambda row: row.closes_on,
                sort=True,
                text=nice_date,
            ),
            Column("state", gettext_lazy("Where it stands"), standing),
        ),
        default_sort="-opens_on",
        search=gettext_lazy("Search a survey"),
        caption=lambda n: (
            ngettext("%(count)s survey", "%(count)s surveys", n) % {"count": number(n)}
        ),
        empty=Empty(
            gettext_lazy("No survey yet"),
            gettext_lazy("Two minutes on a telephone: firms say when work overflows."),
            url=reverse("surveys:new", args=[slug]) if runs else "",
            label=gettext_lazy("Open a survey"),
        ),
    )


def standing(survey: Survey) -> str:
    """Return where a survey stands, in words."""
    if is_open(survey):
        return _("Open")
    return _("Not open yet") if localdate() < survey.opens_on else _("Ended")


@require_safe
@in_network("see_results")
def surveys(request: NetworkRequest) -> HttpResponseBase:
    """List the surveys of the network."""
    runs = request.acting.can("run_surveys")

    def rows(wanted: dict[str, str]) -> QuerySetRows[Survey]:
        found = Survey.objects.filter(title__icontains=wanted.get("q") or "")
        sorts = {"title": "title", "opens_on": "opens_on", "closes_on": "closes_on"}
        return QuerySetRows(found, sorts=sorts)

    page = surveys_listing(request.network.slug, runs=runs).read(request, rows)
    return page.respond("surveys/surveys.html", {"network": request.network, "runs": runs})


@require_http_methods(FORM)
@in_network("run_surveys")
def new(request: NetworkRequest) -> HttpResponse:
    """Open a survey."""
    slug = request.network.slug
    form = NewSurvey(request.POST or None, initial={"questions": request.GET.get("questions", "")})
    if request.method == "POST" and form.is_valid():
        try:
            survey = open_survey(acting=request.acting, **form.cleaned_data)
        except (SurveyError, QuestionnaireError) as error:
            form.add_error(getattr(error, "field", "") or None, str(error))
        else:
            told(request, _("The survey is open: choose whom it asks."))
            return redirect("surveys:survey", slug, survey.public_id)
    context = {
        "title": _("Open a survey"),
        "lede": _("Nothing is sent yet: you choose the firms afterwards."),
        "form": form,
        "submit": _("Open the survey"),
        "cancel": reverse("surveys:list", args=[slug]),
        "network": request.network,
    }
    return render(request, "surveys/new.html", context, status=invalid_status(form))


@require_safe
@in_network("run_surveys")
def survey(request: NetworkRequest, survey_id: UUID) -> HttpResponse:
    """Show how far a survey is, and what to do next."""
    found = access_survey(survey_id)
    progress = progress_of(found)
    figures = [Figure(number(progress.answered), _("answered"), detail=_of(progress.asked))]
    figures.append(Figure(number(progress.begun), _("have begun")))
    if progress.asked is not None:
        figures.append(Figure(number(progress.refused), _("would rather not")))
    bars = [
        Bar(AnswerChannel(channel).label, count, number(count))
        for channel, count in progress.by_channel.items()
    ]
    context = {
        "network": request.network,
        "survey": found,
        "questions": [said(one.text) for one in read(found.version.content).questions],
        "standing": standing(found),
        "open": is_open(found),
        "progress": progress,
        "figures": figures,
        "bars": bars,
        "address": f"{settings.ADDRESS}{path_of(found)}" if found.anonymous else "",
    }
    return render(request, "surveys/survey.html", context)


def _of(asked: int | None) -> str:
    if asked is None:
        return ""
    return ngettext("of %(count)s firm asked", "of %(count)s firms asked", asked) % {
        "count": number(asked)
    }


@require_http_methods(FORM)
@in_network("run_surveys")
def ask(request: NetworkRequest, survey_id: UUID) -> HttpResponse:
    """Choose firms of the directory that the survey asks."""
    found = access_survey(survey_id)
    form = Sample(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = dict(form.cleaned_data)
        who = wanted.pop("who")
        wanted["kind"] = "firm"
        if who != EVERYBODY:
            wanted["tier"] = who
        firms = directory_of(request.acting).filtered(**wanted)
        ids = [row["pk"] for row in firms.ids()]
        try:
            added = ask_firms(acting=request.acting, survey=found, organisation_ids=ids)
        except SurveyError as error:
            form.add_error(None, str(error))
        else:
            told(
                request,
                ngettext("%(count)s firm is added.", "%(count)s firms are added.", added)
                % {"count": number(added)},
            )
            return redirect("surveys:firms", request.network.slug, found.public_id)
    context = {
        "title": _("Whom does it ask?"),
        "eyebrow": found.title,
        "lede": _("Firms that are asked already are not asked twice. Nothing is sent yet."),
        "form": form,
        "submit": _("Add these firms"),
        "cancel": reverse("surveys:survey", args=[request.network.slug, found.public_id]),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


@require_http_methods(FORM)
@in_network("run_surveys")
def last_day(request: NetworkRequest, survey_id: UUID) -> HttpResponse:
    """Choose the last day of a survey."""
    found = access_survey(survey_id)
    form = LastDay(request.POST or None, initial={"closes_on": found.closes_on})
    back = reverse("surveys:survey", args=[request.network.slug, found.public_id])
    if request.method == "POST" and form.is_valid():
        try:
            change_last_day(acting=request.acting, survey=found, **form.cleaned_data)
        except SurveyError as error:
            form.add_error(error.field or None, str(error))
        else:
            told(request, _("The last day is changed."))
            return redirect(back)
    context = {
        "title": _("Last day of the survey"),
        "eyebrow": found.title,
        "lede": _("After it, links lead to a page that says so; answers are kept."),
        "form": form,
        "submit": _("Keep this day"),
        "cancel": back,
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))
