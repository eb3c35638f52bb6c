"""The forms by which a questionnaire is written: what stands around it, and each question."""

from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maillage.bricks.questionnaires.definition import Texts, said
from maillage.bricks.questionnaires.drafting import Content, DraftError
from maillage.bricks.questionnaires.drafts import (
    DraftChangedError,
    add_question,
    change_head,
    change_question,
    head_of,
    mark_of,
    raise_answer,
)
from maillage.bricks.questionnaires.enums import Kind
from maillage.web.questionnaires.forms import Adding, Changing, Head, Spoken
from maillage.web.questionnaires.presenting import by_question
from maillage.web.questionnaires.reading import Opened, access_own
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said as told

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@in_network("run_surveys")
def head(request: NetworkRequest, questionnaire_id: UUID) -> HttpResponse:
    """Change the title, the introduction and the thanks."""
    opened = access_own(questionnaire_id)
    page = _page(request, opened)
    if opened.draft is None and request.method != "POST":
        return redirect(page)
    typed = _typed(request)
    form = Head(typed, content=opened.content, initial={"read_as": _mark_of_head(opened.content)})
    now: Content | None = None
    if form.is_bound and form.is_valid():
        try:
            change_head(
                acting=request.acting,
                draft=opened.last,
                read_as=form.cleaned_data["read_as"],
                title=form.texts("title"),
                intro=form.texts("intro"),
                thanks=form.texts("thanks"),
            )
        except DraftChangedError as error:
            now = error.now
            _keep_over(form, typed, _mark_of_head(now), str(error))
        except DraftError as error:
            form.refuse(str(error), error.field)
        else:
            told(request, _("Saved."))
            return redirect(page)
    context = {
        "title": _("Title and introduction"),
        "opened": opened,
        "form": form,
        "now": [said(now.get(name, {})) for name in ("title", "intro", "thanks")] if now else [],
        "back": page,
    }
    return render(request, "questionnaires/head.html", context, status=invalid_status(form))


@require_http_methods(FORM)
@in_network("run_surveys")
def add(request: NetworkRequest, questionnaire_id: UUID, kind: str) -> HttpResponse:
    """Add a question of a kind."""
    opened = access_own(questionnaire_id)
    if kind not in Kind.values:
        raise Http404
    page = _page(request, opened)
    if opened.draft is None and request.method != "POST":
        return redirect(page)
    form = Adding(_typed(request), kind=Kind(kind), content=opened.content)
    if form.is_bound and form.is_valid():
        try:
            key = add_question(
                acting=request.acting,
                draft=opened.last,
                kind=Kind(kind),
                words=form.words(),
                after=form.cleaned_data.get("after", ""),
            )
        except DraftError as error:
            form.refuse(str(error), error.field)
        else:
            told(request, _("The question is added."))
            return redirect(f"{page}#q-{key}")
    context = {
        "title": _("Add a question"),
        "kind": Kind(kind).label,
        "opened": opened,
        "form": form,
        "submit": _("Add the question"),
        "back": page,
    }
    return render(request, "questionnaires/question.html", context, status=invalid_status(form))


@require_http_methods(FORM)
@in_network("run_surveys")
def question(request: NetworkRequest, questionnaire_id: UUID, key: str) -> HttpResponse:
    """Change a question; when somebody else did meanwhile, both are shown."""
    opened = access_own(questionnaire_id)
    page = _page(request, opened)
    if opened.draft is None and request.method != "POST":
        return redirect(page)
    found, before = _found(opened, key)
    typed = _typed(request)
    form = Changing(
        typed, kind=Kind(found["kind"]), before=before, question=found,
        initial={"read_as": mark_of(found)},
    )  # fmt: skip
    now: Content | None = None
    if form.is_bound and form.is_valid():
        try:
            change_question(
                acting=request.acting,
                draft=opened.last,
                key=key,
                read_as=form.cleaned_data["read_as"],
                words=form.words(),
            )
            if rising := request.POST.get("up", ""):
                raise_answer(acting=request.acting, draft=opened.last, key=key, choice=rising)
        except DraftChangedError as error:
            now = found
            _keep_over(form, typed, mark_of(found), str(error))
        except DraftError as error:
            form.refuse(str(error), error.field)
        else:
            told(request, _("Saved."))
            return redirect(f"{request.path}#answers" if rising else f"{page}#q-{key}")
    context = {
        "title": said(found["text"]),
        "kind": Kind(found["kind"]).label,
        "opened": opened,
        "form": form,
        "faults": by_question(opened.content).get(key, ()) if not form.is_bound else (),
        "now": _in_words(now) if now else [],
        "submit": _("Keep this question"),
        "back": f"{page}#q-{key}",
    }
    return render(request, "questionnaires/question.html", context, status=invalid_status(form))


def _found(opened: Opened, key: str) -> tuple[Content, list[Content]]:
    """Return a question and those before it.

    One that was taken away is found too, so that words sent meanwhile are not lost.
    """
    questions: list[Content] = list(opened.content["questions"])
    for place, one in enumerate(questions):
        if one["key"] == key:
            return one, questions[:place]
    for gone in opened.last.removed:
        if gone["question"]["key"] == key:
            return gone["question"], questions
    raise Http404


def _typed(request: NetworkRequest) -> QueryDict | None:
    return request.POST.copy() if request.method == "POST" else None


def _keep_over(form: Spoken, typed: QueryDict | None, mark: str, sentence: str) -> None:
    """Say that somebody else changed this; sent again, what was typed is kept over it.

    A text that was not there when the form was read keeps what it says now.
    """
    if typed is None:
        return
    for name, field in form.fields.items():
        if field.initial and name not in typed and isinstance(field.initial, str):
            typed[name] = field.initial
    typed["read_as"] = mark
    form.add_error(None, sentence)


def _in_words(question: Content) -> list[str]:
    texts: list[Texts] = [question["text"], question.get("help", {})]
    texts += [one["text"] for one in question.get("choices", ())]
    return [words for text in texts if (words := said(text))]


def _mark_of_head(content: Content) -> str:
    return mark_of(head_of(content))


def _page(request: NetworkRequest, opened: Opened) -> str:
    which = str(opened.questionnaire.public_id)
    return reverse("questionnaires:questionnaire", args=[request.network.slug, which])
