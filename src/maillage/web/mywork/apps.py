"""Declares the area to Django."""

from django.apps import AppConfig


class MyWorkConfig(AppConfig):
    """The web area `mywork`."""

    name = "maillage.web.mywork"
    label = "web_mywork"
