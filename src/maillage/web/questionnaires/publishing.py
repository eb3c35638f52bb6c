"""Publishing a version, beginning the next, giving a draft up; what changed from where."""

from itertools import pairwise
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.bricks.questionnaires.comparing import differences
from maillage.bricks.questionnaires.definition import said, sketched
from maillage.bricks.questionnaires.drafting import DraftError
from maillage.bricks.questionnaires.drafts import DraftChangedError, mark_of
from maillage.bricks.questionnaires.versions import (
    begin_draft,
    give_up_draft,
    origin_now,
)
from maillage.bricks.questionnaires.versions import publish as publish_draft
from maillage.web.questionnaires.presenting import by_question, in_words, lines_of
from maillage.web.questionnaires.reading import Opened, access_own
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused
from maillage.web.ui.toasts import said as told

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@in_network("run_surveys")
def publish(request: NetworkRequest, questionnaire_id: UUID) -> HttpResponse:
    """Publish what was written: say what is missing, else what the version will be."""
    opened = access_own(questionnaire_id)
    page = _page(request, opened)
    if opened.draft is None:
        return redirect(page)
    if request.method == "POST":
        try:
            published = publish_draft(
                acting=request.acting,
                draft=opened.draft,
                read_as=request.POST.get("read_as", ""),
            )
        except DraftError as error:
            refused(request, str(error))
            return redirect(request.path if isinstance(error, DraftChangedError) else page)
        told(request, _("Version %(number)s is published.") % {"number": published.number})
        return redirect(page)
    definition = sketched(opened.content)
    lines = lines_of(opened.content, definition)
    last = opened.published[0] if opened.published else None
    context = {
        "network": request.network,
        "opened": opened,
        "title": said(definition.title),
        "lines": [line for line in lines if line.faults],
        "faults": by_question(opened.content).get("", ()),
        "count": len(lines),
        "changes": in_words(differences(last.content, opened.content)) if last else [],
        "last": last,
        "mark": mark_of(opened.content),
        "back": page,
    }
    return render(request, "questionnaires/publish.html", context)


@require_POST
@in_network("run_surveys")
def begin(request: NetworkRequest, questionnaire_id: UUID) -> HttpResponse:
    """Begin the next version from the one that was published last."""
    opened = access_own(questionnaire_id)
    draft = begin_draft(acting=request.acting, questionnaire=opened.questionnaire)
    told(
        request,
        _("Version %(number)s is begun: surveys under way keep theirs.") % {"number": draft.number},
    )
    return redirect(_page(request, opened))


@require_http_methods(FORM)
@in_network("run_surveys")
def delete(request: NetworkRequest, questionnaire_id: UUID) -> HttpResponse:
    """Delete what is being written; what was published stays."""
    opened = access_own(questionnaire_id)
    page = _page(request, opened)
    if opened.draft is None:
        return redirect(page)
    if request.method == "POST":
        try:
            stays = give_up_draft(acting=request.acting, draft=opened.draft)
        except DraftError as error:
            refused(request, str(error))
            return redirect(page)
        told(request, _("The draft is deleted."))
        return redirect(page if stays else _list(request))
    context = {
        "network": request.network,
        "title": said(opened.content["title"]),
        "last": opened.published[0] if opened.published else None,
        "count": len(opened.content["questions"]),
        "back": page,
    }
    return render(request, "questionnaires/delete.html", context)


@require_safe
@in_network("run_surveys")
def changes(request: NetworkRequest, questionnaire_id: UUID) -> HttpResponse:
    """Tell what changed: from what it was copied, there since, and from version to version."""
    opened = access_own(questionnaire_id)
    questionnaire = opened.questionnaire
    copied = questionnaire.copied_content
    now = origin_now(questionnaire) if copied is not None else None
    states = [opened.draft, *opened.published] if opened.draft else list(opened.published)
    pairs = pairwise(states)
    context = {
        "network": request.network,
        "title": said(opened.content["title"]),
        "origin": said(copied["title"]) if copied is not None else "",
        "mine": in_words(differences(copied, opened.content)) if copied is not None else [],
        "gone": now is None,
        "theirs": in_words(differences(copied, now)) if copied is not None and now else [],
        "versions": [
            (newer, older, in_words(differences(older.content, newer.content)))
            for newer, older in pairs
        ],
        "back": _page(request, opened),
    }
    return render(request, "questionnaires/changes.html", context)


def _page(request: NetworkRequest, opened: Opened) -> str:
    which = str(opened.questionnaire.public_id)
    return reverse("questionnaires:questionnaire", args=[request.network.slug, which])


def _list(request: NetworkRequest) -> str:
    return reverse("questionnaires:list", args=[request.network.slug])
