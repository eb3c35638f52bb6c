"""The base of the web interface."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class UiConfig(AppConfig):
    """Templates, components and static files that every area of the site uses."""

    name = "maillage.web.ui"
    label = "ui"
    verbose_name = "Interface"

    def ready(self) -> None:
        """Read the explanations that the areas wrote for their fields."""
        autodiscover_modules("help_texts")
