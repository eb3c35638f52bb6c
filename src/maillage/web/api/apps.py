"""Declares the area to Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The web area `api`."""

    name = "maillage.web.api"
    label = "web_api"
