"""Declares the application to Django."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """The web area `imports`."""

    name = "maillage.web.imports"
    label = "web_imports"
