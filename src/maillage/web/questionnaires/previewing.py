"""A questionnaire as a firm will see it: the same pages, and nothing is kept.

What was answered to questions of one answer travels in the address (`said=key:choice`), so that the
preview asks the questions that these answers open, and no others.
"""

from http import HTTPStatus
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maillage.bricks.questionnaires.answering import AnswerError, clean
from maillage.bricks.questionnaires.definition import Definition, Question, Value, said
from maillage.bricks.questionnaires.enums import Kind
from maillage.web.questionnaires.reading import Shown, access_any
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network
from maillage.web.ui.questions import drawn

FORM = ["GET", "HEAD", "POST"]


@require_safe
@in_network("run_surveys")
def welcome(request: NetworkRequest, which: str) -> HttpResponse:
    """Show the page that opens the questions."""
    shown = access_any(which)
    definition = shown.definition
    asked = definition.asked({})
    context = {
        **_common(request, shown),
        "title": said(definition.title),
        "intro": said(definition.intro),
        "count": len(asked),
        "first": _address(request, which, asked[0], {}) if asked else "",
    }
    return render(request, "questionnaires/preview_welcome.html", context)


@require_http_methods(FORM)
@in_network("run_surveys")
def question(request: NetworkRequest, which: str, key: str) -> HttpResponse:
    """Ask one question as a firm is asked; what is answered leads on and is not kept."""
    shown = access_any(which)
    definition = shown.definition
    asked_one = definition.question(key)
    if asked_one is None:
        raise Http404
    values = _values(request, definition)
    error = ""
    if request.method == "POST":
        try:
            value = clean(asked_one, request.POST)
        except AnswerError as refusal:
            error = str(refusal)
        else:
            values.pop(key, None)
            if asked_one.kind == Kind.CHOICE and isinstance(value, str):
                values[key] = value
            return redirect(_address(request, which, _after(definition, key, values), values))
    return _page(request, shown, asked_one, values, error)


@require_safe
@in_network("run_surveys")
def end(request: NetworkRequest, which: str) -> HttpResponse:
    """Show what a firm reads once it has sent its answers."""
    shown = access_any(which)
    context = {**_common(request, shown), "thanks": said(shown.definition.thanks)}
    return render(request, "questionnaires/preview_end.html", context)


def _page(
    request: NetworkRequest,
    shown: Shown,
    asked_one: Question,
    values: dict[str, Value],
    error: str,
) -> HttpResponse:
    definition = shown.definition
    path = _path(definition, asked_one, values)
    place = path.index(asked_one)
    before = path[place - 1] if place else None
    context = {
        **_common(request, shown),
        "question": drawn(asked_one, values.get(asked_one.key), request.POST if error else None),
        "error": error,
        "now": place + 1,
        "total": len(path),
        "back": _address(request, shown.which, before, values)
        if before is not None
        else reverse("questionnaires:preview", args=[request.network.slug, shown.which]),
        "seen": _("Only the animator of the network reads your answers; no other firm does."),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render(request, "questionnaires/preview_question.html", context, status=status)


def _path(definition: Definition, here: Question, values: dict[str, Value]) -> list[Question]:
    """Return the questions asked after these answers, and the one that is looked at."""
    asked = definition.asked(values)
    return [one for one in definition.questions if one in asked or one.key == here.key]


def _after(definition: Definition, key: str, values: dict[str, Value]) -> Question | None:
    """Return the question that these answers lead to, None after the last."""
    here = [one.key for one in definition.questions].index(key)
    asked = definition.asked(values)
    return next((one for one in definition.questions[here + 1 :] if one in asked), None)


def _values(request: HttpRequest, definition: Definition) -> dict[str, Value]:
    """Return what was answered so far; what fits no question is left out."""
    found: dict[str, Value] = {}
    for one in request.GET.getlist("said"):
        key, _colon, choice = one.partition(":")
        asked = definition.question(key)
        if asked is not None and asked.kind == Kind.CHOICE and asked.choice(choice) is not None:
            found[key] = choice
    return found


def _address(
    request: NetworkRequest, which: str, asked: Question | None, values: dict[str, Value]
) -> str:
    """Return the address of a question, of the end when there is none."""
    slug = request.network.slug
    page = (
        reverse("questionnaires:preview-question", args=[slug, which, asked.key])
        if asked is not None
        else reverse("questionnaires:preview-end", args=[slug, which])
    )
    answers = urlencode([("said", f"{key}:{choice}") for key, choice in values.items()])
    return f"{page}?{answers}" if answers else page


def _common(request: NetworkRequest, shown: Shown) -> dict[str, object]:
    args = [request.network.slug, shown.which]
    return {
        "network": request.network,
        "leave": reverse("questionnaires:questionnaire", args=args),
        "restart": reverse("questionnaires:preview", args=args),
    }
