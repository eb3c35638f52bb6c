"""A question by another one or by groups of firms, and how far the survey is in each group."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from maillage.bricks.questionnaires.definition import Question, said
from maillage.launch.surveys.crosstabs import Crosstab, Line, by_question, by_segment, crossable
from maillage.launch.surveys.models import Survey
from maillage.launch.surveys.progress import advance_by
from maillage.launch.surveys.segments import Segment
from maillage.web.surveys.reading import access_survey
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import number, percent
from maillage.web.ui.gates import in_network
from maillage.web.ui.lists import Column
from maillage.web.ui.lists.export import exported

FORMATS: Final = ("csv", "xlsx")
OF_FIRMS: Final = (Segment.ACTIVITY, Segment.SIZE, Segment.COMMUNE, Segment.WAVE)


class Crossing(forms.Form):
    """What is crossed with what."""

    question = forms.ChoiceField(label=gettext_lazy("Question"))
    by = forms.ChoiceField(label=gettext_lazy("By"))

    def __init__(self, *args: Any, questions: tuple[Question, ...], anonymous: bool) -> None:
        super().__init__(*args)
        asked = [(one.key, said(one.text)) for one in questions]
        groups = [Segment.CHANNEL] if anonymous else list(Segment)
        offered: list[Any] = [
            (_("Groups of firms"), [(f"by-{one.value}", one.label) for one in groups]),
            (_("Another question"), asked),
        ]
        for name, choices in (("question", asked), ("by", offered)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the types
            field.choices = choices


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the table, as text."""

    label: str
    answered: str
    counts: list[tuple[str, str]]


@require_safe
@in_network("run_surveys")
def cross(request: NetworkRequest, survey_id: UUID) -> HttpResponseBase:
    """Show a question by another one, or by groups of firms; `export` gives the table."""
    survey = access_survey(survey_id)
    questions = crossable(survey)
    form = Crossing(request.GET or None, questions=questions, anonymous=survey.anonymous)
    table = _table(survey, questions, form.cleaned_data) if form.is_valid() else None
    file_format = request.GET.get("export", "")
    if table is not None and file_format in FORMATS:
        return exported(file_format, "crossing", _columns(table), [*table.lines, table.total])
    asked = request.GET.copy()
    links = []
    for name in FORMATS:
        asked["export"] = name
        links.append((name.upper(), f"?{asked.urlencode()}"))
    context = {
        "network": request.network,
        "survey": survey,
        "form": form,
        "table": table,
        "lines": [_shown(line) for line in table.lines] if table else [],
        "total": _shown(table.total) if table else None,
        "links": links,
    }
    return render(request, "surveys/cross.html", context)


def _table(survey: Survey, questions: tuple[Question, ...], chosen: dict[str, str]) -> Crosstab:
    by_key = {one.key: one for one in questions}
    question, by = by_key[chosen["question"]], chosen["by"]
    if by in by_key:
        return by_question(survey, question, by_key[by])
    return by_segment(survey, question, Segment(by.removeprefix("by-")))


def _shown(line: Line) -> Shown:
    return Shown(
        line.label,
        number(line.answered),
        [
            (number(count), percent(count / line.answered) if line.answered else "–")
            for count in line.counts
        ],
    )


def _count_at(at: int) -> Callable[[Line], int]:
    return lambda line: line.counts[at]


def _columns(table: Crosstab) -> tuple[Column, ...]:
    return (
        Column("label", _("Group"), lambda line: line.label),
        Column("answered", _("Firms that answered"), lambda line: line.answered),
        *(Column(f"answer{at}", answer, _count_at(at)) for at, answer in enumerate(table.answers)),
    )


@require_safe
@in_network("run_surveys")
def progress(request: NetworkRequest, survey_id: UUID) -> HttpResponse:
    """Show how far a survey is in each group of firms; the page brings itself up to date."""
    survey = access_survey(survey_id)
    wanted = request.GET.get("by", "")
    segment = Segment(wanted) if wanted in Segment.values else Segment.ACTIVITY
    context = {
        "network": request.network,
        "survey": survey,
        "segment": segment,
        "segments": OF_FIRMS,
        "lines": advance_by(survey, segment),
    }
    part = bool(request.headers.get("HX-Request"))
    page = "surveys/_progress.html" if part else "surveys/progress.html"
    return render(request, page, context)
