"""Declares the application to Django."""

from django.apps import AppConfig


class HoursPagesConfig(AppConfig):
    """Pages of the hours."""

    name = "maillage.web.hours"
    label = "web_hours"
