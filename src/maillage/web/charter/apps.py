"""Declares the application to Django."""

from django.apps import AppConfig


class CharterConfig(AppConfig):
    """The web area `charter`."""

    name = "maillage.web.charter"
    label = "web_charter"
