"""Declares the application to Django."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """The application `jobs`."""

    name = "maillage.foundation.jobs"

    def ready(self) -> None:
        """Load the `tasks` module of every application: each registers its kinds of work there."""
        autodiscover_modules("tasks")
