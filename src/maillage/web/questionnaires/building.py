"""The page on which a questionnaire is written: its questions, and what is done to them."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maillage.bricks.questionnaires.definition import said, sketched
from maillage.bricks.questionnaires.drafting import DraftError
from maillage.bricks.questionnaires.drafts import (
    CONTACT,
    add_contact_question,
    duplicate_question,
    mark_of,
    move_question,
    put_question_back,
    remove_question,
)
from maillage.bricks.questionnaires.enums import Kind
from maillage.bricks.questionnaires.models import Questionnaire, QuestionnaireVersion
from maillage.bricks.questionnaires.presets import contents
from maillage.web.questionnaires.presenting import by_question, lines_of
from maillage.web.questionnaires.reading import access_any, access_own
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused
from maillage.web.ui.toasts import said as told


@require_safe
@in_network("run_surveys")
def questionnaire(request: NetworkRequest, which: str) -> HttpResponse:
    """Show a questionnaire: to be written while there is a draft, else as it was published."""
    shown = access_any(which)
    own, definition = shown.own, shown.definition
    draft = own.draft if own is not None else None
    context = {
        "network": request.network,
        "which": which,
        "title": said(definition.title),
        "intro": said(definition.intro),
        "thanks": said(definition.thanks),
        "around": [
            (_("Title"), said(definition.title)),
            (_("Introduction"), said(definition.intro)),
            (_("At the end"), said(definition.thanks)),
        ],
        "own": own,
        "draft": draft,
        "last": own.published[0] if own is not None and own.published else None,
        "lines": lines_of(shown.content, definition),
        "faults": by_question(shown.content).get("", ()) if definition.questions else (),
        "mark": mark_of(shown.content),
        "kinds": Kind.choices,
        "asks_contact": any(one.feeds == CONTACT for one in definition.questions),
        "removed": [
            (one["question"]["key"], said(one["question"]["text"]))
            for one in (draft.removed if draft is not None else ())
        ],
        "copied_from": _origin(own.questionnaire) if own is not None else ("", ""),
    }
    name = "draft" if draft is not None else "read"
    return render(request, f"questionnaires/{name}.html", context)


def _origin(questionnaire: Questionnaire) -> tuple[str, str]:
    """Return what a copy came from: what stands in its address, and its title."""
    if questionnaire.copied_preset in contents():
        preset = sketched(contents()[questionnaire.copied_preset])
        return questionnaire.copied_preset, said(preset.title)
    source = questionnaire.copied_from
    return (str(source.public_id), source.title) if source is not None else ("", "")


@require_POST
@in_network("run_surveys")
def move(request: NetworkRequest, questionnaire_id: UUID, key: str, *, up: bool) -> HttpResponse:
    """Move a question one place higher or lower."""

    def act(draft: QuestionnaireVersion) -> str:
        move_question(acting=request.acting, draft=draft, key=key, up=up)
        return key

    return _done(request, questionnaire_id, act)


@require_POST
@in_network("run_surveys")
def duplicate(request: NetworkRequest, questionnaire_id: UUID, key: str) -> HttpResponse:
    """Ask a question once more, just below."""

    def act(draft: QuestionnaireVersion) -> str:
        read_as = request.POST.get("read_as", "")
        made = duplicate_question(acting=request.acting, draft=draft, key=key, read_as=read_as)
        told(request, _("The same question is asked once more, just below."))
        return made

    return _done(request, questionnaire_id, act)


@require_POST
@in_network("run_surveys")
def remove(request: NetworkRequest, questionnaire_id: UUID, key: str) -> HttpResponse:
    """Take a question away; it can be put back."""

    def act(draft: QuestionnaireVersion) -> str:
        remove_question(acting=request.acting, draft=draft, key=key)
        undo = reverse(
            "questionnaires:put-back", args=[request.network.slug, questionnaire_id, key]
        )
        told(request, _("The question is taken away."), undo=undo)
        return ""

    return _done(request, questionnaire_id, act)


@require_POST
@in_network("run_surveys")
def put_back(request: NetworkRequest, questionnaire_id: UUID, key: str) -> HttpResponse:
    """Put a question back that was taken away."""

    def act(draft: QuestionnaireVersion) -> str:
        put_question_back(acting=request.acting, draft=draft, key=key)
        told(request, _("The question is back."))
        return key

    return _done(request, questionnaire_id, act)


@require_POST
@in_network("run_surveys")
def contact(request: NetworkRequest, questionnaire_id: UUID) -> HttpResponse:
    """Add the question on being called."""

    def act(draft: QuestionnaireVersion) -> str:
        made = add_contact_question(acting=request.acting, draft=draft)
        told(request, _("The question is added: firms that say yes can be listed."))
        return made

    return _done(request, questionnaire_id, act)


def _done(
    request: NetworkRequest, questionnaire_id: UUID, act: Callable[[QuestionnaireVersion], str]
) -> HttpResponse:
    """Do something to a draft and go back to its page, at the question the act gives."""
    opened = access_own(questionnaire_id)
    key = ""
    try:
        key = act(opened.last)
    except DraftError as error:
        refused(request, str(error))
    page = reverse("questionnaires:questionnaire", args=[request.network.slug, questionnaire_id])
    return redirect(f"{page}#q-{key}" if key else page)
