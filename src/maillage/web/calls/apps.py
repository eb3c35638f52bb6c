"""Declares the area to Django."""

from django.apps import AppConfig


class CallsConfig(AppConfig):
    """The web area `calls`."""

    name = "maillage.web.calls"
    label = "web_calls"
