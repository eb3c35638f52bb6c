"""Declares the application to Django."""

from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    """The web area `questionnaires`."""

    name = "maillage.web.questionnaires"
    label = "web_questionnaires"
