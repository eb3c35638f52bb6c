"""Declares the application to Django."""

from django.apps import AppConfig


class PlanningPagesConfig(AppConfig):
    """The web area `planning`."""

    name = "maillage.web.planning"
    label = "web_planning"
