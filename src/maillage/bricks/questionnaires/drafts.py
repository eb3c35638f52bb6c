"""Keeping what is written of a questionnaire, question by question.

Each act takes the role of whoever acts, refuses what cannot be done with a DraftError, and leaves a
line in the trail. Two people may write at once: who comes second is told, and loses nothing.
"""

import hashlib
import json
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from maillage.bricks.questionnaires import drafting
from maillage.bricks.questionnaires.definition import Texts, said
from maillage.bricks.questionnaires.drafting import Content, DraftError, Removed, Words
from maillage.bricks.questionnaires.enums import Kind
from maillage.bricks.questionnaires.models import Questionnaire, QuestionnaireVersion
from maillage.bricks.questionnaires.permissions import can_write_questionnaires
from maillage.bricks.questionnaires.presets import contents
from maillage.bricks.questionnaires.queries import answers_offered, keys_used
from maillage.foundation.audit.actions import Values, record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network

LONGEST_TITLE: Final = 120
CONTACT: Final = "contact"  # what the consent to be called is used for (`Question.feeds`)


class DraftChangedError(DraftError):
    """Somebody else changed what is being changed: `now` is the content as it has become."""

    def __init__(self, content: Content) -> None:
        super().__init__(
            _("Somebody changed this meanwhile. Compare with what is kept now, then keep yours.")
        )
        self.now = content


def mark_of(content: object) -> str:
    """Return a short text that differs when a content, or a piece of one, differs."""
    written = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def head_of(content: Content) -> Content:
    """Return what stands around the questions."""
    return {name: content[name] for name in drafting.HEAD if name in content}


@transaction.atomic
def change_head(
    *, acting: Acting, draft: QuestionnaireVersion, read_as: str, title: Texts, intro: Texts,
    thanks: Texts,
) -> QuestionnaireVersion:  # fmt: skip
    """Change the title, the introduction and the thanks; `read_as` is the mark of what was read.

    Raises DraftChangedError when somebody changed them meanwhile.
    """

    def change(kept: QuestionnaireVersion) -> Content:
        if mark_of(head_of(kept.content)) != read_as:
            raise DraftChangedError(kept.content)
        return drafting.with_head(kept.content, title=title, intro=intro, thanks=thanks)

    changed = _keep(acting, draft, "change", change)
    if changed.number == 1:
        name(changed)
    return changed


@transaction.atomic
def add_question(
    *, acting: Acting, draft: QuestionnaireVersion, kind: Kind, words: Words, after: str = ""
) -> str:
    """Add a question and return its key; sent twice, it is added once."""
    made = ""

    def change(kept: QuestionnaireVersion) -> Content:
        nonlocal made
        content, made = drafting.with_question(
            kept.content, kind=kind, words=words, after=after, taken=keys_used(kept.questionnaire)
        )
        return content

    _keep(acting, draft, "add question", change)
    return made


@transaction.atomic
def add_contact_question(*, acting: Acting, draft: QuestionnaireVersion) -> str:
    """Add the question on being called, as it comes with Maillage; return its key.

    What is answered to it says which firms may be called; it is asked once.
    """
    found: Content = next(
        question
        for content in contents().values()
        for question in content["questions"]
        if question.get("feeds") == CONTACT
    )

    def change(kept: QuestionnaireVersion) -> Content:
        if any(one.get("feeds") == CONTACT for one in kept.content["questions"]):
            raise DraftError(_("It already asks whether the firm may be called."))
        return drafting.with_ready_made(kept.content, found, keys_used(kept.questionnaire))

    changed = _keep(acting, draft, "add question", change)
    return str(changed.content["questions"][-1]["key"])


@transaction.atomic
def change_question(
    *, acting: Acting, draft: QuestionnaireVersion, key: str, read_as: str, words: Words
) -> QuestionnaireVersion:
    """Change a question; `read_as` is the mark of what was read of it.

    Raises DraftChangedError when somebody changed that question meanwhile.
    """

    def change(kept: QuestionnaireVersion) -> Content:
        place = drafting.place_of(kept.content, key)
        if mark_of(kept.content["questions"][place]) != read_as:
            raise DraftChangedError(kept.content)
        retired = answers_offered(kept.questionnaire, key)
        return drafting.with_changed(kept.content, key, words, retired)

    return _keep(acting, draft, "change question", change)


@transaction.atomic
def raise_answer(
    *, acting: Acting, draft: QuestionnaireVersion, key: str, choice: str
) -> QuestionnaireVersion:
    """Move an answer offered one place higher in its question."""
    return _keep(
        acting,
        draft,
        "change question",
        lambda kept: drafting.with_answer_raised(kept.content, key, choice),
    )


@transaction.atomic
def move_question(
    *, acting: Acting, draft: QuestionnaireVersion, key: str, up: bool
) -> QuestionnaireVersion:
    """Move a question one place higher or lower."""
    return _keep(
        acting, draft, "move question", lambda kept: drafting.moved(kept.content, key, up=up)
    )


@transaction.atomic
def duplicate_question(
    *, acting: Acting, draft: QuestionnaireVersion, key: str, read_as: str
) -> str:
    """Ask a question once more, just below; return the key of the new one.

    `read_as` is the mark of the draft that was read: two taps make one.
    """
    made = ""

    def change(kept: QuestionnaireVersion) -> Content:
        nonlocal made
        if mark_of(kept.content) != read_as:
            raise DraftChangedError(kept.content)
        taken = keys_used(kept.questionnaire)
        content, made = drafting.with_twin(kept.content, key, taken)
        return content

    _keep(acting, draft, "add question", change)
    return made


@transaction.atomic
def remove_question(
    *, acting: Acting, draft: QuestionnaireVersion, key: str
) -> QuestionnaireVersion:
    """Take a question away; it can be put back until the draft is published."""

    def change(kept: QuestionnaireVersion) -> Content:
        content, removed = drafting.without(kept.content, key)
        kept.removed = [*kept.removed, {"question": removed.question, "after": removed.after}]
        return content

    return _keep(acting, draft, "remove question", change)


@transaction.atomic
def put_question_back(
    *, acting: Acting, draft: QuestionnaireVersion, key: str
) -> QuestionnaireVersion:
    """Put a question back that was taken away; put back twice, it comes back once."""

    def change(kept: QuestionnaireVersion) -> Content:
        content: Content = kept.content
        if key in drafting.keys_of(content):
            return content
        gone = [one for one in kept.removed if one["question"]["key"] == key]
        if not gone:
            raise DraftError(_("This question is no longer in the questionnaire."))
        kept.removed = [one for one in kept.removed if one not in gone]
        return drafting.put_back(content, Removed(**gone[-1]))

    return _keep(acting, draft, "put question back", change)


def _keep(
    acting: Acting,
    draft: QuestionnaireVersion,
    act: str,
    change: Callable[[QuestionnaireVersion], Content],
) -> QuestionnaireVersion:
    """Keep what a change makes of a draft, read anew so that no other change is lost."""
    kept = locked(acting, draft)
    content = change(kept)
    if content != kept.content:
        kept.content = content
        kept.save(update_fields=["content", "removed", "changed_at"])
        trail(acting, act, kept.questionnaire, after={"version": kept.number})
    return kept


def locked(acting: Acting, draft: QuestionnaireVersion) -> QuestionnaireVersion:
    """Return the draft as it is kept, which nobody else changes until the end of the act."""
    network = network_of(acting)
    kept = (
        QuestionnaireVersion.objects.select_for_update(of=("self",))
        .select_related("questionnaire__network")
        .filter(pk=draft.pk, questionnaire__network=network)
        .first()
    )
    if kept is None:
        raise DraftError(_("This draft is no longer there."))
    if kept.published_at is not None:
        raise DraftError(_("This version was published meanwhile: it no longer changes."))
    return kept


def name(version: QuestionnaireVersion) -> None:
    """Let the list say the title of the version."""
    questionnaire = version.questionnaire
    questionnaire.title = title_of(version.content)
    questionnaire.save(update_fields=["title"])


def title_of(content: Content) -> str:
    """Return the title in the language of the site, else in one it has."""
    with override(settings.LANGUAGE_CODE):
        return said(content["title"])[:LONGEST_TITLE]


def network_of(acting: Acting) -> Network:
    """Return the network somebody writes for; 403 for whoever does not."""
    if acting.network is None or not can_write_questionnaires(acting):
        raise PermissionDenied
    return acting.network


def trail(
    acting: Acting,
    act: str,
    questionnaire: Questionnaire,
    *,
    before: Values | None = None,
    after: Values | None = None,
) -> None:
    """Leave a line in the trail."""
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type="Questionnaire",
        subject_id=questionnaire.public_id,
        network_id=acting.network.public_id if acting.network else None,
        before=before,
        after=after,
    )
