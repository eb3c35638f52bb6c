"""Answering a survey: one question per page, kept at each step, without an account."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maillage.bricks.questionnaires.answering import AnswerError, clean, in_words
from maillage.bricks.questionnaires.definition import Question, said
from maillage.launch.surveys.actions import answer, begin, finish
from maillage.web.answers.opening import Opening, opened, remember
from maillage.web.ui.questions import drawn

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@opened
def welcome(request: HttpRequest, opening: Opening) -> HttpResponseBase:
    """Say who asks, what and how long it takes; begin, go on, or correct what was answered."""
    if request.method == "POST":
        response = opening.response or begin(survey=opening.survey, invitee=opening.invitee)
        finished = response.finished_at is not None
        page = _go(opening, opening.asked[0] if finished else opening.next_to_answer())
        remember(page, opening, response)
        return page
    done = opening.response is not None and opening.response.finished_at is not None
    context = {
        **_common(opening),
        "intro": said(opening.definition.intro),
        "thanks": said(opening.definition.thanks),
        "done": opening.response if done else None,
        "begun": opening.response is not None and not done,
        "count": len(opening.asked),
        "entered_here": _page_of_firm(request, opening),
    }
    return render(request, "answers/welcome.html", context)


@require_http_methods(FORM)
@opened
def question(request: HttpRequest, opening: Opening, key: str) -> HttpResponseBase:
    """Ask one question; keep its answer and go on to the next."""
    asked = next((one for one in opening.asked if one.key == key), None)
    if opening.response is None:
        return redirect("answers:welcome", opening.token)
    if asked is None:
        return _go(opening, opening.next_to_answer())
    if request.method != "POST":
        return _page(request, opening, asked)
    try:
        value = clean(asked, request.POST)
    except AnswerError as error:
        return _page(request, opening, asked, str(error))
    answer(survey=opening.survey, response=opening.response, question=key, value=value)
    opening.values.pop(key, None)
    if value is not None:
        opening.values[key] = value
    return _go(opening, opening.after(key))


@require_http_methods(FORM)
@opened
def check(request: HttpRequest, opening: Opening) -> HttpResponseBase:
    """Show everything that was answered before it is sent."""
    if opening.response is None:
        return redirect("answers:welcome", opening.token)
    missing = opening.missing()
    if request.method == "POST" and not missing:
        finish(survey=opening.survey, response=opening.response)
        return redirect("answers:welcome", opening.token)
    lines = [
        (one, said(one.text), in_words(one, opening.values.get(one.key)), one in missing)
        for one in opening.asked
    ]
    context = {**_common(opening), "lines": lines, "missing": missing, "response": opening.response}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "answers/check.html", context, status=status)


def _page(request: HttpRequest, opening: Opening, asked: Question, error: str = "") -> HttpResponse:
    posted = request.POST if error else None
    before = opening.before(asked.key)
    back = (
        reverse("answers:question", args=[opening.token, before.key])
        if before is not None
        else reverse("answers:welcome", args=[opening.token])
    )
    keys = [one.key for one in opening.asked]
    context = {
        **_common(opening),
        "question": drawn(asked, opening.values.get(asked.key), posted),
        "error": error,
        "now": keys.index(asked.key) + 1,
        "total": len(keys),
        "back": back,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render(request, "answers/question.html", context, status=status)


def _go(opening: Opening, asked: Question | None) -> HttpResponse:
    """Lead to a question, to the check of everything when there is none."""
    if asked is None:
        return redirect("answers:check", opening.token)
    return redirect("answers:question", opening.token, asked.key)


def _page_of_firm(request: HttpRequest, opening: Opening) -> str:
    """Return where whoever answered for the firm came from; "" for the firm itself."""
    response, invitee = opening.response, opening.invitee
    person = request.user if request.user.is_authenticated else None
    if invitee is None or response is None or person is None:
        return ""
    if response.entered_by_id != person.public_id:
        return ""
    survey = opening.survey
    return reverse("surveys:firm", args=[survey.network.slug, survey.public_id, invitee.public_id])


def _common(opening: Opening) -> dict[str, object]:
    firm = opening.invitee.organisation.name if opening.invitee is not None else ""
    seen = (
        _("Nobody can tell which firm answered.")
        if opening.invitee is None
        else _("Only the animator of the network reads your answers; no other firm does.")
    )
    return {
        "survey": opening.survey,
        "network": opening.survey.network,
        "title": said(opening.definition.title),
        "token": opening.token,
        "firm": firm,
        "seen": seen,
    }
