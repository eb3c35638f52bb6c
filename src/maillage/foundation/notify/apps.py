"""Declares the application to Django."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """The application `notify`."""

    name = "maillage.foundation.notify"
