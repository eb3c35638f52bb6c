"""Declares the application to Django."""

from django.apps import AppConfig
from django.core.checks import register

from maillage.launch.charter.checks import charters_can_be_read


class CharterConfig(AppConfig):
    """The application `charter`."""

    name = "maillage.launch.charter"
    tenant_guards = (
        ("Override", "competition.first.register", "network.register"),
        ("Override", "asked_by.register", "network.register"),
    )

    def ready(self) -> None:
        """Have the first drafts checked when the program starts."""
        register(charters_can_be_read)
