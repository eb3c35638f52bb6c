"""Declares the area to Django."""

from django.apps import AppConfig


class HealthConfig(AppConfig):
    """The web area `health`."""

    name = "maillage.web.health"
    label = "web_health"
