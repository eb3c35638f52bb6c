"""Declares the application to Django."""

from django.apps import AppConfig


class GroupPagesConfig(AppConfig):
    """The web area `group`."""

    name = "maillage.web.group"
    label = "web_group"
