"""Declares the application to Django."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DeskConfig(AppConfig):
    """The web area `desk`."""

    name = "maillage.web.desk"
    label = "web_desk"

    def ready(self) -> None:
        """Load the sources of the desk."""
        autodiscover_modules("running", "own_firm", "staff_health", "urgent_calls", "desk_sources")
