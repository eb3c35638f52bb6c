"""Declares the application to Django."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """The application `surveys`."""

    name = "maillage.launch.surveys"
    tenant_guards = (
        ("Survey", "version.questionnaire.network", "network"),
        ("Invitee", "organisation.register", "survey.network.register"),
        ("Invitee", "response.network", "survey.network"),
    )
