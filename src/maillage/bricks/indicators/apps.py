"""Declares the application to Django."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    """The application `indicators`."""

    name = "maillage.bricks.indicators"
    label = "indicators"
    verbose_name = _("Indicators")
    tenant_guards = (
        ("Threshold", "decision.network", "network"),
        ("Alert", "decision.network", "network"),
        ("Alert", "task.network", "network"),
    )

    def ready(self) -> None:
        """Load the indicators that each application registers, in its module `indicators`."""
        autodiscover_modules("indicators")
