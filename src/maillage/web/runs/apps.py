"""Declares the application to Django."""

from django.apps import AppConfig


class RunsConfig(AppConfig):
    """The web area `runs`."""

    name = "maillage.web.runs"
    label = "web_runs"
