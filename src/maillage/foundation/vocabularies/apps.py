"""Declares the application to Django."""

from django.apps import AppConfig


class VocabulariesConfig(AppConfig):
    """The application `vocabularies`."""

    name = "maillage.foundation.vocabularies"
