"""Beginning a questionnaire or its next version, publishing it, giving it up.

Each act takes the role of whoever acts, refuses what cannot be done with a DraftError, and leaves a
line in the trail.
"""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from maillage.bricks.questionnaires import drafting
from maillage.bricks.questionnaires.definition import Texts, faults_of
from maillage.bricks.questionnaires.drafting import Content, DraftError
from maillage.bricks.questionnaires.drafts import (
    DraftChangedError,
    locked,
    mark_of,
    name,
    network_of,
    title_of,
    trail,
)
from maillage.bricks.questionnaires.models import Questionnaire, QuestionnaireVersion
from maillage.bricks.questionnaires.presets import contents
from maillage.bricks.questionnaires.queries import draft_of
from maillage.foundation.networks.acting import Acting


@transaction.atomic
def begin_questionnaire(*, acting: Acting, title: Texts) -> QuestionnaireVersion:
    """Begin a questionnaire that asks nothing yet."""
    return _begin(acting, drafting.blank(title))


@transaction.atomic
def copy_questionnaire(
    *, acting: Acting, title: Texts, source: Questionnaire | str
) -> QuestionnaireVersion:
    """Begin a questionnaire as a copy: of a preset by its key, or of one of the network's own.

    Its questions and answers keep their keys, so that what they are used for stays. Without a title
    it keeps that of its source.
    """
    own = source if isinstance(source, Questionnaire) else None
    content = content_of(own) if own is not None else contents().get(str(source))
    if content is None:
        raise DraftError(_("Choose a questionnaire in the list."), "source")
    titled = drafting.with_head(
        content,
        title=title if any(title.values()) else content["title"],
        intro=content.get("intro", {}),
        thanks=content.get("thanks", {}),
    )
    return _begin(
        acting, titled, preset="" if own is not None else str(source), own=own, asked=content
    )


def content_of(questionnaire: Questionnaire) -> Content:
    """Return what a questionnaire asks: as published last, else as it is being written."""
    versions = QuestionnaireVersion.objects.filter(questionnaire=questionnaire)
    last = versions.exclude(published_at=None).order_by("-number").first() or versions.first()
    assert last is not None  # noqa: S101 -- a questionnaire always has a version
    content: Content = last.content
    return content


def origin_now(questionnaire: Questionnaire) -> Content | None:
    """Return what a copy came from, as that is now; None when it is no longer there."""
    if questionnaire.copied_preset:
        return contents().get(questionnaire.copied_preset)
    return content_of(questionnaire.copied_from) if questionnaire.copied_from else None


@transaction.atomic
def begin_draft(*, acting: Acting, questionnaire: Questionnaire) -> QuestionnaireVersion:
    """Begin the next version from the last one, or return the one that is begun."""
    network_of(acting)
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    known = draft_of(questionnaire)
    if known is not None:
        return known
    last = QuestionnaireVersion.objects.filter(questionnaire=questionnaire).latest("number")
    draft = QuestionnaireVersion.objects.create(
        questionnaire=questionnaire, number=last.number + 1, content=last.content
    )
    trail(acting, "begin version", questionnaire, after={"version": draft.number})
    return draft


@transaction.atomic
def publish(*, acting: Acting, draft: QuestionnaireVersion, read_as: str) -> QuestionnaireVersion:
    """Publish a draft: from then on it never changes, and surveys may ask it.

    `read_as` is the mark of what was read. Raises DraftChangedError, and DraftError while something
    is missing.
    """
    kept = locked(acting, draft)
    if mark_of(kept.content) != read_as:
        raise DraftChangedError(kept.content)
    if faults_of(kept.content):
        raise DraftError(_("Something is still missing: look at the questions that say so."))
    kept.published_at, kept.removed = now(), []
    kept.save(update_fields=["published_at", "removed", "changed_at"])
    name(kept)
    trail(acting, "publish version", kept.questionnaire, after={"version": kept.number})
    return kept


@transaction.atomic
def give_up_draft(*, acting: Acting, draft: QuestionnaireVersion) -> bool:
    """Delete a draft, and its questionnaire when nothing of it was ever published.

    Return whether the questionnaire is still there.
    """
    kept = locked(acting, draft)
    questionnaire = kept.questionnaire
    trail(acting, "give up version", questionnaire, before={"version": kept.number})
    if kept.number == 1:
        questionnaire.delete()
        return False
    kept.delete()
    return True


def _begin(
    acting: Acting,
    content: Content,
    *,
    preset: str = "",
    own: Questionnaire | None = None,
    asked: Content | None = None,
) -> QuestionnaireVersion:
    questionnaire = Questionnaire.objects.create(
        network=network_of(acting),
        title=title_of(content),
        copied_preset=preset,
        copied_from=own,
        copied_content=asked,
    )
    trail(acting, "begin questionnaire", questionnaire, after={"title": questionnaire.title})
    return QuestionnaireVersion.objects.create(
        questionnaire=questionnaire, number=1, content=content
    )
