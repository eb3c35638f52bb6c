"""Declares the application to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HoursConfig(AppConfig):
    """The application `hours`."""

    name = "maillage.run.hours"
    label = "hours"
    verbose_name = _("Hours")
    tenant_guards = (
        ("HourEntry", "network", "worker.network"),
        ("Expense", "network", "worker.network"),
        ("Adjustment", "network", "worker.network"),
    )
