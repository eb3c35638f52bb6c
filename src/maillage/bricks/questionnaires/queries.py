"""Questionnaires of a network and answers given, for whoever asks the questions."""

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from maillage.bricks.questionnaires.definition import Texts, Value
from maillage.bricks.questionnaires.models import (
    Answer,
    Questionnaire,
    QuestionnaireVersion,
    Response,
)


def values_of(response: Response) -> dict[str, Value]:
    """Return the answers given, by the key of their question."""
    rows = Answer.objects.filter(response=response).values_list("question", "value")
    return dict(rows)


def own_questionnaires() -> QuerySet[Questionnaire]:
    """Return the questionnaires that the open network wrote itself.

    Each with `last_published` (its number, None before the first), `drafting` (whether somebody
    is changing it) and `last_change`.
    """
    versions = QuestionnaireVersion.objects.filter(questionnaire=OuterRef("pk"))
    last = versions.exclude(published_at=None).order_by("-number").values("number")[:1]
    return Questionnaire.objects.filter(preset="").annotate(
        last_published=Subquery(last),
        drafting=Exists(versions.filter(published_at=None)),
        last_change=Max("versions__changed_at"),
    )


def askable() -> QuerySet[QuestionnaireVersion]:
    """Return the last published version of each questionnaire that the network wrote itself."""
    later = QuestionnaireVersion.objects.filter(
        questionnaire=OuterRef("questionnaire"),
        number__gt=OuterRef("number"),
        published_at__isnull=False,
    )
    return (
        QuestionnaireVersion.objects.filter(questionnaire__preset="", published_at__isnull=False)
        .filter(~Exists(later))
        .select_related("questionnaire")
        .order_by("questionnaire__title", "questionnaire_id")
    )


def draft_of(questionnaire: Questionnaire) -> QuestionnaireVersion | None:
    """Return what is being written, None when nothing is."""
    return QuestionnaireVersion.objects.filter(
        questionnaire=questionnaire, published_at=None
    ).first()


def published_of(questionnaire: Questionnaire) -> list[QuestionnaireVersion]:
    """Return the published versions, the last one first."""
    return list(
        QuestionnaireVersion.objects.filter(questionnaire=questionnaire)
        .exclude(published_at=None)
        .order_by("-number")
    )


def keys_used(questionnaire: Questionnaire) -> set[str]:
    """Return the keys of every question ever asked or taken away: none is given again."""
    used: set[str] = set()
    versions = QuestionnaireVersion.objects.filter(questionnaire=questionnaire)
    for content, removed in versions.values_list("content", "removed"):
        used |= {one["key"] for one in content["questions"]}
        used |= {one["question"]["key"] for one in removed}
    return used


def answers_offered(questionnaire: Questionnaire, key: str) -> dict[str, Texts]:
    """Return every answer that published versions offered to a question: its key → its words."""
    offered: dict[str, Texts] = {}
    versions = QuestionnaireVersion.objects.filter(
        ~Q(published_at=None), questionnaire=questionnaire
    ).order_by("number")
    for content in versions.values_list("content", flat=True):
        for question in content["questions"]:
            if question["key"] == key:
                offered |= {one["key"]: one["text"] for one in question.get("choices", ())}
    return offered
