"""Declares the application to Django."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """The web area `needs`."""

    name = "maillage.web.needs"
    label = "web_needs"
