"""Declares the application to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HoursConfig(AppConfig):
    """The application `hours`."""

    name = "maillage.run.hours"
    label = "hours"
    verbose_name = _("Hours")
    tenant_guards = (
        ("HourEntry", "worker.network", "network"),
        ("HourEntry", "contract.worker", "worker"),
        ("HourEntry", "slot.network", "network"),
        ("HourEntry", "organisation.register", "network.register"),
        ("FirmMonth", "organisation.register", "network.register"),
        ("Adjustment", "worker.network", "network"),
        ("Adjustment", "entry.network", "network"),
        ("Adjustment", "contract.worker", "worker"),
        ("Adjustment", "organisation.register", "network.register"),
        ("Expense", "worker.network", "network"),
        ("ExpenseShare", "organisation.register", "expense.network.register"),
    )
