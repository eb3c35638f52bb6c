"""Declares the application to Django."""

from django.apps import AppConfig


class WorkshopConfig(AppConfig):
    """The web area `workshop`."""

    name = "maillage.web.workshop"
    label = "web_workshop"
