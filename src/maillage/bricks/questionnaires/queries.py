"""Answers given, for whoever asked the questions."""

from maillage.bricks.questionnaires.definition import Value
from maillage.bricks.questionnaires.models import Answer, Response


def values_of(response: Response) -> dict[str, Value]:
    """Return the answers given, by the key of their question."""
    rows = Answer.objects.filter(response=response).values_list("question", "value")
    return dict(rows)
