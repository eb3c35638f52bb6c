"""Declares the application to Django."""

from django.apps import AppConfig
from django.core.checks import register

from maillage.bricks.questionnaires.checks import questionnaires_can_be_read


class QuestionnairesConfig(AppConfig):
    """The application `questionnaires`."""

    name = "maillage.bricks.questionnaires"
    tenant_guards = (
        ("Questionnaire", "copied_from.network", "network"),
        ("Response", "organisation.register", "network.register"),
        ("Response", "version.questionnaire.network", "network"),
    )

    def ready(self) -> None:
        """Have the questionnaires checked when the program starts."""
        register(questionnaires_can_be_read)
