"""Declares the application to Django."""

from django.apps import AppConfig


class FrontConfig(AppConfig):
    """The web area `front`."""

    name = "maillage.web.front"
    label = "web_front"
