"""Declares the application to Django."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The web area `directory`."""

    name = "maillage.web.directory"
    label = "web_directory"
